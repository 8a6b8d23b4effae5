import type { IncomingMessage, ServerResponse } from "node:http";
import { createHash } from "node:crypto";
import type { Grant } from "../../data/access/roles.ts";
import { type Outcome, problem } from "../../data/schema/problem.ts";
import { TileProblem } from "../../tiles/source.ts";
import type { ScopeTokens } from "../access/scope_token.ts";
import { tokenOf } from "./reader_scope.ts";

/** Draws a tile of a plan's draft for somebody with these grants. */
export type PlanTile = (
  grants: readonly Grant[],
  plan: string,
  at: [z: number, x: number, y: number],
) => Promise<Outcome<Uint8Array | null>>;

/**
 * Tiles of drafts (`?plan=`): for readers of the plan alone, made for each who asks and kept by nobody. A browser that
 * has the same bytes is told so.
 * @throws TileProblem 401 without a token, 404 for a plan that is not the reader's
 */
export async function answerPlanTile(
  asked: { plan: string; at: [number, number, number] },
  request: IncomingMessage,
  response: ServerResponse,
  { tokens, tile }: { tokens: Pick<ScopeTokens, "verify">; tile: PlanTile },
): Promise<void> {
  const token = tokenOf(request);
  const claim = token === undefined ? undefined : tokens.verify(token);
  if (!claim) {
    throw new TileProblem(problem("access.sign_in", { detail: "方案的地图须登录后查看。", fix: "请登录后重试。" }));
  }
  const drawn = await tile(claim.grants, asked.plan, asked.at);
  if (!drawn.ok) throw new TileProblem(drawn.problem);
  const headers = { "Cache-Control": "private, no-cache", Vary: "Cookie" };
  const body = drawn.value;
  if (!body) {
    response.writeHead(204, headers).end();
    return;
  }
  const tag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
  if (request.headers["if-none-match"]?.includes(tag)) {
    response.writeHead(304, { ...headers, ETag: tag }).end();
    return;
  }
  response.writeHead(200, {
    ...headers,
    ETag: tag,
    "Content-Type": "application/vnd.mapbox-vector-tile",
    "Content-Length": body.length,
    "X-Content-Type-Options": "nosniff",
  });
  response.end(request.method === "HEAD" ? undefined : body);
}
