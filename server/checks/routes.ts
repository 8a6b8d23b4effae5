import { type Request, type Response, Router } from "express";
import {
  CheckQuery,
  type CheckReport,
  type CheckSummary,
  type Crosswalk,
  CrosswalkQuery,
  NetworkRules,
  NewWarningReason,
  ReasonParams,
  type WarningReason,
} from "../../data/schema/check.ts";
import type { Endpoint } from "../../data/schema/endpoint.ts";
import type { Outcome } from "../../data/schema/problem.ts";
import { type Reader, readerOf } from "../access/reader.ts";
import type { AuditService } from "../audit/service.ts";
import { parse, unwrap } from "../http/parse.ts";
import type { ReasonService } from "./reason_service.ts";
import type { CheckService } from "./service.ts";

export interface CheckRouteParts {
  checks: CheckService;
  reasons: ReasonService;
  /** Is told where a role allows it and the place does not. */
  onRefusal: AuditService["recordRefusal"];
}

type Asked = { reader: Reader; signal: AbortSignal };

export function checkRoutes({ checks, reasons, onRefusal }: CheckRouteParts): Router {
  const router = Router();
  const answer = answerer(onRefusal);
  const area = (request: Request<{ id: string }>, { reader, signal }: Asked) =>
    checks.area(request.params.id, parse(CheckQuery, request.query), { reader, signal });
  const network = (request: Request<{ network: string }>, { reader, signal }: Asked) =>
    checks.network(request.params.network, parse(CheckQuery, request.query), { reader, signal });

  router.get("/api/areas/:id/check", async (request, response) => {
    const found = await answer(request, response, (asked) => area(request, asked));
    if (found) response.json(found.value satisfies CheckReport);
  });
  router.get("/api/networks/:network/check", async (request, response) => {
    const found = await answer(request, response, (asked) => network(request, asked));
    if (found) response.json(found.value satisfies CheckReport);
  });
  router.get("/api/areas/:id/certificate", async (request, response) => {
    const found = await answer(request, response, (asked) => area(request, asked));
    if (found) response.json(found.value.summary satisfies CheckSummary);
  });
  router.get("/api/networks/:network/certificate", async (request, response) => {
    const found = await answer(request, response, (asked) => network(request, asked));
    if (found) response.json(found.value.summary satisfies CheckSummary);
  });
  router.get("/api/crosswalk", async (request, response) => {
    const query = parse(CrosswalkQuery, request.query);
    const found = await answer(request, response, (asked) => checks.crosswalk(query, asked));
    if (found) response.json(found.value satisfies Crosswalk);
  });
  router.post("/api/areas/:id/check/reasons", async (request, response) => {
    const reason = parse(NewWarningReason, request.body);
    const given = await answer(request, response, ({ reader }) => reasons.give(request.params.id, reason, reader));
    if (given) response.json(given.value satisfies WarningReason);
  });
  router.delete("/api/areas/:id/check/reasons/:reason", async (request, response) => {
    const { id, reason } = parse(ReasonParams, request.params);
    const gone = await answer(request, response, ({ reader }) => reasons.withdraw(id, reason, reader));
    if (gone) response.status(204).end();
  });
  router.put("/api/networks/:network/rules", async (request, response) => {
    const rules = parse(NetworkRules, request.body);
    const set = await answer(request, response, ({ reader }) =>
      reasons.setRules(request.params.network, rules, reader),
    );
    if (set) response.json(set.value satisfies NetworkRules);
  });
  return router;
}

/** Hands on what was found; a place that is not the reader's is written down; who left is answered nothing (null). */
function answerer(onRefusal: CheckRouteParts["onRefusal"]) {
  return async <T>(
    request: Request<Record<string, string>>,
    response: Response,
    ask: (asked: Asked) => Promise<Outcome<T>>,
  ): Promise<{ value: T } | null> => {
    const reader = readerOf(request);
    const signal = leaving(response);
    try {
      const outcome = await ask({ reader, signal });
      if (!outcome.ok && outcome.problem.code === "access.forbidden") {
        await onRefusal(reader, endpointOf(request), outcome.problem);
      }
      if (!outcome.ok && outcome.problem.status === 503) response.set("Retry-After", "5");
      return { value: unwrap(outcome) };
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    }
  };
}

const methods: Record<string, Endpoint["method"]> = { POST: "post", PUT: "put", DELETE: "delete" };

function endpointOf({ method, route }: Request<Record<string, string>>): Pick<Endpoint, "method" | "path"> {
  return { method: methods[method] ?? "get", path: String((route as { path: string }).path) };
}

class ReaderGone extends Error {}

/** Aborts when the connection closes before the answer was sent. */
function leaving(response: Response): AbortSignal {
  const gone = new AbortController();
  response.once("close", () => {
    if (!response.writableFinished) gone.abort(new ReaderGone("who asked is gone"));
  });
  return gone.signal;
}
