import type { RequestHandler } from "express";
import { problem } from "../../data/schema/problem.ts";
import { ProblemError } from "./parse.ts";

const longestAddress = 8 * 1024; // characters
const mostParameters = 100;

/** Refuses addresses that no page of ours makes, before anything looks into them. */
export const limitAddress: RequestHandler = (request, _response, next) => {
  const query = request.url.indexOf("?");
  const parameters = query < 0 ? 0 : request.url.slice(query + 1).split("&").length;
  if (request.url.length > longestAddress || parameters > mostParameters) {
    throw new ProblemError(
      problem("request.invalid", {
        detail: `地址过长或参数过多（最长 ${longestAddress} 个字符、最多 ${mostParameters} 个参数）。`,
        fix: "请减少参数后重试。",
      }),
    );
  }
  next();
};
