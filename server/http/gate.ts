import type { Request, RequestHandler, Response } from "express";
import { mayDo } from "../../data/access/decide.ts";
import type { Endpoint } from "../../data/schema/endpoint.ts";
import { type KnownProblem, problem } from "../../data/schema/problem.ts";
import { type Reader, setReader } from "../access/reader.ts";
import { endpointFinder } from "./endpoint_finder.ts";
import { ProblemError } from "./parse.ts";
import { type RateLimits, tooOften } from "./rate_limits.ts";
import { refuseForeignWrite } from "./same_origin.ts";

export interface GateParts {
  endpoints: readonly Endpoint[];
  /** Finds out who asks. With a failure (a session or token that cannot be used) the reader is the public. */
  identify: (request: Request) => Promise<{ reader: Reader; failure: KnownProblem | null }>;
  /** Whether the map can be read without signing in. */
  publicAccess: boolean;
  /** Is told of each refusal. */
  onRefusal: (reader: Reader, endpoint: Endpoint, refused: KnownProblem) => Promise<void>;
  /** Without it everybody may ask as often as he likes. */
  limits?: RateLimits;
}

/** Asked by balancers and monitors every few seconds, by their own right. */
const unlimited = new Set(["get /healthz", "get /readyz", "get /metrics"]);

/** A session that cannot be used must keep nobody from beginning a new one, and no balancer from asking. */
const heedless = new Set([
  "post /api/session",
  "delete /api/session",
  "post /api/session/setup",
  "post /api/session/device",
  "get /api/session/identity",
  "get /api/session/identity/callback",
  "get /healthz",
  "get /readyz",
  "get /metrics",
]);

/** What an account may still ask that must change its password or enrol a second factor first. */
const openWhilePending = new Set([
  "put /api/account/password",
  "post /api/account/second_factor",
  "put /api/account/second_factor",
  "delete /api/account/sessions",
]);

/**
 * Stands before the routers of the endpoints: finds which endpoint a request is for and who asks, and lets through
 * what the policy allows. What is in no list goes past the routers: an address without a policy is not served.
 */
export function gate(parts: GateParts, routers: RequestHandler): RequestHandler {
  const find = endpointFinder(parts.endpoints);
  return async (request, response, next) => {
    const { endpoint, methods } = find(request.method, request.path);
    if (!endpoint) {
      if (methods.length === 0) return next();
      response.set("Allow", methods.join(", "));
      throw new ProblemError(wrongMethod(methods));
    }
    const limits = unlimited.has(nameOf(endpoint)) ? undefined : parts.limits;
    pauseUnlessNull(response, (await limits?.fromAddress(request.ip ?? "")) ?? null);
    const { reader, failure } = await parts.identify(request);
    setReader(request, reader);
    if (reader.account) pauseUnlessNull(response, (await limits?.fromAccount(reader.account.id)) ?? null);
    const refused =
      refuseForeignWrite(request) ??
      (failure && !heedless.has(nameOf(endpoint)) ? failure : refusalOf(endpoint, reader, parts.publicAccess));
    if (refused) {
      await parts.onRefusal(reader, endpoint, refused);
      throw new ProblemError(refused);
    }
    // who asks decides what is answered: nobody between us may keep it for others; routes may say more
    response.set("Cache-Control", "private, no-cache").vary("Cookie");
    routers(request, response, next);
  };
}

/** @throws ProblemError 429 where there are seconds to wait */
function pauseUnlessNull(response: Response, seconds: number | null): void {
  if (seconds === null) return;
  response.set("Retry-After", String(seconds));
  throw new ProblemError(tooOften(seconds));
}

const nameOf = ({ method, path }: Endpoint): string => `${method} ${path}`;

function refusalOf(endpoint: Endpoint, reader: Reader, publicAccess: boolean): KnownProblem | null {
  if (endpoint.access === "anyone") return null;
  if (reader.pending && !openWhilePending.has(nameOf(endpoint))) {
    return problem("access.pending", {
      detail: reader.pending === "change_password" ? "首次登录须先修改密码。" : "您的角色须先绑定动态口令。",
      fix: "请在「我的账号」中完成后继续。",
      pointer: reader.pending,
    });
  }
  if (!reader.account && (endpoint.access !== "read_map" || !publicAccess)) {
    return problem("access.sign_in", { detail: "该内容须登录后查看。", fix: "请登录后重试。" });
  }
  const allowed =
    endpoint.access === "self" ? reader.account?.kind === "person" : mayDo(endpoint.access, reader.grants);
  if (allowed) return null;
  return problem("access.forbidden", {
    detail: "您的角色不能使用此功能。",
    fix: "如确有需要，请联系安全管理员授权。",
  });
}

function wrongMethod(methods: string[]): KnownProblem {
  return problem("method.not_allowed", {
    detail: "该地址不接受这种请求方法。",
    fix: `请改用 ${methods.join("、")}。`,
    allowed: methods,
  });
}
