/**
 * A page of ours to land on after signing in, as path with query and fragment. Anything that could lead elsewhere
 * (another host, a path that begins with two slashes) becomes the first page.
 */
export function landingPage(to: string | undefined): string {
  if (to === undefined || !/^\/(?![/\\])/.test(to) || /[\\\p{C}]/u.test(to)) return "/";
  const base = "http://localhost";
  const url = URL.canParse(to, base) ? new URL(to, base) : undefined;
  if (url?.origin !== base || url.pathname.startsWith("//") || url.pathname.startsWith("/api/")) return "/";
  return `${url.pathname}${url.search}${url.hash}`;
}
