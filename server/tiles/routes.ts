import type { IncomingMessage, ServerResponse } from "node:http";
import { type KnownProblem, problem } from "../../data/schema/problem.ts";
import type { TileLayer } from "../../data/schema/tile_layers.ts";
import { chooseEncoding } from "../../tiles/cache/compress.ts";
import type { TileAnswer, TileQuery, TileRegistry } from "../../tiles/registry.ts";
import { TileProblem } from "../../tiles/source.ts";
import { DatabaseUnavailable } from "../db/db.ts";
import { sendProblem } from "../http/problems.ts";
import { answerPlanTile, type PlanTile } from "./plan_tiles.ts";
import { type DoorAccess, type ReaderScope, readerScopes } from "./reader_scope.ts";

const tilePath = /^\/tiles\/([^/?]*)\/([^/?]*)\/([^/?]*)\/([^/?]*)\.mvt(?:\?(.*))?$/;
const setPath = /^\/tiles\/([^/?]*)\.json(?:\?(.*))?$/;

/** Bytes differ when the writer does: goes into each ETag and rises with it. */
const writerVersion = "1";

/** A tile that everybody gets may be kept by anybody; each use is asked for. */
const ofAll = { "Cache-Control": "no-cache", Vary: "Accept-Encoding" } as const;
const ofSome = { "Cache-Control": "private, no-cache", Vary: "Accept-Encoding, Cookie" } as const;

export interface TileDoorOptions {
  /** Is told of failures that are nobody's wrong request. */
  onError?: (error: unknown, url: string) => void;
  /** Without it everybody sees what the public sees. */
  access?: DoorAccess;
  /** Draws tiles of drafts; without it there are none. */
  planTile?: PlanTile;
  /** Is told of requests whose token does not hold, or that need one. */
  onRefusal?: (request: IncomingMessage, refused: KnownProblem) => void;
  /** How the client reached us; behind a proxy only whoever reads its headers knows. */
  schemeOf?: (request: IncomingMessage) => "http" | "https";
}

/**
 * GET /tiles/{layers}/{z}/{x}/{y}.mvt and /tiles/{layers}.json, in front of the Express chain, which costs more than
 * a warm tile does. Anything else goes on to `next`.
 *
 * 200 with the tile in brotli, gzip or plain, 204 where nothing lies that this reader sees, 304 by version; 400 for
 * what cannot be read, 401 for a token that does not hold, 404 for what does not exist.
 */
export function tileDoor(
  registry: TileRegistry,
  options: TileDoorOptions = {},
): (request: IncomingMessage, response: ServerResponse, next: () => void) => void {
  const { access, schemeOf = ownScheme } = options;
  const scopeOf = access ? readerScopes(access) : () => ({ ok: true, scope: undefined }) as const;
  const isPrivate = access !== undefined && !access.publicAccess;

  return (request, response, next) => {
    const url = request.url ?? "";
    if (!url.startsWith("/tiles/")) return next();
    const tile = tilePath.exec(url);
    const set = tile ? null : setPath.exec(url);
    if (!tile && !set) return next();
    try {
      if (request.method !== "GET" && request.method !== "HEAD") return refuseMethod(response);
      const reader = scopeOf(request);
      if (reader instanceof Promise) reader.then(answer).catch((error: unknown) => fail(error, url));
      else answer(reader);
    } catch (error) {
      fail(error, url);
    }

    function answer(reader: ReaderScope): void {
      if (!reader.ok) {
        options.onRefusal?.(request, reader.problem);
        throw new TileProblem(reader.problem);
      }
      if (set) {
        answerSet(registry, set, request, response, schemeOf(request));
        return;
      }
      const { scope } = reader;
      const plan = planOf(tile!);
      if (plan !== null && access && options.planTile) {
        const at = readPlanPlace(registry, tile!);
        answerPlanTile({ plan, at }, request, response, { tokens: access.tokens, tile: options.planTile }).catch(
          (error: unknown) => fail(error, url),
        );
        return;
      }
      const query = { ...readQuery(registry, tile!), ...(scope ? { scope } : {}) };
      const headers = isPrivate || !registry.isPublic(query) ? ofSome : ofAll;
      answerTile(registry, query, request, response, headers, (error) => fail(error, url));
    }

    function fail(error: unknown, where: string): void {
      if (!(error instanceof TileProblem)) options.onError?.(error, where);
      if (!response.headersSent) sendProblem(response, problemOf(error));
    }
  };
}

function planOf(match: RegExpExecArray): string | null {
  return match[5] ? new URLSearchParams(match[5]).get("plan") : null;
}

/** A draft has areas and nothing else; whose plan it is says the network. */
function readPlanPlace(registry: TileRegistry, match: RegExpExecArray): [number, number, number] {
  const layers = registry.layersOf(decoded(match[1]!));
  if (layers.join() !== "areas") throw unreadable("layers", "方案（plan）只有 areas 图层。");
  const at: [number, number, number] = [
    readNumber("z", match[2]!),
    readNumber("x", match[3]!),
    readNumber("y", match[4]!),
  ];
  registry.checkRange(...at);
  return at;
}

function answerTile(
  registry: TileRegistry,
  query: TileQuery,
  request: IncomingMessage,
  response: ServerResponse,
  caching: typeof ofAll | typeof ofSome,
  fail: (error: unknown) => void,
): void {
  const asked = request.headers["if-none-match"];
  if (asked !== undefined) {
    const tag = tagOf(registry.versionOf(query));
    if (namesTag(asked, tag)) {
      response.writeHead(304, { ETag: tag, ...caching }).end();
      return;
    }
  }
  const encoding = chooseEncoding(request.headers["accept-encoding"] as string | undefined);
  const send = ({ version, body }: TileAnswer): void => {
    const headers = { ETag: tagOf(version), ...caching };
    if (!body) {
      response.writeHead(204, headers).end();
      return;
    }
    response.writeHead(200, {
      ...headers,
      "Content-Type": "application/vnd.mapbox-vector-tile",
      "Content-Length": body.length,
      "X-Content-Type-Options": "nosniff",
      ...(encoding === "identity" ? {} : { "Content-Encoding": encoding }),
    });
    response.end(request.method === "HEAD" ? undefined : body);
  };
  const finished = registry.finished(query, encoding);
  if (finished) send(finished);
  else registry.tile(query, encoding).then(send).catch(fail);
}

function answerSet(
  registry: TileRegistry,
  match: RegExpExecArray,
  request: IncomingMessage,
  response: ServerResponse,
  scheme: "http" | "https",
): void {
  const layers = registry.layersOf(decoded(match[1]!));
  const parameters = new URLSearchParams(match[2]);
  const { network, edition } = readView(parameters);
  const set = registry.tileSet(layers, registry.viewOf(network, edition));
  const query = new URLSearchParams();
  if (network !== null) query.set("network", network);
  if (edition !== null) query.set("edition", String(edition));
  const suffix = query.size > 0 ? `?${query}` : "";
  const tiles = [`${originOf(request, scheme)}/tiles/${layers.join(",")}/{z}/{x}/{y}.mvt${suffix}`];
  response.writeHead(200, { "Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-cache" });
  response.end(request.method === "HEAD" ? undefined : JSON.stringify({ ...set, tiles }));
}

function readQuery(registry: TileRegistry, match: RegExpExecArray): TileQuery {
  const layers: TileLayer[] = registry.layersOf(decoded(match[1]!));
  const [z, x, y] = [readNumber("z", match[2]!), readNumber("x", match[3]!), readNumber("y", match[4]!)];
  registry.checkRange(z, x, y);
  const { network, edition } = match[5] ? readView(new URLSearchParams(match[5])) : { network: null, edition: null };
  return { layers, z, x, y, view: registry.viewOf(network, edition) };
}

function readNumber(name: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw unreadable(name, `${name} 应为整数，收到「${text.slice(0, 40)}」。`);
}

function readView(parameters: URLSearchParams): { network: string | null; edition: number | null } {
  const network = parameters.get("network");
  if (network !== null && !/^[a-z][a-z0-9_]{0,30}$/.test(network)) {
    throw unreadable("network", `network 应为网络代码（小写字母、数字、下划线），收到「${network.slice(0, 40)}」。`);
  }
  const edition = parameters.get("edition");
  if (edition !== null && !/^[1-9]\d{0,8}$/.test(edition)) {
    throw unreadable("edition", `edition 应为正整数，收到「${edition.slice(0, 40)}」。`);
  }
  return { network, edition: edition === null ? null : Number(edition) };
}

function unreadable(pointer: string, detail: string): TileProblem {
  return new TileProblem(
    problem("request.invalid", {
      detail,
      fix: "请按 /tiles/{图层}/{z}/{x}/{y}.mvt?network=代码&edition=版次 的形式填写。",
      pointer,
    }),
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw unreadable("layers", "图层名的百分号编码不完整。");
  }
}

function tagOf(version: string): string {
  return `W/"${writerVersion}-${version}"`;
}

/** Whether an If-None-Match header names the tag (RFC 9110 §13.1.2: weak comparison). */
function namesTag(header: string, tag: string): boolean {
  if (header === tag) return true;
  const bare = tag.slice(2);
  return header === "*" || header.split(",").some((one) => one.trim().replace(/^W\//, "") === bare);
}

/** What the client called us; a Host header that is none gets the address the request came in by. */
function originOf(request: IncomingMessage, scheme: "http" | "https"): string {
  const host = request.headers.host;
  if (host && /^[\w.[\]:-]+$/.test(host)) return `${scheme}://${host}`;
  return `${scheme}://${request.socket.localAddress}:${request.socket.localPort}`;
}

function ownScheme(request: IncomingMessage): "http" | "https" {
  return "encrypted" in request.socket ? "https" : "http";
}

function refuseMethod(response: ServerResponse): void {
  response.setHeader("Allow", "GET, HEAD");
  sendProblem(
    response,
    problem("method.not_allowed", { detail: "瓦片只能读取。", fix: "请改用 GET 或 HEAD。", allowed: ["GET", "HEAD"] }),
  );
}

function problemOf(error: unknown): KnownProblem {
  if (error instanceof TileProblem) return error.problem;
  if (error instanceof DatabaseUnavailable) {
    return problem("database.unavailable", { detail: "数据库暂时没有应答。", fix: "系统会自动重连，请稍后重试。" });
  }
  return problem("internal", { detail: "绘制该瓦片时出错，已记录。", fix: "请稍后重试；如仍失败，请告知管理员。" });
}
