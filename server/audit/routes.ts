import { Router } from "express";
import { type AuditList, AuditQuery } from "../../data/schema/audit.ts";
import { parse } from "../http/parse.ts";
import type { AuditService } from "./service.ts";

export function auditRoutes(audit: AuditService): Router {
  const router = Router();
  router.get("/api/audit", async (request, response) => {
    const page: AuditList = await audit.list(parse(AuditQuery, request.query));
    response.set("Cache-Control", "no-store").json(page);
  });
  return router;
}
