import type { Router } from "express";
import type { Endpoint } from "../../data/schema/endpoint.ts";

/** `get /api/areas/:id` of every route in the routers. */
export function routesOf(routers: readonly Router[]): string[] {
  return routers.flatMap((router) =>
    router.stack.flatMap(({ route, handle }) => {
      if (route) {
        return route.stack.map(({ method }) => `${method ?? "all"} ${String(route.path)}`);
      }
      // a router inside another one
      return "stack" in handle ? routesOf([handle as unknown as Router]) : [];
    }),
  );
}

/**
 * Sees that routes and endpoints are the same, so that no route is forgotten in the policy.
 * @param hasNoRoute - for a whole app: which endpoints need none; every other must have one
 * @throws Error that names what is missing: our mistake
 */
export function compareRoutes(
  routers: readonly Router[],
  endpoints: readonly Endpoint[],
  hasNoRoute: (path: string) => boolean = () => true,
): void {
  const routes = new Set(routesOf(routers));
  const listed = new Set(endpoints.map(({ method, path }) => `${method} ${path}`));
  const unlisted = [...routes].filter((route) => !listed.has(route));
  const unserved = endpoints
    .filter(({ path }) => !hasNoRoute(path))
    .map(({ method, path }) => `${method} ${path}`)
    .filter((endpoint) => !routes.has(endpoint));
  const faults = [
    ...unlisted.map((route) => `${route} has no entry in data/schema/endpoints.ts`),
    ...unserved.map((endpoint) => `${endpoint} is in data/schema/endpoints.ts and has no route`),
  ];
  if (faults.length > 0) throw new Error(`Routes and endpoints differ: ${faults.join("; ")}`);
}
