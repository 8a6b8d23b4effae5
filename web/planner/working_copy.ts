import type { BuildingPoints } from "../../data/division/building_counts.ts";
import type { Applied, DraftArea, Inverse, Refusal } from "../../data/division/draft.ts";
import { openDraft } from "../../data/division/open_draft.ts";
import type { PlanDetail, PlanLog } from "../../data/schema/plan.ts";
import { PlanOperation } from "../../data/schema/plan_operation.ts";
import { type HeldPlan, holdPlan } from "./held_plan.ts";
import { draftArea } from "./read_areas.ts";
import type { WaitingStep } from "./waiting_steps.ts";

/** A step that waits for the server, and what takes it back here; null while it is not laid on the draft. */
export interface Waiting {
  step: WaitingStep;
  inverse: Inverse | null;
}

/** Undone here: what does it again, and the operation where the server never heard of it. */
interface Undone {
  inverse: Inverse;
  operation: PlanOperation | null;
}

/** A step that can no longer be laid on what a colleague made of the draft. */
export interface Stuck {
  step: WaitingStep;
  refusal: Refusal;
}

/** The draft cannot be opened with borders that exist once. */
class UnopenableDraft extends Error {}

/**
 * The draft as it is drawn here: what the server is known to have, and on top of it the steps that wait. Everything is
 * done at once; which steps are posted, and when, is the business of `plan_sync.ts`.
 */
export class WorkingCopy {
  held: HeldPlan;
  /** That the server is known to have, without what waits. */
  revision: number;
  waiting: Waiting[] = [];
  /** Steps that the server has, newest last, as far as they are known here. */
  #settled: Inverse[] = [];
  /** The same with what waits: what undo takes back. */
  #done: Inverse[] = [];
  #undone: Undone[] = [];
  readonly #points: BuildingPoints;
  readonly #newKey: () => string;

  constructor(detail: PlanDetail, points: BuildingPoints, newKey: () => string) {
    this.#points = points;
    this.#newKey = newKey;
    this.held = openHeld(detail, points);
    this.revision = detail.plan.revision;
  }

  /** How much undo and redo know of here; beyond that the server is asked. */
  get reach(): { undo: number; redo: number } {
    return { undo: this.#done.length, redo: this.#undone.length };
  }

  perform(operation: PlanOperation): { applied: Applied; step: WaitingStep } | Refusal {
    const applied = this.held.apply(operation);
    if (!applied.ok) return applied;
    const step = this.#wait("do", operation, applied.changed, applied.inverse);
    this.#done.push(applied.inverse);
    this.#undone = [];
    return { applied, step };
  }

  /**
   * @returns the step that was never posted and is dropped, or a new one to post; null where the step to take back is
   * not known here: the server must be asked
   */
  undo(): { dropped: WaitingStep } | { posted: WaitingStep } | null {
    const inverse = this.#done.pop();
    if (!inverse) return null;
    const last = this.waiting.at(-1);
    const applied = this.held.restore(inverse);
    if (last?.step.kind === "do" && last.step.sent_with === null) {
      this.waiting.pop();
      this.#undone.push({ inverse: applied.inverse, operation: last.step.operation });
      return { dropped: last.step };
    }
    this.#undone.push({ inverse: applied.inverse, operation: null });
    return { posted: this.#wait("undo", null, [], applied.inverse) };
  }

  /** @returns null where what to do again is not known here */
  redo(): { posted: WaitingStep } | null {
    const undone = this.#undone.pop();
    if (!undone) return null;
    const applied = this.held.restore(undone.inverse);
    this.#done.push(applied.inverse);
    const kind = undone.operation ? "do" : "redo";
    return { posted: this.#wait(kind, undone.operation, applied.changed, applied.inverse) };
  }

  /** Of a step whose result only the server knows. */
  askTurn(kind: "undo" | "redo"): WaitingStep {
    return this.#wait(kind, null, [], null);
  }

  /** The server has done the first of those that wait. */
  settle(revision: number): void {
    const first = this.waiting.shift();
    this.revision = revision;
    if (!first?.inverse) return;
    if (first.step.kind === "undo") this.#settled.pop();
    else this.#settled.push(first.inverse);
  }

  /** Takes everything that waits off the draft; the steps stay. */
  lift(): void {
    for (const waiting of this.waiting.toReversed()) {
      if (waiting.inverse) this.held.restore(waiting.inverse);
      waiting.inverse = null;
    }
    this.#done = [...this.#settled];
    this.#undone = [];
  }

  /** Lays what a colleague did on the draft, nothing of ours being on it. @returns false where it must be read anew */
  follow(log: PlanLog): boolean {
    if (log.next !== null) return false;
    for (const { operation, state, revision, state_since } of log.entries) {
      if (state !== "done" || state_since.revision !== revision) return false;
      const known = PlanOperation.safeParse(operation);
      const applied = known.success ? this.held.apply(known.data) : null;
      if (!applied?.ok) return false;
      this.#settled.push(applied.inverse);
      this.#done.push(applied.inverse);
    }
    this.revision = log.revision;
    return true;
  }

  /** Begins again from what the server has. */
  reopen(detail: PlanDetail): void {
    this.held = openHeld(detail, this.#points);
    this.revision = detail.plan.revision;
    this.#settled = [];
    this.#done = [];
    this.#undone = [];
    for (const waiting of this.waiting) waiting.inverse = null;
  }

  /**
   * Lays what waits on the draft again. Undo and redo of before are left out: they meant another draft.
   * @returns the step that cannot be laid any more (it is the first of those that wait unlaid), and those left out
   */
  lay(): { stuck: Stuck | null; left_out: WaitingStep[] } {
    const left_out = this.waiting.filter(({ step }) => step.kind !== "do").map(({ step }) => step);
    this.waiting = this.waiting.filter(({ step }) => step.kind === "do");
    for (const waiting of this.waiting) {
      if (waiting.inverse) continue;
      const applied = this.held.apply(waiting.step.operation!);
      if (!applied.ok) return { stuck: { step: waiting.step, refusal: applied }, left_out };
      waiting.inverse = applied.inverse;
      waiting.step.sent_with = null;
      this.#done.push(applied.inverse);
    }
    return { stuck: null, left_out };
  }

  /** Puts other operations in the place of a step that is stuck. */
  replace(key: string, operations: readonly PlanOperation[]): WaitingStep[] {
    const at = this.waiting.findIndex(({ step }) => step.key === key);
    const steps = operations.map((operation) => this.#step("do", operation, []));
    this.waiting.splice(at, 1, ...steps.map((step) => ({ step, inverse: null })));
    return steps;
  }

  /** What waited when the page was left. */
  adopt(steps: readonly WaitingStep[]): void {
    this.waiting.push(...steps.map((step) => ({ step, inverse: null })));
  }

  #wait(
    kind: WaitingStep["kind"],
    operation: PlanOperation | null,
    mine: DraftArea[],
    inverse: Inverse | null,
  ): WaitingStep {
    const step = this.#step(kind, operation, mine);
    this.waiting.push({ step, inverse });
    return step;
  }

  #step(kind: WaitingStep["kind"], operation: PlanOperation | null, mine: DraftArea[]): WaitingStep {
    return { key: this.#newKey(), kind, operation, mine, sent_with: null };
  }
}

function openHeld({ plan, areas, given, special_areas = "beside" }: PlanDetail, points: BuildingPoints): HeldPlan {
  const opened = openDraft(areas.map(draftArea), { top_id: plan.area?.id ?? null, given, special_areas });
  if ("faults" in opened) throw new UnopenableDraft(`${opened.faults.length} faults`);
  return holdPlan(opened, points);
}
