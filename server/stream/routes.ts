import { type Request, Router } from "express";
import { StreamQuery } from "../../data/schema/stream.ts";
import { readerOf } from "../access/reader.ts";
import { parse } from "../http/parse.ts";
import type { StreamHub } from "./hub.ts";

/**
 * GET /api/stream: server-sent events. Ends when the reader's access ends or changes; a browser comes back by itself
 * and is asked anew who it is.
 * @param holds - whether the session of a request is still good
 */
export function streamRoutes(hub: StreamHub, holds: (request: Request) => Promise<boolean>): Router {
  const router = Router();
  router.get("/api/stream", async (request, response) => {
    const query = parse(StreamQuery, request.query);
    const reader = readerOf(request);
    response.set({
      "Content-Type": "text/event-stream; charset=utf-8",
      "Cache-Control": "no-store",
      "X-Accel-Buffering": "no", // proxies must not wait until there is more
    });
    response.flushHeaders();
    const sink = {
      write: (text: string) => void response.write(text),
      waiting: () => response.writableLength,
      end: (isSlow: boolean) => void (isSlow ? response.destroy() : response.end()),
    };
    const leave = hub.open({ reader, query, sink, holds: () => holds(request) }, lastEventOf(request));
    response.on(
      "close",
      () =>
        void leave.then(
          (end) => end(),
          () => undefined,
        ),
    );
    await leave;
  });
  return router;
}

/** Null: none was named, or what was is none of ours. */
function lastEventOf(request: Request): number | null {
  const text = request.get("Last-Event-ID") ?? "";
  return /^\d{1,15}$/.test(text) ? Number(text) : null;
}
