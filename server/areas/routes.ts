import { Router } from "express";
import { z } from "zod";
import {
  type AreaDetail,
  type AreaList,
  AreaListQuery,
  type AreasAt,
  AreasAtQuery,
  editionQuery,
} from "../../data/schema/area.ts";
import type { EditionList, NetworkList } from "../../data/schema/network.ts";
import { readerOf } from "../access/reader.ts";
import { parse, unwrap } from "../http/parse.ts";
import type { AreaService } from "./service.ts";

const EditionsQuery = z.object({ network: z.string().default("governance") });
const DetailQuery = z.object(editionQuery);

export function areaRoutes(areas: AreaService): Router {
  const router = Router();
  router.get("/api/networks", async (_request, response) => {
    response.json({ networks: await areas.networks() } satisfies NetworkList);
  });
  router.get("/api/editions", async (request, response) => {
    const { network } = parse(EditionsQuery, request.query);
    response.json(unwrap(await areas.editions(network)) satisfies EditionList);
  });
  router.get("/api/areas", async (request, response) => {
    const query = parse(AreaListQuery, request.query);
    response.json(unwrap(await areas.list(query)) satisfies AreaList);
  });
  router.get("/api/areas/at", async (request, response) => {
    const query = parse(AreasAtQuery, request.query);
    response.json(unwrap(await areas.at(query)) satisfies AreasAt);
  });
  router.get("/api/areas/:id", async (request, response) => {
    const query = parse(DetailQuery, request.query);
    response.json(unwrap(await areas.one(request.params.id, query, readerOf(request))) satisfies AreaDetail);
  });
  router.get("/api/staff/:id/portrait", async (request, response) => {
    const portrait = unwrap(await areas.portrait(request.params.id));
    // Drawn by us, yet served so that no script in it could ever run.
    response.set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox");
    response.set("Cache-Control", "private, max-age=3600").type("image/svg+xml").send(portrait);
  });
  return router;
}
