import express, { type Express, type RequestHandler, type Router } from "express";
import type { Logger } from "pino";
import { pinoHttp } from "pino-http";
import { limitAddress } from "./address_limits.ts";
import { type GateParts, gate } from "./gate.ts";
import { jsonBody } from "./json_body.ts";
import { loggedError, loggedUrl } from "./log.ts";
import { makeReference, problemHandler, problemPage, unknownRoute } from "./problems.ts";
import { compareRoutes } from "./route_list.ts";
import { securityHeaders } from "./security_headers.ts";
import type { TrustProxy } from "./trust_proxy.ts";

export interface AppParts {
  log: Logger;
  /** Before the gate: what every request passes (session, limits). */
  before?: RequestHandler[];
  gate: GateParts;
  /** Of the endpoints; a route that is no endpoint is never reached. */
  routers: Router[];
  isDatabaseDown: (error: unknown) => boolean;
  /** Serves the built web pages; last before 404. */
  pages?: Router;
  /** Proxies that may say from where a request came; without it nobody may. */
  trustProxy?: TrustProxy | undefined;
  /** Of a whole app: endpoints that have no route in it. Every other must have one. */
  hasNoRoute?: (path: string) => boolean;
  /** Origins besides our own that may frame a page. */
  frameOrigins?: readonly string[];
}

/**
 * The Express chain: one log line a request, security headers, the gate, and behind it the routers in order.
 * Tiles do not pass here; their door stands in front (server/tiles/routes.ts).
 */
export function createApp(parts: AppParts): Express {
  const { log, before = [], gate: gateParts, routers, isDatabaseDown, pages } = parts;
  const app = express();
  app.disable("x-powered-by");
  app.set("etag", "weak");
  app.set("trust proxy", parts.trustProxy ?? false);
  app.use(requestLog(log));
  app.use(securityHeaders(parts.frameOrigins ?? []));
  if (parts.trustProxy === undefined) app.use(noteProxy(log));
  app.use(limitAddress);
  for (const handler of before) app.use(handler);
  const behind = express.Router();
  // only what somebody may send is read
  behind.use(jsonBody());
  for (const router of routers) behind.use(router);
  behind.get("/problems/:code", problemPage);
  compareRoutes([behind], gateParts.endpoints, parts.hasNoRoute);
  app.use(gate(gateParts, behind));
  if (pages) app.use(pages);
  app.use(unknownRoute);
  app.use(problemHandler(isDatabaseDown));
  return app;
}

/** Everybody behind a proxy that is not trusted is one address to us: the operator must know, once. */
function noteProxy(log: Logger): RequestHandler {
  let isSaid = false;
  return (request, _response, next) => {
    if (!isSaid && request.headers["x-forwarded-for"] !== undefined) {
      isSaid = true;
      log.warn(
        "请求经反向代理而来，但未设置 TRUST_PROXY：所有人被视为同一地址。 A proxy stands before the server and TRUST_PROXY is not set: all who ask count as one address.",
      );
    }
    next();
  };
}

/** One line a request, with its reference and, where it failed on our side, the failure. */
function requestLog(log: Logger) {
  return pinoHttp({
    logger: log,
    genReqId: makeReference,
    wrapSerializers: false,
    autoLogging: { ignore: (request) => request.url === "/healthz" || request.url === "/metrics" },
    customLogLevel: (_request, response, error) =>
      error || response.statusCode === 500 ? "error" : response.statusCode >= 400 ? "warn" : "debug",
    // Where no failure was thrown (not ready yet, say) pino-http would make one up.
    customErrorObject: (_request, response, _error, { err, ...line }) => (response.err ? { ...line, err } : line),
    serializers: {
      req: (request) => ({ reference: request.id, method: request.method, url: loggedUrl(request.url) }),
      res: (response) => ({ status: response.statusCode }),
      err: loggedError,
    },
  });
}
