import { isIP } from "node:net";
import type { IncomingMessage } from "node:http";
import type { Express } from "express";

/** Which proxies may say from where and how a request came: their number, or their addresses. */
export type TrustProxy = number | string[];

/**
 * Reads TRUST_PROXY: how many proxies stand before the server, or a comma list of their addresses, networks and
 * `loopback`, `linklocal`, `uniquelocal`. Undefined where it is none of that. `true` would let anybody say who he is.
 */
export function readTrustProxy(text: string): TrustProxy | undefined {
  if (/^[1-9]$/.test(text.trim())) return Number(text);
  const places = text.split(",").map((place) => place.trim());
  return places.every(isPlace) ? places : undefined;
}

function isPlace(place: string): boolean {
  if (["loopback", "linklocal", "uniquelocal"].includes(place)) return true;
  const [address, bits, ...more] = place.split("/") as [string, ...string[]];
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  return (
    bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= (version === 4 ? 32 : 128))
  );
}

/** How a client reached us, for handlers before Express: the app's own rule for proxies. */
export function schemeFinder(app: Express): (request: IncomingMessage) => "http" | "https" {
  const trusts = app.get("trust proxy fn") as (address: string, hop: number) => boolean;
  return (request) => {
    if ("encrypted" in request.socket) return "https";
    if (!trusts(request.socket.remoteAddress ?? "", 0)) return "http";
    return String(request.headers["x-forwarded-proto"] ?? "")
      .split(",")[0]!
      .trim() === "https"
      ? "https"
      : "http";
  };
}

/** Where a request comes from, for handlers before Express: the last address that no trusted proxy vouches for. */
export function addressFinder(app: Express): (request: IncomingMessage) => string {
  const trusts = app.get("trust proxy fn") as (address: string, hop: number) => boolean;
  return (request) => {
    const named = String(request.headers["x-forwarded-for"] ?? "").split(",");
    const hops = [request.socket.remoteAddress ?? "", ...named.map((name) => name.trim()).reverse()].filter(Boolean);
    return hops.find((address, hop) => !trusts(address, hop)) ?? hops.at(-1) ?? "";
  };
}
