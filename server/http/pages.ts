import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import express, { Router } from "express";
import { pageRoutes } from "../../data/schema/page_routes.ts";

const assets = path.normalize("/assets/");

/** There are no pages to serve; the message says what to do. */
export class PagesMissing extends Error {}

/**
 * Serves the built pages from `folder` (Vite's output). Assets carry a hash in their name, so they never change;
 * files compressed at build (.br) go out as they are. Files are named from
 * `folder`: a path from the root would be refused where the installation lies in a hidden folder.
 * @throws PagesMissing where nothing was built
 */
export function pageRouter(folder: string): Router {
  if (!existsSync(path.join(folder, "index.html"))) {
    throw new PagesMissing(
      "网页尚未构建：请运行 npm run build 后再启动。 / The pages are not built: run npm run build, then start again.",
    );
  }
  const router = Router();
  // A missing asset is 404, never the page.
  router.get([...pageRoutes], async (_request, response) => {
    response
      .type("html")
      .set("Cache-Control", "no-cache")
      .send(await readFile(path.join(folder, "index.html")));
  });
  router.get("/assets/{*file}", (request, response, next) => {
    if (!request.acceptsEncodings("br")) return next();
    const file = path.normalize(`${decodeURIComponent(request.path)}.br`);
    if (!file.startsWith(assets) || !existsSync(path.join(folder, file))) return next();
    response
      .vary("Accept-Encoding")
      .set("Content-Encoding", "br")
      .type(path.extname(file.slice(0, -3)));
    response.set("Cache-Control", "public, max-age=31536000, immutable");
    response.sendFile(file, { root: folder });
  });
  router.use("/assets", express.static(path.join(folder, "assets"), { immutable: true, maxAge: "1y", index: false }));
  router.get("/favicon.svg", (_request, response) => {
    response.set("Cache-Control", "public, max-age=86400").sendFile("favicon.svg", { root: folder });
  });
  return router;
}
