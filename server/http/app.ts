import express, { type Express, type RequestHandler, type Router } from "express";
import helmet from "helmet";
import { type Logger, stdSerializers } from "pino";
import { pinoHttp } from "pino-http";
import { type GateParts, gate } from "./gate.ts";
import { ProblemError } from "./parse.ts";
import { makeReference, problemHandler, problemPage, unknownRoute } from "./problems.ts";

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
}

/**
 * The Express chain: one log line a request, security headers, the gate, and behind it the routers in order.
 * Tiles do not pass here; their door stands in front (server/tiles/routes.ts).
 */
export function createApp({ log, before = [], gate: gateParts, routers, isDatabaseDown, pages }: AppParts): Express {
  const app = express();
  app.disable("x-powered-by");
  app.set("etag", "weak");
  app.use(requestLog(log));
  app.use(securityHeaders());
  for (const handler of before) app.use(handler);
  const behind = express.Router();
  for (const router of routers) behind.use(router);
  behind.get("/problems/:code", problemPage);
  app.use(gate(gateParts, behind));
  if (pages) app.use(pages);
  app.use(unknownRoute);
  app.use(problemHandler(isDatabaseDown));
  return app;
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
      req: (request) => ({ reference: request.id, method: request.method, url: request.url }),
      res: (response) => ({ status: response.statusCode }),
      // an expected failure needs no stack
      err: (error) => (error instanceof ProblemError ? error.message : stdSerializers.err(error)),
    },
  });
}

/** MapLibre needs blob workers and data/blob pictures; nothing comes from another origin. */
function securityHeaders() {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        workerSrc: ["'self'", "blob:"],
        // antd writes style elements at run time
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", "data:", "blob:"],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'self'"],
      },
    },
    // plain HTTP on an office network must go on working
    strictTransportSecurity: false,
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: "same-origin" },
  });
}
