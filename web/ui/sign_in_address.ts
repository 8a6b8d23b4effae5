/** The way in, and back to where the reader is now. */
export function signInAddress(): string {
  const here = `${location.pathname}${location.search}`;
  return here === "/" ? "/sign-in" : `/sign-in?to=${encodeURIComponent(here)}`;
}

/**
 * Where to go after signing in: a path of ours that is not the way in itself. Anything else (another origin, a script, a
 * path with two slashes, which browsers read as a host) is the map.
 *
 * @param to - `to` of the address, as somebody wrote it
 * @param origin - of the page
 */
export function safeReturn(to: string | null, origin: string): string {
  if (!to?.startsWith("/")) return "/";
  try {
    const address = new URL(to, origin);
    if (address.origin !== origin || address.pathname === "/sign-in" || address.pathname.startsWith("//")) return "/";
    return `${address.pathname}${address.search}`;
  } catch {
    return "/";
  }
}
