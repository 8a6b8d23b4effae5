import { type Request, type Response, Router } from "express";
import { NewWarningReason, type WarningReason } from "../../data/schema/check.ts";
import {
  NewComment,
  NewPlan,
  type PlanBuildings,
  type PlanChange,
  type PlanCheck,
  type PlanComment,
  type PlanFormer,
  type PlanList,
  PlanListQuery,
  type PlanLog,
  PlanLogQuery,
  type PlanSummary,
  Publication,
  type Published,
  type Rebased,
  Rejection,
  Submission,
} from "../../data/schema/plan.ts";
import { PlanOperation } from "../../data/schema/plan_operation.ts";
import { readerOf } from "../access/reader.ts";
import { parse, ProblemError, unwrap } from "../http/parse.ts";
import { unusableKey } from "./refusals.ts";
import type { DetailParts, PlanService } from "./service.ts";

export function planRoutes(plans: PlanService): Router {
  const router = Router();
  router.get("/api/plans", async (request, response) => {
    answer<PlanList>(response, await plans.list(readerOf(request), parse(PlanListQuery, request.query)));
  });
  router.post("/api/plans", async (request, response) => {
    answerPlan(response, unwrap(await plans.begin(readerOf(request), parse(NewPlan, request.body))));
  });
  router.get("/api/plans/:id", async (request, response) => {
    answerDetail(response, unwrap(await plans.detail(readerOf(request), request.params.id)));
  });
  router.get("/api/plans/:id/buildings", async (request, response) => {
    answer<PlanBuildings>(response, unwrap(await plans.buildings(readerOf(request), request.params.id)));
  });
  router.get("/api/plans/:id/former", async (request, response) => {
    answer<PlanFormer>(response, unwrap(await plans.former(readerOf(request), request.params.id)));
  });
  router.get("/api/plans/:id/operations", async (request, response) => {
    const query = parse(PlanLogQuery, request.query);
    answer<PlanLog>(response, unwrap(await plans.log(readerOf(request), request.params.id, query)));
  });
  addSteps(router, plans);
  addChecks(router, plans);
  addComments(router, plans);
  addLife(router, plans);
  return router;
}

function addSteps(router: Router, plans: PlanService): void {
  router.post("/api/plans/:id/operations", async (request, response) => {
    const operation = parse(PlanOperation, request.body);
    const asked = { operation, key: keyOf(request), revision: revisionSeen(request) };
    answerChange(response, unwrap(await plans.apply(readerOf(request), request.params.id, asked)));
  });
  router.post("/api/plans/:id/undo", async (request, response) => {
    const asked = { revision: revisionSeen(request) };
    answerChange(response, unwrap(await plans.undo(readerOf(request), request.params.id, asked)));
  });
  router.post("/api/plans/:id/redo", async (request, response) => {
    const asked = { revision: revisionSeen(request) };
    answerChange(response, unwrap(await plans.redo(readerOf(request), request.params.id, asked)));
  });
}

function addChecks(router: Router, plans: PlanService): void {
  router.get("/api/plans/:id/check", async (request, response) => {
    const checked = await plans.check(readerOf(request), request.params.id, signalOf(response));
    answer<PlanCheck>(response, unwrap(checked));
  });
  router.post("/api/plans/:id/check/reasons", async (request, response) => {
    const reason = parse(NewWarningReason, request.body);
    answer<WarningReason>(response, unwrap(await plans.giveReason(readerOf(request), request.params.id, reason)));
  });
  router.delete("/api/plans/:id/check/reasons/:reason", async (request, response) => {
    unwrap(await plans.withdrawReason(readerOf(request), request.params.id, request.params.reason));
    response.status(204).end();
  });
}

function addComments(router: Router, plans: PlanService): void {
  router.post("/api/plans/:id/comments", async (request, response) => {
    const comment = parse(NewComment, request.body);
    answer<PlanComment>(response, unwrap(await plans.comments.add(readerOf(request), request.params.id, comment)));
  });
  router.post("/api/plans/:id/comments/:comment/settle", async (request, response) => {
    const { id, comment } = request.params;
    answer<PlanComment>(response, unwrap(await plans.comments.settle(readerOf(request), id, comment)));
  });
}

function addLife(router: Router, plans: PlanService): void {
  router.post("/api/plans/:id/submit", async (request, response) => {
    const asked = { ...parse(Submission, request.body), revision: revisionSeen(request) };
    answerPlan(response, unwrap(await plans.submit(readerOf(request), request.params.id, asked)));
  });
  router.post("/api/plans/:id/reject", async (request, response) => {
    const asked = { ...parse(Rejection, request.body), revision: revisionSeen(request) };
    answerPlan(response, unwrap(await plans.reject(readerOf(request), request.params.id, asked)));
  });
  for (const turn of ["withdraw", "approve", "discard"] as const) {
    router.post(`/api/plans/:id/${turn}`, async (request, response) => {
      const asked = { revision: revisionSeen(request) };
      answerPlan(response, unwrap(await plans[turn](readerOf(request), request.params.id!, asked)));
    });
  }
  router.post("/api/plans/:id/rebase", async (request, response) => {
    const moved = unwrap(await plans.rebase(readerOf(request), request.params.id, { revision: revisionSeen(request) }));
    response.set("ETag", `"${moved.plan.revision}"`);
    answer<Rebased>(response, moved);
  });
  router.post("/api/plans/:id/publish", async (request, response) => {
    const asked = { ...parse(Publication, request.body), revision: revisionSeen(request) };
    answer<Published>(response, unwrap(await plans.publish(readerOf(request), request.params.id, asked)));
  });
}

/** The revision that If-Match names, `"7"`; undefined where it is missing or `*`. Another form matches no revision. */
function revisionSeen(request: Request): number | undefined {
  const text = request.get("If-Match")?.trim();
  if (!text || text === "*") return undefined;
  return Number(/^(?:W\/)?"(\d{1,9})"$/.exec(text)?.[1] ?? -1);
}

function keyOf(request: Request): string | null {
  const key = request.get("Idempotency-Key");
  if (key === undefined) return null;
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) throw new ProblemError(unusableKey().problem);
  return key;
}

/** Aborted when the reader leaves: a check that nobody waits for is ended. */
function signalOf(response: Response): AbortSignal {
  const gone = new AbortController();
  response.on("close", () => {
    if (!response.writableFinished) gone.abort(new Error("the reader left"));
  });
  return gone.signal;
}

function answer<T>(response: Response, value: T): void {
  response.set("Cache-Control", "no-store").json(value);
}

function answerPlan(response: Response, plan: PlanSummary): void {
  response.set("ETag", `"${plan.revision}"`);
  answer(response, plan);
}

function answerChange(response: Response, change: PlanChange): void {
  response.set("ETag", `"${change.revision}"`);
  answer(response, change);
}

/** Areas come as JSON: a city's outlines are put between the rest as they are. */
function answerDetail(response: Response, { areas, ...rest }: DetailParts): void {
  const text = JSON.stringify(rest);
  const body = Buffer.concat([Buffer.from(`${text.slice(0, -1)},"areas":`), areas, Buffer.from("}")]);
  response.set({ "Cache-Control": "no-store", ETag: `"${rest.plan.revision}"` });
  response.type("application/json").send(body);
}
