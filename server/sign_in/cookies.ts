import type { IncomingMessage, ServerResponse } from "node:http";

/** The value of a cookie of the request; undefined if it sent none of that name. */
export function cookieOf(request: IncomingMessage, name: string): string | undefined {
  for (const pair of (request.headers.cookie ?? "").split(";")) {
    const at = pair.indexOf("=");
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim() || undefined;
  }
  return undefined;
}

/**
 * Sets a cookie that scripts cannot read and other sites cannot send; `seconds` 0 takes it away. One of the name that
 * was set before for this answer no longer counts.
 */
export function setCookie(
  response: ServerResponse,
  { name, value, seconds, secure }: { name: string; value: string; seconds: number; secure: boolean },
): void {
  const former = response.getHeader("Set-Cookie") ?? [];
  const others = (Array.isArray(former) ? former : [String(former)]).filter((line) => !line.startsWith(`${name}=`));
  const parts = [`${name}=${value}`, "Path=/", `Max-Age=${seconds}`, "HttpOnly", "SameSite=Lax"];
  if (seconds === 0) parts.push("Expires=Thu, 01 Jan 1970 00:00:00 GMT");
  if (secure) parts.push("Secure");
  response.setHeader("Set-Cookie", [...others, parts.join("; ")]);
}

export function clearCookie(response: ServerResponse, name: string): void {
  setCookie(response, { name, value: "", seconds: 0, secure: false });
}
