import { z } from "zod";
import { AreaDetail, AreaList, AreaListQuery, AreasAt, AreasAtQuery, editionQuery } from "./area.ts";
import { BasemapList } from "./basemap.ts";
import { EditionList, NetworkList } from "./network.ts";
import { RecordDetail, Register } from "./record.ts";
import { SearchQuery, SearchResult } from "./search.ts";
import { tileLayers } from "./tile_layers.ts";

/** One address of the read API. `:name` parts of the path are described by `params`. */
export interface Endpoint {
  method: "get";
  path: string;
  summary: string;
  params?: z.ZodObject;
  query?: z.ZodObject;
  /** Absent: not JSON; `media` says what. */
  response?: z.ZodType;
  media?: string;
  /** Statuses besides 200 that a client must expect, as problem+json (204 has no body). */
  others: number[];
}

const tileIndex = z.coerce.number().int().min(0);
const layers = z.string().describe(`one or several of ${tileLayers.join(", ")}, comma-joined`);
const tileQuery = z.object({
  network: z.string().optional().describe("network of the areas layer; default governance"),
  edition: z.coerce.number().int().positive().optional(),
});

/** Every public address; the OpenAPI page is made from this list and a test asks each of them. */
export const endpoints: Endpoint[] = [
  {
    method: "get",
    path: "/api/networks",
    summary: "Networks with their levels and the edition in force",
    response: NetworkList,
    others: [],
  },
  {
    method: "get",
    path: "/api/editions",
    summary: "Editions of a network, newest first",
    query: z.object({ network: z.string().default("governance") }),
    response: EditionList,
    others: [400, 404],
  },
  {
    method: "get",
    path: "/api/areas",
    summary: "Areas by parent, level, box or text",
    query: AreaListQuery,
    response: AreaList,
    others: [400, 404],
  },
  {
    method: "get",
    path: "/api/areas/at",
    summary: "The areas at a place, for every network and level",
    query: AreasAtQuery,
    response: AreasAt,
    others: [400],
  },
  {
    method: "get",
    path: "/api/areas/:id",
    summary: "One area with counts, staff, neighbours; id or network:code",
    params: z.object({ id: z.string() }),
    query: z.object(editionQuery),
    response: AreaDetail,
    others: [400, 404],
  },
  {
    method: "get",
    path: "/api/search",
    summary: "Names, codes, addresses, roads, units",
    query: SearchQuery,
    response: SearchResult,
    others: [400],
  },
  {
    method: "get",
    path: "/api/registers/:register/:id",
    summary: "One record of a register with its facts",
    params: z.object({ register: Register, id: z.string() }),
    response: RecordDetail,
    others: [400, 404],
  },
  {
    method: "get",
    path: "/api/staff/:id/portrait",
    summary: "Portrait of a person who agreed to show it",
    params: z.object({ id: z.string() }),
    media: "image/svg+xml",
    others: [404],
  },
  { method: "get", path: "/api/basemaps", summary: "Configured backdrops", response: BasemapList, others: [] },
  {
    method: "get",
    path: "/basemap/:id/:z/:x/:y",
    summary: "A tile of a configured backdrop",
    params: z.object({ id: z.string(), z: tileIndex, x: tileIndex, y: tileIndex }),
    media: "image/*",
    others: [400, 404, 502],
  },
  {
    method: "get",
    path: "/tiles/:layers.json",
    summary: "TileJSON 3.0 of one or several layers",
    params: z.object({ layers }),
    query: tileQuery,
    media: "application/json",
    others: [400, 404],
  },
  {
    method: "get",
    path: "/tiles/:layers/:z/:x/:y.mvt",
    summary: "Mapbox Vector Tile 2.1; attributes as in data/schema/tile_attributes.ts",
    params: z.object({ layers, z: tileIndex, x: tileIndex, y: tileIndex }),
    query: tileQuery,
    media: "application/vnd.mapbox-vector-tile",
    others: [204, 304, 400, 404],
  },
];
