import { Router } from "express";
import { DifferenceParams } from "../../data/schema/edition_endpoints.ts";
import { type EditionDifference, type FamilyTree, FamilyTreeQuery } from "../../data/schema/plan.ts";
import { readerOf } from "../access/reader.ts";
import { parse, unwrap } from "../http/parse.ts";
import type { EditionService } from "./service.ts";

export function editionRoutes(editions: EditionService): Router {
  const router = Router();
  router.get("/api/editions/:network/:from..:to", async (request, response) => {
    const asked = parse(DifferenceParams, request.params);
    response.json(unwrap(await editions.difference(asked, readerOf(request))) satisfies EditionDifference);
  });
  router.get("/api/areas/:id/lineage", async (request, response) => {
    const { edition } = parse(FamilyTreeQuery, request.query);
    response.json(unwrap(await editions.family(request.params.id, edition, readerOf(request))) satisfies FamilyTree);
  });
  return router;
}
