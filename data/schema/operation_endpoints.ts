import { z } from "zod";
import type { Endpoint } from "./endpoint.ts";

/** For whoever runs the server. */
export const operationEndpoints: Endpoint[] = [
  {
    method: "get",
    path: "/healthz",
    summary: "The process answers",
    access: "anyone",
    response: z.object({ alive: z.literal(true) }),
    others: [],
  },
  {
    method: "get",
    path: "/readyz",
    summary: "Every part by name: whether it can serve",
    access: "anyone",
    response: z.object({ ready: z.boolean() }).catchall(z.boolean()),
    others: [503],
  },
  { method: "get", path: "/metrics", summary: "Prometheus", access: "anyone", media: "text/plain", others: [] },
  {
    method: "get",
    path: "/api/openapi.json",
    summary: "This document",
    access: "anyone",
    media: "application/json",
    others: [],
  },
  {
    method: "get",
    path: "/problems/:code",
    summary: "What the type of a problem points to",
    access: "anyone",
    params: z.object({ code: z.string() }),
    response: z.object({ code: z.string(), status: z.int(), title: z.string() }),
    others: [404],
  },
];
