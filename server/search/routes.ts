import { Router } from "express";
import { SearchQuery, type SearchResult } from "../../data/schema/search.ts";
import { readerOf } from "../access/reader.ts";
import { parse } from "../http/parse.ts";
import type { SearchService } from "./service.ts";

export function searchRoutes(search: SearchService): Router {
  const router = Router();
  router.get("/api/search", async (request, response) => {
    const { q, limit } = parse(SearchQuery, request.query);
    response.json((await search.find(q, limit, readerOf(request))) satisfies SearchResult);
  });
  return router;
}
