import { Router } from "express";
import { z } from "zod";
import type { BasemapList } from "../../data/schema/basemap.ts";
import { parse, unwrap } from "../http/parse.ts";
import type { BasemapService } from "./service.ts";

const index = z.coerce.number().int().min(0);
const Place = z.object({ id: z.string(), z: index.max(24), x: index, y: index });

export function basemapRoutes(service: BasemapService): Router {
  const router = Router();
  router.get("/api/basemaps", (_request, response) => {
    response.json({ basemaps: service.list() } satisfies BasemapList);
  });
  router.get("/basemap/:id/:z/:x/:y", async (request, response) => {
    const place = parse(Place, request.params);
    const picture = unwrap(await service.picture(place.id, place.z, place.x, place.y));
    response.type(picture.type).set("Cache-Control", "private, max-age=86400").send(picture.bytes);
  });
  return router;
}
