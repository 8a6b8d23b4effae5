/** Every expected failure of a request: its HTTP status and title. The page of problems is generated from this table. */
export const problemCodes = {
  "request.invalid": { status: 400, title: "The request cannot be read" },
  "request.too_large": { status: 413, title: "The request is too large" },
  "route.unknown": { status: 404, title: "There is no such address" },
  "method.not_allowed": { status: 405, title: "This address does not take that method" },
  "tile.out_of_range": { status: 404, title: "There is no such tile" },
  "tile.unknown_layer": { status: 404, title: "There is no such layer" },
  "network.unknown": { status: 404, title: "There is no such network" },
  "edition.unknown": { status: 404, title: "There is no such edition" },
  "area.unknown": { status: 404, title: "There is no such area" },
  "register.unknown": { status: 404, title: "There is no such register" },
  "record.unknown": { status: 404, title: "There is no such record" },
  "basemap.unknown": { status: 404, title: "There is no such basemap" },
  "basemap.unavailable": { status: 502, title: "The basemap does not answer" },
  "server.starting": { status: 503, title: "The server is starting" },
  "database.unavailable": { status: 503, title: "The database does not answer" },
  internal: { status: 500, title: "Something broke on our side" },
} as const;

export type ProblemCode = keyof typeof problemCodes;
