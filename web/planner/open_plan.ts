import { AnsweredProblem, isFinal } from "../api/client.ts";
import { readBuildings, readLogAfter, readPlan, sendOperation, sendTurn } from "../api/plans.ts";
import type { PlanBuildings, PlanDetail } from "../../data/schema/plan.ts";
import type { PlanApi } from "./plan_sync.ts";
import type { StepShelf, WaitingStep } from "./waiting_steps.ts";

/** All that a planner needs to begin. */
export interface OpenedPlan {
  detail: PlanDetail;
  buildings: PlanBuildings;
  waiting: WaitingStep[];
}

/** The server's side of one plan. */
export function planApi(id: string): PlanApi {
  return {
    detail: () => readPlan(id),
    logAfter: (revision) => readLogAfter(id, revision),
    operation: (operation, revision, key) => sendOperation(id, operation, revision, key),
    turn: (which, revision) => sendTurn(id, which, revision),
  };
}

/** Who arrives at a plan has it asked for while the page is still made ready; used once. */
let early = askEarly();

function askEarly(): { id: string; asked: Promise<[PlanDetail, PlanBuildings]> } | null {
  const [, id] = /^\/planner\/(\d+)$/.exec(globalThis.location?.pathname ?? "") ?? [];
  if (id === undefined) return null;
  const asked = Promise.all([readPlan(id), readBuildings(id)]);
  asked.catch(() => undefined); // asked again, by who can say what is wrong
  return { id, asked };
}

/** @throws AnsweredProblem where the plan is not there or not for this reader */
export async function openPlan(id: string, shelf: StepShelf, signal?: AbortSignal): Promise<OpenedPlan> {
  const before = await shelf.load();
  const waiting = await replay(planApi(id), shelf);
  const known = early?.id === id && before.length === 0 ? await early.asked.catch(() => null) : null;
  early = null;
  if (known) return { detail: known[0], buildings: known[1], waiting };
  const [detail, buildings] = await Promise.all([readPlan(id, signal), readBuildings(id, signal)]);
  return { detail, buildings, waiting };
}

/**
 * Steps that were on their way when the page was left may have arrived: they are posted once more under the same key
 * before the draft is read.
 */
async function replay(api: PlanApi, shelf: StepShelf): Promise<WaitingStep[]> {
  const kept: WaitingStep[] = [];
  for (const step of await shelf.load()) {
    if (step.kind !== "do") {
      // what it took back is seen in the draft; done twice it would take back another
      await shelf.remove(step.key);
      continue;
    }
    if (step.sent_with === null || !(await hasArrived(api, step))) kept.push({ ...step, sent_with: null });
    else await shelf.remove(step.key);
  }
  return kept;
}

async function hasArrived(api: PlanApi, { operation, sent_with, key }: WaitingStep): Promise<boolean> {
  try {
    await api.operation(operation!, sent_with!, key);
    return true;
  } catch (error) {
    if (error instanceof AnsweredProblem && isFinal(error)) return false;
    throw error;
  }
}
