import { Router } from "express";
import { collectDefaultMetrics, Histogram, Registry } from "prom-client";

/** What /readyz answers: every part by name, true when it can serve. */
export type Readiness = Record<string, boolean>;

/**
 * /healthz: this process answers. /readyz: database, migrations and tile sources can serve; 503 otherwise, so that a
 * balancer looks elsewhere (tiles from memory go on). /metrics: Prometheus.
 */
export function operationRoutes(readiness: () => Promise<Readiness>): Router {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const seconds = new Histogram({
    name: "http_request_seconds",
    help: "Time to answer, by route and status",
    labelNames: ["route", "status"],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  });
  const router = Router();
  router.use((request, response, next) => {
    const done = seconds.startTimer();
    response.on("finish", () => {
      // The pattern, never the address: one series a route, no personal datum in a metric.
      done({ route: request.route ? String(request.route.path) : "other", status: response.statusCode });
    });
    next();
  });
  router.get("/healthz", (_request, response) => {
    response.json({ alive: true });
  });
  router.get("/readyz", async (_request, response) => {
    const parts = await readiness();
    const ready = Object.values(parts).every(Boolean);
    response
      .status(ready ? 200 : 503)
      .set("Cache-Control", "no-store")
      .json({ ready, ...parts });
  });
  router.get("/metrics", async (_request, response) => {
    response.type(registry.contentType).send(await registry.metrics());
  });
  return router;
}
