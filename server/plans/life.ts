import type { AuditAction } from "../../data/schema/audit.ts";
import type { PlanCheck, PlanStatus, PlanSummary } from "../../data/schema/plan.ts";
import type { Outcome } from "../../data/schema/problem.ts";
import type { Reader } from "../access/reader.ts";
import { actorOf } from "../audit/service.ts";
import type { Queries } from "../db/db.ts";
import { inOutcome } from "../db/in_outcome.ts";
import { type Sql, sql } from "../db/sql.ts";
import { reaches, tookPart } from "./access.ts";
import { accountOf, findReadable, type PlanParts, refuseStale } from "./parts.ts";
import {
  notYours,
  pastDay,
  type Refused,
  retiredArea,
  revisionNeeded,
  twoPersons,
  unclean,
  unknownPlan,
  wrongStatus,
} from "./refusals.ts";
import { findPlan, lockPlan, type PlanRow, tellPlan } from "./repository.ts";
import { summaryOf } from "./summaries.ts";

/** draft → submitted → approved → published | discarded; rejected or withdrawn it is a draft again. */
export interface PlanLife {
  submit: (reader: Reader, id: string, asked: Asked & { from_day: string | null }) => Summary;
  withdraw: (reader: Reader, id: string, asked: Asked) => Summary;
  approve: (reader: Reader, id: string, asked: Asked) => Summary;
  reject: (reader: Reader, id: string, asked: Asked & { reason: string }) => Summary;
  discard: (reader: Reader, id: string, asked: Asked) => Summary;
}
type Summary = Promise<Outcome<PlanSummary>>;

interface Asked {
  revision: number | undefined;
}

interface Turn {
  from: readonly PlanStatus[];
  to: PlanStatus;
  action: AuditAction;
  needs: "edit_plans" | "approve_plans";
  /** Of what was drawn, nothing may be said any more when its area is gone; only giving it up is left. */
  retired?: boolean;
  /** Word for what somebody who took part may not do. */
  apart?: string;
  /** Columns besides status. */
  set: Sql;
  /** What is written down besides the status. */
  after?: Record<string, unknown>;
}

const open: readonly PlanStatus[] = ["draft", "submitted", "approved"];
const mostPlaces = 50;

export function planLife(
  parts: PlanParts & { check: (plan: PlanRow, reader: Reader) => Promise<Outcome<PlanCheck>> },
): PlanLife {
  const { db, drafts, audit, today, twoPerson, onChange, check } = parts;

  async function refusalOf(
    reader: Reader,
    plan: PlanRow,
    turn: Turn,
    seen: number | undefined,
  ): Promise<Refused | null> {
    if (!reaches(turn.needs, reader, plan)) return notYours(`方案「${plan.name}」`);
    if (seen === undefined) return revisionNeeded();
    if (seen !== plan.revision) return refuseStale(parts, plan, seen);
    if (!turn.from.includes(plan.status)) return wrongStatus(plan.status, turn.from);
    if (plan.is_retired && !turn.retired) return retiredArea(plan.area!.name, null);
    if (twoPerson && turn.apart && tookPart(reader, plan)) return twoPersons(turn.apart);
    return null;
  }

  async function move(reader: Reader, id: string, seen: number | undefined, turn: Turn): Summary {
    const found = await findReadable(parts, db, id, reader);
    if (!found.ok) return found;
    const refused = await refusalOf(reader, found.value, turn, seen);
    if (refused) return refused;
    let wasStale = false;
    const outcome = await inOutcome<PlanSummary>(db, async (tx) => {
      const locked = await lockPlan(tx, id);
      if (!locked) return unknownPlan();
      wasStale = locked.revision !== seen;
      if (wasStale) return revisionNeeded();
      await tx.query(sql`
        update plan set status = ${turn.to}, revision = revision + 1, changed_at = now(),
          changed_by = ${accountOf(reader).id}::bigint, ${turn.set}
        where id = ${id}::bigint`);
      const plan = await findPlan(tx, id, { grants: reader.grants, day: today() });
      if (turn.to === "discarded") await takeNetworkAway(tx, plan!);
      await tellPlan(tx, id, null);
      await audit(tx, actorOf(reader), {
        action: turn.action,
        target: `plan:${id}`,
        before: { status: locked.status, revision: locked.revision },
        after: { name: plan!.name, status: turn.to, ...turn.after },
      });
      return { ok: true, value: summaryOf(plan!, reader, twoPerson) };
    });
    if (outcome.ok) {
      drafts.committed(id, seen!, seen! + 1);
      onChange();
    } else if (wasStale) return staleNow(reader, id, seen!);
    return outcome;
  }

  async function staleNow(reader: Reader, id: string, seen: number): Promise<Refused> {
    const found = await findReadable(parts, db, id, reader);
    return found.ok ? refuseStale(parts, found.value, seen) : found;
  }

  return {
    async submit(reader, id, { revision, from_day }) {
      const found = await findReadable(parts, db, id, reader);
      if (!found.ok) return found;
      const turn: Turn = {
        ...{ from: ["draft"], to: "submitted", action: "plan_submit", needs: "edit_plans" },
        set: sql`submitted_by = ${accountOf(reader).id}::bigint, approved_by = null, reason = null, from_day = ${from_day}::date`,
        after: { from_day },
      };
      const refused = await refusalOf(reader, found.value, turn, revision);
      if (refused) return refused;
      if (from_day !== null && from_day < today()) return pastDay(from_day, today());
      const checked = await check(found.value, reader);
      if (!checked.ok) return checked;
      const { faults, warnings, without_reason } = checked.value;
      if (faults.length > 0 || without_reason > 0)
        return unclean(faults.length, without_reason, placesOf(faults, warnings));
      // what was checked is what was seen: the revision is compared once more
      return move(reader, id, revision, turn);
    },
    withdraw: (reader, id, { revision }) =>
      move(reader, id, revision, {
        ...{ from: ["submitted"], to: "draft", action: "plan_withdraw", needs: "edit_plans", retired: true },
        set: sql`submitted_by = null`,
      }),
    approve: (reader, id, { revision }) =>
      move(reader, id, revision, {
        ...{ from: ["submitted"], to: "approved", action: "plan_approve", needs: "approve_plans", apart: "批准" },
        set: sql`approved_by = ${accountOf(reader).id}::bigint`,
      }),
    reject: (reader, id, { revision, reason }) =>
      move(reader, id, revision, {
        ...{
          from: ["submitted", "approved"],
          to: "draft",
          action: "plan_reject",
          needs: "approve_plans",
          retired: true,
        },
        set: sql`reason = ${reason}, submitted_by = null, approved_by = null`,
        after: { reason },
      }),
    discard: (reader, id, { revision }) =>
      move(reader, id, revision, {
        ...{ from: open, to: "discarded", action: "plan_discard", needs: "edit_plans", retired: true },
        set: sql`approved_by = null`,
      }),
  };
}

/** A network that was made with the plan and never published goes with it, unless others draw it, too. */
async function takeNetworkAway(tx: Queries, { id, network_id }: PlanRow): Promise<void> {
  const [row] = await tx.query(sql<{ unused: boolean }>`
    select not exists (select from edition where network_id = ${network_id}::bigint)
      and not exists (select from area where network_id = ${network_id}::bigint)
      and not exists (select from plan where network_id = ${network_id}::bigint and id <> ${id}::bigint) as unused`);
  if (!row!.unused) return;
  await tx.query(sql`delete from plan where id = ${id}::bigint`);
  await tx.query(sql`delete from level where network_id = ${network_id}::bigint`);
  await tx.query(sql`delete from network where id = ${network_id}::bigint`);
}

function placesOf(faults: PlanCheck["faults"], warnings: PlanCheck["warnings"]) {
  const words = [
    ...faults.map(({ kind, areas, at }) => ({
      what: `${kind} ${areas.map(({ name }) => name).join("、")}`.trim(),
      at,
    })),
    ...warnings.filter(({ reason }) => !reason).map(({ kind, area, at }) => ({ what: `${kind} ${area.name}`, at })),
  ];
  return words.slice(0, mostPlaces);
}
