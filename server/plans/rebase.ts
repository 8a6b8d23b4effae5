import type { Rebased } from "../../data/schema/plan.ts";
import type { Outcome } from "../../data/schema/problem.ts";
import type { Reader } from "../access/reader.ts";
import { actorOf } from "../audit/service.ts";
import type { Queries } from "../db/db.ts";
import { inOutcome } from "../db/in_outcome.ts";
import { reaches } from "./access.ts";
import { UndrawableDraft } from "./drafts.ts";
import type { Step } from "./held_draft.ts";
import { appendOperation, saveStep } from "./operation_repository.ts";
import { accountOf, findReadable, type PlanParts, refuseStale, subjectOf } from "./parts.ts";
import {
  type ChangedArea,
  type DoneStep,
  findChangedAreas,
  lastOf,
  moveBase,
  readBeginning,
  readDoneSteps,
  saveReplay,
} from "./rebase_repository.ts";
import { operationWords, refusalWords } from "./refusal_words.ts";
import {
  alreadyThere,
  notYours,
  type Refused,
  retiredArea,
  revisionNeeded,
  undrawable,
  unknownPlan,
  wrongStatus,
} from "./refusals.ts";
import { findPlan, lockPlan, type PlanRow, tellPlan } from "./repository.ts";
import { summaryOf } from "./summaries.ts";

type Decision = Rebased["decisions"][number];

export interface PlanRebase {
  rebase: (reader: Reader, id: string, asked: { revision: number | undefined }) => Promise<Outcome<Rebased>>;
}

const open: readonly PlanRow["status"][] = ["draft", "submitted", "approved"];

/**
 * Moves a plan onto the last edition: its steps are done again there, one after the other. A step that the new edition
 * does not allow is left out, an area that both changed is told of. Until all of it worked the plan stays as it was.
 */
export function planRebase(parts: PlanParts): PlanRebase {
  const { db, drafts, audit, today, twoPerson, onChange } = parts;

  async function refusalOf(reader: Reader, plan: PlanRow, seen: number | undefined): Promise<Refused | null> {
    if (!reaches("edit_plans", reader, plan)) return notYours(`方案「${plan.name}」`);
    if (seen === undefined) return revisionNeeded();
    if (seen !== plan.revision) return refuseStale(parts, plan, seen);
    if (!open.includes(plan.status)) return wrongStatus(plan.status, open);
    if (plan.is_retired) return retiredArea(plan.area!.name, null);
    if (plan.base_edition === plan.current_edition) return alreadyThere(plan.base_edition);
    return null;
  }

  /** Does the steps again on the draft of the new base, which is in memory. */
  async function replay(plan: PlanRow, steps: readonly DoneStep[], changed: ReadonlyMap<string, ChangedArea>) {
    const done: (DoneStep & { step: Step })[] = [];
    const decisions: Decision[] = [];
    const told = new Set<string>();
    for (const { seq, operation, inverse } of steps) {
      // the ids that it gives out are those that later steps name
      await drafts.restore(plan.id, { before: [], made: [], uncovered: [], given: inverse.given });
      const step = await drafts.apply(plan.id, operation);
      if (!step.ok) {
        const [detail] = refusalWords[step.reason];
        const [area = step.areas[0] ?? plan.area_id ?? ""] = inverse.before.map(({ id }) => id);
        const name = inverse.before.find(({ id }) => id === area)?.name ?? changed.get(area)?.name ?? "";
        const what = `「${operationWords[operation.op]}」在新版次上不能进行：${detail}`;
        decisions.push({ area, name, at: step.at, what, outcome: "left_out", operation_seq: seq });
        continue;
      }
      done.push({ seq, operation, inverse: step.inverse, step });
      for (const { id, name } of step.inverse.before) {
        const met = changed.get(id);
        if (!met || told.has(id) || id === plan.area_id) continue;
        told.add(id);
        const what = `新版次和本方案都改动了「${name}」；已在新版次上重做「${operationWords[operation.op]}」。`;
        decisions.push({ area: id, name, at: [met.lon, met.lat], what, outcome: "kept", operation_seq: seq });
      }
    }
    return { done, decisions };
  }

  async function write(tx: Queries, reader: Reader, plan: PlanRow, edition: number): Promise<Decision[]> {
    const { id, network_id, area_id, base_edition } = plan;
    const account_id = accountOf(reader).id;
    const revision = plan.revision + 1;
    const keep = (await readBeginning(tx, id)) !== "edition" || base_edition === null;
    const found = await findChangedAreas(tx, { network_id, from: base_edition ?? 0, to: edition });
    const changed = new Map(found.map((area) => [area.id, area]));
    await moveBase(tx, { id, network_id, area_id, edition, keep });
    const subject = { ...subjectOf(plan, today()), base_edition: edition };
    drafts.forget(id);
    await drafts.ready(tx, subject, { revision, given: keep ? plan.given : 0 });
    const of = { plan_id: id, revision, account_id };
    let decisions: Decision[];
    let given = plan.given;
    if (keep) decisions = await keepDrawn(plan, changed);
    else {
      const replayed = await replay(plan, await readDoneSteps(tx, id), changed);
      decisions = replayed.decisions;
      given = replayed.done.reduce((most, { step }) => Math.max(most, step.given), 0);
      const rows = replayed.done.map(({ seq, inverse, step }) => ({
        ...{ seq, inverse },
        changed: [...step.changed.map((area) => area.id), ...step.removed],
      }));
      const leftOut = decisions.flatMap(({ outcome, operation_seq }) => (outcome === "left_out" ? operation_seq! : []));
      await saveReplay(tx, of, rows, leftOut);
      await saveStep(tx, { id, revision, given, account_id }, lastOf(replayed.done.map(({ step }) => step)));
    }
    if (keep) await saveStep(tx, { id, revision, given, account_id }, []);
    await appendOperation(tx, {
      ...of,
      operation: { op: "rebase", from: base_edition, to: edition },
      inverse: { before: [], made: [], uncovered: [], given },
      changed: decisions.map(({ area }) => area),
      key: null,
    });
    return decisions;
  }

  /** What began from a file or from nothing stands for itself: it is laid over the new edition as it is. */
  async function keepDrawn(plan: PlanRow, changed: ReadonlyMap<string, ChangedArea>): Promise<Decision[]> {
    const { areas } = await drafts.some(plan.id, [...changed.keys()]);
    return areas
      .filter(({ id }) => id !== plan.area_id)
      .map(({ id, name }) => {
        const { lon, lat } = changed.get(id)!;
        const what = `新版次改动了「${name}」；保留本方案中的样子。`;
        return { area: id, name, at: [lon, lat], what, outcome: "kept", operation_seq: null };
      });
  }

  return {
    async rebase(reader, id, { revision: seen }) {
      const found = await findReadable(parts, db, id, reader);
      if (!found.ok) return found;
      const refused = await refusalOf(reader, found.value, seen);
      if (refused) return refused;
      return drafts.inTurn(id, async () => {
        try {
          const outcome = await inOutcome<Rebased>(db, async (tx) => {
            if (!(await lockPlan(tx, id))) return unknownPlan();
            const again = await findReadable(parts, tx, id, reader);
            if (!again.ok) return again;
            const plan = again.value;
            const late = await refusalOf(reader, plan, seen);
            if (late) return late;
            const decisions = await write(tx, reader, plan, plan.current_edition!);
            await tellPlan(tx, id, null);
            await audit(tx, actorOf(reader), {
              action: "plan_rebase",
              target: `plan:${id}`,
              before: { base_edition: plan.base_edition, status: plan.status },
              after: { base_edition: plan.current_edition, decisions: decisions.length, name: plan.name },
            });
            const moved = await findPlan(tx, id, { grants: reader.grants, day: today() });
            return { ok: true, value: { plan: summaryOf(moved!, reader, twoPerson), decisions } };
          });
          if (outcome.ok) onChange();
          else drafts.forget(id);
          return outcome;
        } catch (error) {
          drafts.forget(id);
          if (error instanceof UndrawableDraft) return undrawable(error.places);
          throw error;
        }
      });
    },
  };
}
