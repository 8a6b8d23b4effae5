const loopbackNames = new Set(["localhost", "127.0.0.1", "::1"]);

/** Whether a host name or address is this machine's own. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, "$1");
  return loopbackNames.has(name) || /^127(\.\d{1,3}){3}$/.test(name);
}

/**
 * Whether a request was sent to this machine by its own name. A page of another site that lets its name point to
 * 127.0.0.1 reaches the port, but sends that name.
 * @param host - the header
 */
export function isLoopbackHost(host: string | undefined): boolean {
  return host !== undefined && isLoopback(host.replace(/:\d{1,5}$/, ""));
}
