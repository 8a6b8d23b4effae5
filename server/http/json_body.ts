import express, { type Request, type RequestHandler } from "express";
import { problem } from "../../data/schema/problem.ts";
import { ProblemError } from "./parse.ts";

const largestBody = 256 * 1024; // bytes
/** Addresses that take files, as JSON: a city of 12,000 outlines has some 25 MB. */
const ofFiles: ReadonlyMap<string, number> = new Map([["/api/plans", 40 * 1024 * 1024]]);

/** Reads a JSON body into `request.body`; anything else is refused. No body leaves it undefined. */
export function jsonBody(): RequestHandler[] {
  const readerOf = (limit: number) => express.json({ limit, inflate: false, type: "application/json" });
  const read = readerOf(largestBody);
  const readFile = new Map([...ofFiles].map(([path, limit]) => [path, readerOf(limit)]));
  return [
    (request, response, next) => {
      if (request.method === "GET" || request.method === "HEAD" || !hasBody(request)) return next();
      if (!request.is("application/json")) throw new ProblemError(wrongMedia());
      (readFile.get(request.path.toLowerCase().replace(/\/$/, "")) ?? read)(request, response, next);
    },
  ];
}

function hasBody({ headers }: Request): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}

export function wrongMedia() {
  return problem("request.media", {
    detail: "只接受未压缩的 JSON（Content-Type: application/json）。",
    fix: "请改用 UTF-8 编码的 JSON 提交。",
  });
}
