import express, { type Express, type Router } from "express";
import helmet from "helmet";
import type { Logger } from "pino";
import { pinoHttp } from "pino-http";
import { problemHandler, problemPage, unknownRoute } from "./problems.ts";

export interface AppParts {
  log: Logger;
  routers: Router[];
  isDatabaseDown: (error: unknown) => boolean;
  /** Serves the built web pages; last before 404. */
  pages?: Router;
}

/**
 * The Express chain: security headers, one log line a request, then the routers in order.
 * Tiles do not pass here; their door stands in front (server/tiles/routes.ts).
 */
export function createApp({ log, routers, isDatabaseDown, pages }: AppParts): Express {
  const app = express();
  app.disable("x-powered-by");
  app.set("etag", "weak");
  app.use(
    pinoHttp({
      logger: log,
      autoLogging: { ignore: (request) => request.url === "/healthz" || request.url === "/metrics" },
      customLogLevel: (_request, response, error) =>
        error || response.statusCode >= 500 ? "error" : response.statusCode >= 400 ? "warn" : "debug",
      serializers: {
        req: (request) => ({ method: request.method, url: request.url }),
        res: (r) => ({ status: r.statusCode }),
      },
    }),
  );
  app.use(securityHeaders());
  for (const router of routers) app.use(router);
  app.get("/problems/:code", problemPage);
  if (pages) app.use(pages);
  app.use(unknownRoute);
  app.use(problemHandler(log, isDatabaseDown));
  return app;
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
