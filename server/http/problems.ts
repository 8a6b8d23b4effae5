import type { ServerResponse } from "node:http";
import type { ErrorRequestHandler, Request, RequestHandler } from "express";
import { type KnownProblem, problem } from "../../data/schema/problem.ts";
import { problemCodes } from "../../data/schema/problem_codes.ts";
import { wrongMedia } from "./json_body.ts";
import { ProblemError } from "./parse.ts";

export function sendProblem(response: ServerResponse, sent: KnownProblem): void {
  response.statusCode = sent.status;
  response.setHeader("Content-Type", "application/problem+json; charset=utf-8");
  response.setHeader("Cache-Control", "no-store");
  response.end(JSON.stringify(sent));
}

/** Last in the chain: no route took the request. */
export const unknownRoute: RequestHandler = (request, response) => {
  sendProblem(response, noSuchAddress(request));
};

function noSuchAddress(request: Request): KnownProblem {
  return problem("route.unknown", {
    detail: `没有地址 ${request.path.slice(0, 200)}。`,
    fix: "请核对地址；接口列表见 /api/openapi.json。",
  });
}

/** What a person reads out to the administrator, who finds it in the log. */
export function makeReference(): string {
  return Math.random().toString(36).slice(2, 8).padEnd(6, "0").toUpperCase();
}

/**
 * Turns thrown problems into their answer, everything else into a 500 that shows no internals. Failures on our side
 * are left in `response.err` for the one line that the request gets in the log.
 */
export function problemHandler(isDatabaseDown: (error: unknown) => boolean): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const sent = error instanceof ProblemError ? error.problem : knownFailure(error, request);
    if (sent && sent.status < 500) return sendProblem(response, sent);
    response.err = error instanceof Error ? error : new Error(String(error));
    if (sent) return sendProblem(response, sent);
    if (isDatabaseDown(error)) {
      response.setHeader("Retry-After", "5");
      return sendProblem(
        response,
        problem("database.unavailable", { detail: "数据库暂时没有应答。", fix: "系统会自动重连，请稍后重试。" }),
      );
    }
    sendProblem(
      response,
      problem("internal", {
        detail: "服务器处理该请求时出错，已记录。",
        fix: `请稍后重试；如仍失败，请把编号 ${String(request.id)} 告知管理员。`,
      }),
    );
  };
}

/** What body-parser, the router and the sender of files throw of themselves. */
function knownFailure(error: unknown, request: Request): KnownProblem | undefined {
  const status = (error as { status?: unknown } | null)?.status;
  if (status === 404) return noSuchAddress(request);
  if (status === 413) {
    const { limit } = error as { limit?: unknown };
    const most = typeof limit === "number" && limit > 1e6 ? `${Math.floor(limit / 1e6)} MB` : "256 kB";
    return problem("request.too_large", { detail: `请求内容超过 ${most} 的上限。`, fix: "请减小内容后重试。" });
  }
  if (status === 415) return wrongMedia();
  if (status === 400 || error instanceof URIError) {
    return problem("request.invalid", { detail: "请求无法解析。", fix: "请检查地址编码和 JSON 内容。" });
  }
  return undefined;
}

/** GET /problems/{code}: what a problem's `type` points to. */
export const problemPage: RequestHandler = (request, response) => {
  const code = String(request.params.code);
  const entry = Object.entries(problemCodes).find(([known]) => known === code);
  if (!entry) return unknownRoute(request, response, () => undefined);
  response.json({ code, ...entry[1] });
};
