import type { Request } from "express";
import { type KnownProblem, problem } from "../../data/schema/problem.ts";

const reading = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Why a write is refused that a page of another site made the browser send; null where it is ours. A browser says where
 * a request comes from: in Sec-Fetch-Site over HTTPS and on this machine, in Origin over plain HTTP and of old. Programs
 * that are no browsers say nothing and carry no cookie by accident.
 */
export function refuseForeignWrite(request: Request): KnownProblem | null {
  if (reading.has(request.method)) return null;
  const site = request.get("Sec-Fetch-Site");
  if (site !== undefined) return site === "same-origin" || site === "none" ? null : foreign();
  const origin = request.get("Origin");
  return origin === undefined || isOwn(origin, request) ? null : foreign();
}

/** Behind a trusted proxy Express takes scheme and host from what it passes on (TRUST_PROXY). */
function isOwn(origin: string, request: Request): boolean {
  if (!request.host || !URL.canParse(origin)) return false;
  const own = `${request.protocol}://${request.host}`;
  return URL.canParse(own) && new URL(origin).origin === new URL(own).origin && origin !== "null";
}

function foreign(): KnownProblem {
  return problem("request.foreign", {
    detail: "该请求来自其他网站的页面，已拒绝。",
    fix: "请在本系统页面中操作；如经反向代理访问，请管理员设置 TRUST_PROXY，并让代理传递 X-Forwarded-Host 与 X-Forwarded-Proto。",
  });
}
