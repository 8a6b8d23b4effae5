import type { ServerResponse } from "node:http";
import { Router } from "express";
import { ExportParams, ExportQuery } from "../../data/schema/export.ts";
import { readerOf } from "../access/reader.ts";
import { parse, unwrap } from "../http/parse.ts";
import type { ExportService } from "./service.ts";

/** Somebody who takes nothing for so long is gone. */
const patience = 30_000; // ms

export function exportRoutes(exports: ExportService): Router {
  const router = Router();
  router.get("/api/exports/:register.:ext", async (request, response) => {
    const asked = { ...parse(ExportParams, request.params), ...parse(ExportQuery, request.query) };
    const file = unwrap(await exports.open(asked, readerOf(request)));
    response.set({
      "Content-Type": file.media,
      "Content-Disposition": `attachment; filename="${file.filename.replace(/[^\w.-]/g, "_")}"`,
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
    });
    try {
      await file.send((piece) => writeTo(response, piece));
    } catch (error) {
      // a file that was begun cannot become a problem any more: it must not look whole
      if (response.headersSent) response.destroy();
      else response.removeHeader("Content-Disposition");
      if (!(error instanceof ReaderGone)) throw error;
      return;
    }
    response.end();
  });
  return router;
}

class ReaderGone extends Error {}

/** Resolves when there is room for more. */
function writeTo(response: ServerResponse, piece: string): Promise<void> {
  return new Promise((resolve, reject) => {
    if (response.destroyed) return reject(new ReaderGone());
    if (response.write(piece)) return resolve();
    const timer = setTimeout(() => response.destroy(), patience);
    const done = (settle: () => void) => {
      clearTimeout(timer);
      response.off("drain", onDrain).off("close", onClose);
      settle();
    };
    const onDrain = () => done(resolve);
    const onClose = () => done(() => reject(new ReaderGone()));
    response.once("drain", onDrain).once("close", onClose);
  });
}
