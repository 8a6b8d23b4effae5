import { isDeepStrictEqual } from "node:util";
import { tierRegions } from "../../data/access/decide.ts";
import type { Position } from "../../data/schema/geometry.ts";
import type { PlanChange } from "../../data/schema/plan.ts";
import type { PlanOperation } from "../../data/schema/plan_operation.ts";
import type { Outcome } from "../../data/schema/problem.ts";
import type { Reader } from "../access/reader.ts";
import type { Queries } from "../db/db.ts";
import { inOutcome } from "../db/in_outcome.ts";
import { sql } from "../db/sql.ts";
import { reaches } from "./access.ts";
import type { Step } from "./held_draft.ts";
import {
  appendOperation,
  findByKey,
  findStep,
  type OperationRow,
  saveStep,
  turnOperation,
} from "./operation_repository.ts";
import { accountOf, findReadable, type PlanParts, refuseStale, subjectOf } from "./parts.ts";
import {
  keyReused,
  notYours,
  nothingTo,
  type Refused,
  refusedStep,
  retiredArea,
  revisionNeeded,
  unknownPlan,
  unknownProfile,
  wrongStatus,
} from "./refusals.ts";
import { type LockedPlan, lockPlan, type PlanRow, tellPlan } from "./repository.ts";

/** Changes of a draft, one revision each. */
export interface PlanSteps {
  apply: (reader: Reader, id: string, asked: Asked & { operation: PlanOperation; key: string | null }) => Change;
  undo: (reader: Reader, id: string, asked: Asked) => Change;
  redo: (reader: Reader, id: string, asked: Asked) => Change;
}
type Change = Promise<Outcome<PlanChange>>;

interface Asked {
  /** That was seen (If-Match); undefined = it was not said. */
  revision: number | undefined;
}

interface Writing {
  tx: Queries;
  plan: PlanRow;
  locked: LockedPlan;
  /** That the step makes. */
  revision: number;
  account_id: string;
}

export function planSteps(parts: PlanParts): PlanSteps {
  const { db, drafts, today, onChange } = parts;

  /** Who may change the draft, and whether it can be changed at all. */
  async function findEditable(reader: Reader, id: string): Promise<Outcome<PlanRow>> {
    const found = await findReadable(parts, db, id, reader);
    if (!found.ok) return found;
    const plan = found.value;
    if (!reaches("edit_plans", reader, plan)) return notYours(`方案「${plan.name}」`);
    if (plan.status !== "draft") return wrongStatus(plan.status, ["draft"]);
    if (plan.is_retired) return retiredArea(plan.area!.name, middleOf(plan));
    return found;
  }

  /** Brings the draft into memory before its row is locked: a city takes seconds. */
  async function prepare(plan: PlanRow): Promise<void> {
    await db.transaction(
      async (tx) => {
        const [now] = await tx.query(sql<{ revision: number; given: number }>`
          select revision, given from plan where id = ${plan.id}::bigint`);
        if (now) await drafts.ready(tx, subjectOf(plan, today()), now);
      },
      { isolation: "repeatable read", read_only: true },
    );
  }

  /** One step in one transaction: either the log, the areas, the revision and memory all have it, or none. */
  async function write(
    reader: Reader,
    id: string,
    { revision: seen }: Asked,
    work: (writing: Writing) => Promise<Outcome<Step>>,
  ): Change {
    const found = await findEditable(reader, id);
    if (!found.ok) return found;
    const plan = found.value;
    if (seen === undefined) return revisionNeeded();
    if (seen !== plan.revision) return refuseStale(parts, plan, seen);
    return drafts.inTurn(id, async () => {
      await prepare(plan);
      let wasStale = false;
      let began = false;
      try {
        const outcome = await inOutcome<PlanChange>(db, async (tx) => {
          const locked = await lockPlan(tx, id);
          if (!locked) return unknownPlan();
          wasStale = locked.revision !== seen;
          if (wasStale) return revisionNeeded();
          if (locked.status !== "draft") return wrongStatus(locked.status, ["draft"]);
          await drafts.ready(tx, subjectOf(plan, today()), locked);
          began = true;
          const writing = { tx, plan, locked, revision: seen + 1, account_id: accountOf(reader).id };
          const step = await work(writing);
          if (!step.ok) return step;
          return { ok: true, value: await finish(writing, step.value, pendingFor(reader, plan)) };
        });
        if (outcome.ok) drafts.committed(id, seen, seen + 1);
        else if (wasStale) return refuseStaleNow(reader, id, seen);
        return outcome;
      } catch (error) {
        if (began) drafts.forget(id);
        throw error;
      }
    });
  }

  async function refuseStaleNow(reader: Reader, id: string, seen: number): Promise<Refused> {
    const found = await findReadable(parts, db, id, reader);
    return found.ok ? refuseStale(parts, found.value, seen) : found;
  }

  async function finish(
    { tx, plan, revision, account_id }: Writing,
    step: Step,
    pending: PlanChange["pending"],
  ): Promise<PlanChange> {
    await saveStep(tx, { id: plan.id, revision, given: step.given, account_id }, step.saved);
    const [counted] = await tx.query(sql<{ can_undo: number; can_redo: number }>`
      select count(*) filter (where state = 'done' and operation ->> 'op' not in ('begin', 'rebase'))::int as can_undo,
        count(*) filter (where state = 'undone')::int as can_redo
      from plan_operation where plan_id = ${plan.id}::bigint`);
    await tellPlan(tx, plan.id, step.box);
    const { changed, removed, faults, warnings, judged } = step;
    return { revision, changed, removed, ...counted!, faults, warnings, judged, pending };
  }

  async function turn(reader: Reader, id: string, asked: Asked, which: "undo" | "redo"): Change {
    const outcome = await write(reader, id, asked, async ({ tx, plan, revision, account_id }) => {
      const found = await findStep(tx, plan.id, which);
      if (!found) return nothingTo(which);
      const step = await drafts.restore(plan.id, found.inverse);
      const state = which === "undo" ? "undone" : "done";
      const { inverse } = step;
      await turnOperation(tx, { plan_id: plan.id, seq: found.seq, state, inverse, revision, account_id });
      return { ok: true, value: step };
    });
    if (outcome.ok) onChange();
    return outcome;
  }

  /** What is asked again was done: the same answer, as far as it still is so. */
  async function answerAgain(reader: Reader, plan: PlanRow, row: OperationRow, operation: PlanOperation): Change {
    if (!isDeepStrictEqual(row.operation, operation)) return keyReused();
    return drafts.inTurn(plan.id, async () => {
      await prepare(plan);
      const { areas, removed } = await drafts.some(plan.id, row.changed);
      const judged = await drafts.judge(plan.id, row.changed);
      const { can_undo, can_redo } = plan;
      const pending = pendingFor(reader, plan);
      return {
        ok: true,
        value: { revision: row.revision, changed: areas, removed, can_undo, can_redo, ...judged, pending },
      };
    });
  }

  return {
    async apply(reader, id, { operation, key, revision }) {
      if (key !== null) {
        const found = await findReadable(parts, db, id, reader);
        const done = found.ok ? await findByKey(db, found.value.id, key) : undefined;
        if (found.ok && done) {
          return done.by.id === accountOf(reader).id ? answerAgain(reader, found.value, done, operation) : keyReused();
        }
      }
      const outcome = await write(reader, id, { revision }, async (writing) => {
        const { tx, plan, account_id } = writing;
        if (!(await hasProfiles(tx, operation))) return unknownProfile();
        const step = await drafts.apply(plan.id, operation);
        if (!step.ok) {
          const { areas } = await drafts.some(plan.id, step.areas);
          return refusedStep(step, (area) => areas.find(({ id: known }) => known === area)?.name);
        }
        const { inverse } = step;
        const changed = [...step.changed.map((area) => area.id), ...step.removed];
        const of = { plan_id: plan.id, revision: writing.revision, operation, inverse, changed, account_id, key };
        await appendOperation(tx, of);
        return { ok: true, value: step };
      });
      if (outcome.ok) onChange();
      return outcome;
    },
    undo: (reader, id, asked) => turn(reader, id, asked, "undo"),
    redo: (reader, id, asked) => turn(reader, id, asked, "redo"),
  };
}

/** What the checks of a step do not know of, and the full check does. */
function pendingFor({ grants }: Reader, { area_id }: PlanRow): PlanChange["pending"] {
  const pending: PlanChange["pending"] = area_id === null ? ["beyond"] : [];
  if (tierRegions("key_units", grants).some((regions) => regions.length > 0)) pending.push("key_units");
  return pending;
}

async function hasProfiles(tx: Queries, operation: PlanOperation): Promise<boolean> {
  if (operation.op !== "set_attributes") return true;
  const { profile_id, child_profile_id } = operation.set;
  const wanted = [profile_id, child_profile_id].filter((id) => typeof id === "string");
  if (wanted.length === 0) return true;
  const rows = await tx.query(sql`select id from profile where id = any(${wanted}::bigint[])`);
  return rows.length === new Set(wanted).size;
}

function middleOf({ west, south, east, north }: PlanRow): Position | null {
  return west === null ? null : [(west + east!) / 2, (south! + north!) / 2];
}
