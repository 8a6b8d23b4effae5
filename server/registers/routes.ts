import { Router } from "express";
import type { RecordDetail } from "../../data/schema/record.ts";
import { unwrap } from "../http/parse.ts";
import type { RegisterService } from "./service.ts";

export function registerRoutes(records: RegisterService): Router {
  const router = Router();
  router.get("/api/registers/:register/:id", async (request, response) => {
    response.json(unwrap(await records.one(request.params.register, request.params.id)) satisfies RecordDetail);
  });
  return router;
}
