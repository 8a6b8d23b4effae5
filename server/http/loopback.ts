import type { IncomingHttpHeaders } from "node:http";

const loopbackNames = new Set(["localhost", "127.0.0.1", "::1"]);

/** Whether a host name or address is this machine's own. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, "$1");
  return loopbackNames.has(name) || /^127(\.\d{1,3}){3}$/.test(name);
}

/** What a proxy adds: whoever asks sits elsewhere. */
const signsOfProxies = ["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"];

/**
 * Whether a request was sent on this machine, to it by its own name, by its own page. A page of another site that lets
 * its name point to 127.0.0.1 reaches the port, but sends that name; so does what a proxy passes on, or it tells.
 */
export function isAskedLocally(headers: IncomingHttpHeaders): boolean {
  if (signsOfProxies.some((name) => headers[name] !== undefined)) return false;
  const pages = [headers.origin, headers.referer].filter((page) => page !== undefined);
  return (
    isLoopback((headers.host ?? "").replace(/:\d{1,5}$/, "")) &&
    pages.every((page) => URL.canParse(page) && isLoopback(new URL(page).hostname))
  );
}
