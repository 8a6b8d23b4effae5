import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { type NewWarningReason, WarningReason } from "../../data/schema/check.ts";
import type { Position } from "../../data/schema/geometry.ts";
import {
  type NewPlan,
  PlanBuildings,
  PlanChange,
  PlanCheck,
  PlanComment,
  PlanDetail,
  PlanFormer,
  PlanList,
  PlanLog,
  PlanSummary,
  Published,
  Rebased,
} from "../../data/schema/plan.ts";
import type { PlanOperation } from "../../data/schema/plan_operation.ts";
import { getJson, sendJson } from "./client.ts";

const addressOf = (id: string) => `/api/plans/${encodeURIComponent(id)}`;
/** A revision as If-Match says it. */
const quoted = (revision: number) => `"${revision}"`;

export function plansQuery() {
  return infiniteQueryOptions({
    queryKey: ["plans"],
    queryFn: ({ signal, pageParam }) => getJson(PlanList, "/api/plans", { limit: 50, after: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    staleTime: 0,
  });
}

export function beginPlan(body: NewPlan): Promise<PlanSummary> {
  return sendJson(PlanSummary, "/api/plans", { method: "POST", body });
}

export function readPlan(id: string, signal?: AbortSignal): Promise<PlanDetail> {
  return getJson(PlanDetail, addressOf(id), {}, signal);
}

export function readBuildings(id: string, signal?: AbortSignal): Promise<PlanBuildings> {
  return getJson(PlanBuildings, `${addressOf(id)}/buildings`, {}, signal);
}

/** What the plan changed, as its base edition has it; read again with each revision. */
export function planFormerQuery(id: string, revision: number) {
  return queryOptions({
    queryKey: ["plan_former", id, revision],
    queryFn: ({ signal }) => getJson(PlanFormer, `${addressOf(id)}/former`, {}, signal),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What came after a revision, oldest first. */
export function readLogAfter(id: string, revision: number): Promise<PlanLog> {
  return getJson(PlanLog, `${addressOf(id)}/operations`, { after_revision: revision, limit: 500 });
}

/** What was done, newest first. */
export function planLogQuery(id: string, revision: number) {
  return infiniteQueryOptions({
    queryKey: ["plan_log", id, revision],
    queryFn: ({ signal, pageParam }) =>
      getJson(PlanLog, `${addressOf(id)}/operations`, { limit: 100, before: pageParam }, signal),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** All faults and warnings of a revision of the draft. */
export function planCheckQuery(id: string, revision: number) {
  return queryOptions({
    queryKey: ["plan_check", id, revision],
    queryFn: ({ signal }) => getJson(PlanCheck, `${addressOf(id)}/check`, {}, signal),
    placeholderData: keepPreviousData,
  });
}

/** @param key - the same for the same operation: after a lost answer it is not done again */
export function sendOperation(
  id: string,
  operation: PlanOperation,
  revision: number,
  key: string,
): Promise<PlanChange> {
  return sendJson(PlanChange, `${addressOf(id)}/operations`, {
    method: "POST",
    body: operation,
    ifMatch: quoted(revision),
    idempotencyKey: key,
  });
}

export function sendTurn(id: string, which: "undo" | "redo", revision: number): Promise<PlanChange> {
  return sendJson(PlanChange, `${addressOf(id)}/${which}`, { method: "POST", body: {}, ifMatch: quoted(revision) });
}

export function giveDraftReason(id: string, body: NewWarningReason): Promise<WarningReason> {
  return sendJson(WarningReason, `${addressOf(id)}/check/reasons`, { method: "POST", body });
}

export async function withdrawDraftReason(id: string, reason: string): Promise<void> {
  await sendJson(null, `${addressOf(id)}/check/reasons/${encodeURIComponent(reason)}`, { method: "DELETE" });
}

export function addComment(id: string, text: string, at: Position | null): Promise<PlanComment> {
  return sendJson(PlanComment, `${addressOf(id)}/comments`, { method: "POST", body: { text, at } });
}

export function settleComment(id: string, comment: string): Promise<PlanComment> {
  return sendJson(PlanComment, `${addressOf(id)}/comments/${encodeURIComponent(comment)}/settle`, {
    method: "POST",
    body: {},
  });
}

export type LifeStep = "submit" | "withdraw" | "approve" | "reject" | "discard";

/** @param body - `from_day` of a submission, `reason` of a rejection */
export function turnPlan(id: string, step: LifeStep, revision: number, body: object = {}): Promise<PlanSummary> {
  return sendJson(PlanSummary, `${addressOf(id)}/${step}`, { method: "POST", body, ifMatch: quoted(revision) });
}

export function publishPlan(id: string, revision: number, name: string): Promise<Published> {
  return sendJson(Published, `${addressOf(id)}/publish`, { method: "POST", body: { name }, ifMatch: quoted(revision) });
}

export function rebasePlan(id: string, revision: number): Promise<Rebased> {
  return sendJson(Rebased, `${addressOf(id)}/rebase`, { method: "POST", body: {}, ifMatch: quoted(revision) });
}
