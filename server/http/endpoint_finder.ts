import type { Endpoint } from "../../data/schema/endpoint.ts";

export interface Found {
  /** Undefined: none takes this method at this address. */
  endpoint: Endpoint | undefined;
  /** Methods that the address takes; empty where there is no such address. */
  methods: string[];
}

/** Finds the endpoint that a method and a path are for; names stand before placeholders, as Express has them. */
export function endpointFinder(endpoints: readonly Endpoint[]): (method: string, path: string) => Found {
  const patterns = endpoints.map((endpoint) => ({ endpoint, pattern: patternOf(endpoint.path) }));
  // /api/areas/at is meant before /api/areas/:id
  patterns.sort((a, b) => Number(a.endpoint.path.includes(":")) - Number(b.endpoint.path.includes(":")));
  return (method, path) => {
    const matching = patterns.filter(({ pattern }) => pattern.test(path)).map(({ endpoint }) => endpoint);
    const wanted = method === "HEAD" ? "get" : method.toLowerCase();
    return {
      endpoint: matching.find((endpoint) => endpoint.method === wanted),
      methods: [
        ...new Set(
          matching.flatMap((endpoint) =>
            endpoint.method === "get" ? ["GET", "HEAD"] : [endpoint.method.toUpperCase()],
          ),
        ),
      ],
    };
  };
}

/** As Express matches: without regard to case, a slash at the end changes nothing. */
function patternOf(path: string): RegExp {
  const source = path
    .split(/(:[a-z_]+)/)
    .map((part) => (part.startsWith(":") ? "[^/]+?" : part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")))
    .join("");
  return new RegExp(`^${source}/?$`, "i");
}
