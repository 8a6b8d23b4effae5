import { Router } from "express";
import type { RecordDetail } from "../../data/schema/record.ts";
import { readerOf } from "../access/reader.ts";
import { unwrap } from "../http/parse.ts";
import type { RegisterService } from "./service.ts";

export function registerRoutes(records: RegisterService): Router {
  const router = Router();
  router.get("/api/registers/:register/:id", async (request, response) => {
    const { register, id } = request.params;
    response.json(unwrap(await records.one(register, id, readerOf(request))) satisfies RecordDetail);
  });
  return router;
}
