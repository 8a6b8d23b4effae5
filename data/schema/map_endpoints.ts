import { z } from "zod";
import { AreaDetail, AreaList, AreaListQuery, AreasAt, AreasAtQuery, editionQuery } from "./area.ts";
import { BasemapList } from "./basemap.ts";
import { RevealedContact } from "./contact.ts";
import type { Endpoint } from "./endpoint.ts";
import { ExportParams, ExportQuery } from "./export.ts";
import { EditionList, NetworkList } from "./network.ts";
import { RecordDetail, Register } from "./record.ts";
import { SearchQuery, SearchResult } from "./search.ts";
import { tileLayers } from "./tile_layers.ts";

const tileIndex = z.coerce.number().int().min(0);
const layers = z.string().describe(`one or several of ${tileLayers.join(", ")}, comma-joined`);
const tileQuery = z.object({
  network: z.string().optional().describe("network of the areas layer; default governance"),
  edition: z.coerce.number().int().positive().optional(),
  plan: z.string().optional().describe("tiles of the areas layer as a plan draws them, for its readers"),
});

/** The map, what lies on it, and what is looked up. */
export const mapEndpoints: Endpoint[] = [
  {
    method: "get",
    path: "/api/networks",
    summary: "Networks with their levels and the edition in force",
    access: "read_map",
    response: NetworkList,
    others: [],
  },
  {
    method: "get",
    path: "/api/editions",
    summary: "Editions of a network, newest first",
    access: "read_map",
    query: z.object({ network: z.string().default("governance") }),
    response: EditionList,
    others: [400, 404],
  },
  {
    method: "get",
    path: "/api/areas",
    summary: "Areas by parent, level, box or text",
    access: "read_map",
    query: AreaListQuery,
    response: AreaList,
    others: [400, 404],
  },
  {
    method: "get",
    path: "/api/areas/at",
    summary: "The areas at a place, for every network and level",
    access: "read_map",
    query: AreasAtQuery,
    response: AreasAt,
    others: [400, 404],
  },
  {
    method: "get",
    path: "/api/areas/:id",
    summary: "One area with counts, staff, neighbours; id or network:code",
    access: "read_map",
    params: z.object({ id: z.string() }),
    query: z.object(editionQuery),
    response: AreaDetail,
    others: [400, 404],
  },
  {
    method: "get",
    path: "/api/search",
    summary: "Names, codes, addresses, roads, units",
    access: "read_map",
    query: SearchQuery,
    response: SearchResult,
    others: [400],
  },
  {
    method: "get",
    path: "/api/registers/:register/:id",
    summary: "One record of a register with its facts",
    access: "read_map",
    params: z.object({ register: Register, id: z.string() }),
    response: RecordDetail,
    others: [400, 404],
  },
  {
    method: "get",
    path: "/api/staff/:id/portrait",
    summary: "Portrait of a person who agreed to show it",
    access: "read_map",
    params: z.object({ id: z.string() }),
    media: "image/svg+xml",
    others: [404],
  },
  {
    method: "get",
    path: "/api/basemaps",
    summary: "Configured backdrops",
    access: "read_map",
    response: BasemapList,
    others: [],
  },
  {
    method: "get",
    path: "/basemap/:id/:z/:x/:y",
    summary: "A tile of a configured backdrop",
    access: "read_map",
    params: z.object({ id: z.string(), z: tileIndex, x: tileIndex, y: tileIndex }),
    media: "image/*",
    others: [400, 404, 502],
  },
  {
    method: "get",
    path: "/tiles/:layers.json",
    summary: "TileJSON 3.0 of one or several layers",
    access: "read_map",
    params: z.object({ layers }),
    query: tileQuery,
    media: "application/json",
    others: [400, 404],
  },
  {
    method: "get",
    path: "/tiles/:layers/:z/:x/:y.mvt",
    summary: "Mapbox Vector Tile 2.1; attributes as in data/schema/tile_attributes.ts",
    access: "read_map",
    params: z.object({ layers, z: tileIndex, x: tileIndex, y: tileIndex }),
    query: tileQuery,
    media: "application/vnd.mapbox-vector-tile",
    others: [204, 304, 400, 404],
  },
  {
    method: "post",
    path: "/api/contacts/:id/reveal",
    summary: "A phone in full; the look-up is audited",
    access: "read_map",
    params: z.object({ id: z.string() }),
    response: RevealedContact,
    others: [403, 404],
  },
  {
    method: "get",
    path: "/api/exports/:register.:ext",
    summary: "What of a register lies in an area and in the reader's scope; watermarked, limited in extent, audited",
    access: "export_registers",
    params: ExportParams,
    query: ExportQuery,
    media: "application/octet-stream",
    others: [400, 403, 404, 422],
  },
];
