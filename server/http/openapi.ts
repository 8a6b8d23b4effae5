import { Router } from "express";
import { z } from "zod";
import type { Endpoint } from "../../data/schema/endpoint.ts";
import { endpoints } from "../../data/schema/endpoints.ts";
import { Problem } from "../../data/schema/problem.ts";

type Json = Record<string, unknown>;

/** OpenAPI 3.0 of the public addresses, made from the same schemas that check requests and answers. */
function buildOpenApi(version: string): Json {
  const paths: Record<string, Json> = {};
  for (const endpoint of endpoints) {
    const path = endpoint.path.replace(/:([a-z_]+)/g, "{$1}");
    paths[path] = { ...paths[path], [endpoint.method]: operation(endpoint) };
  }
  return {
    openapi: "3.0.3",
    info: {
      title: "网格图谱 Grid Atlas",
      version,
      description: "Coordinates are CGCS2000 longitude, latitude in degrees; areas m²; ids are bigint as text.",
    },
    paths,
    components: { schemas: { Problem: jsonSchema(Problem) } },
  };
}

export function openApiRoutes(version: string): Router {
  const page = buildOpenApi(version);
  const router = Router();
  router.get("/api/openapi.json", (_request, response) => {
    response.json(page);
  });
  return router;
}

function operation(endpoint: Endpoint): Json {
  const responses: Json = successOf(endpoint);
  for (const status of endpoint.others) {
    responses[status] =
      status < 400
        ? { description: plainStatuses[status] ?? "" }
        : {
            description: "problem",
            content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
          };
  }
  return {
    summary: endpoint.summary,
    parameters: [...parameters(endpoint.params, "path"), ...parameters(endpoint.query, "query")],
    ...(endpoint.body
      ? { requestBody: { required: true, content: { "application/json": { schema: jsonSchema(endpoint.body) } } } }
      : {}),
    responses,
    "x-access": endpoint.access,
  };
}

const plainStatuses: Record<number, string> = { 204: "nothing here", 302: "goes elsewhere", 304: "not modified" };

function successOf({ summary, response, media }: Endpoint): Json {
  if (!response && !media) return { 204: { description: summary } };
  const content = response ? { "application/json": { schema: jsonSchema(response) } } : { [media!]: {} };
  return { 200: { description: summary, content } };
}

function parameters(schema: z.ZodObject | undefined, place: "path" | "query"): Json[] {
  if (!schema) return [];
  const described = jsonSchema(schema) as { properties?: Record<string, Json>; required?: string[] };
  return Object.entries(described.properties ?? {}).map(([name, property]) => ({
    name,
    in: place,
    required: place === "path" || (described.required ?? []).includes(name),
    schema: property,
  }));
}

/** What a client sends (`input`): defaults are optional, numbers may come as text of a query. */
function jsonSchema(schema: z.ZodType): Json {
  return z.toJSONSchema(schema, { target: "openapi-3.0", io: "input", unrepresentable: "any" }) as Json;
}
