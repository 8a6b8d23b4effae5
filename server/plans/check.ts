import type { ThingKind } from "../../data/checks/division.ts";
import type { CheckReport, NewWarningReason, WarningReason } from "../../data/schema/check.ts";
import type { PlanCheck } from "../../data/schema/plan.ts";
import { failed, type Outcome } from "../../data/schema/problem.ts";
import { isId } from "../../data/schema/parameters.ts";
import type { Reader } from "../access/reader.ts";
import { sqlScope } from "../access/scope_sql.ts";
import { actorOf } from "../audit/service.ts";
import { reasonFinder } from "../checks/answer_reasons.ts";
import type { CheckedDivision } from "../checks/check_protocol.ts";
import { checkInThread } from "../checks/check_thread.ts";
import { columnsOf, type Send, sendThings } from "../checks/division_repository.ts";
import { listReasons } from "../checks/reason_repository.ts";
import type { CheckService } from "../checks/service.ts";
import { thingKinds } from "../checks/thing_statements.ts";
import { inEdition } from "../areas/rows.ts";
import type { Queries } from "../db/db.ts";
import { inOutcome } from "../db/in_outcome.ts";
import { sql } from "../db/sql.ts";
import { reaches } from "./access.ts";
import { accountOf, findReadable, type PlanParts, subjectOf } from "./parts.ts";
import { notYours, unknownPlan, wrongStatus } from "./refusals.ts";
import { type PlanRow, tellPlan } from "./repository.ts";
import { type DraftSubject, groundOf, readRules, readStaff } from "./seed_repository.ts";
import { readStaffChanges } from "./staff_changes.ts";

/** The whole check of a draft: what a submission asks for, beside the published edition. */
export interface PlanChecks {
  check: (plan: PlanRow, asked: { reader: Reader; signal: AbortSignal }) => Promise<Outcome<PlanCheck>>;
  giveReason: (reader: Reader, id: string, reason: NewWarningReason) => Promise<Outcome<WarningReason>>;
  withdrawReason: (reader: Reader, id: string, reason: string) => Promise<Outcome<null>>;
}

export function planChecks(parts: PlanParts & { checks: Pick<CheckService, "area" | "network"> }): PlanChecks {
  const { db, drafts, audit, today, onChange, checks } = parts;

  /** One snapshot of the draft and of all that lies in it. */
  async function judge(
    plan: PlanRow,
    reader: Reader,
    signal: AbortSignal,
  ): Promise<{ revision: number; staff: PlanCheck["staff"]; checked: CheckedDivision }> {
    const load = (send: Send, until: AbortSignal) =>
      drafts.inTurn(plan.id, () =>
        db.transaction(
          async (tx) => {
            const subject = subjectOf(plan, today());
            const [now] = await tx.query(sql<{ revision: number; given: number }>`
              select revision, given from plan where id = ${plan.id}::bigint`);
            if (!now) throw new Error(`plan ${plan.id} is gone`);
            await drafts.ready(tx, subject, now);
            await sendDraft(tx, subject, { send, signal: until, grants: reader.grants, day: today(), drafts });
            const staff = await readStaffChanges(tx, plan, { drafts, day: today() });
            return { revision: now.revision, staff };
          },
          { isolation: "repeatable read", read_only: true },
        ),
      );
    const { facts, result } = await checkInThread("division", load, signal);
    return { ...facts, checked: result };
  }

  async function published(
    { network, area_id, base_edition }: PlanRow,
    asked: { reader: Reader; signal: AbortSignal },
  ) {
    if (base_edition === null) return null;
    const when = { edition: base_edition };
    const report: Outcome<CheckReport> =
      area_id === null ? await checks.network(network, when, asked) : await checks.area(area_id, when, asked);
    return report.ok ? report.value.measures : null;
  }

  async function changeReason<T>(
    reader: Reader,
    id: string,
    work: (tx: Queries) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> {
    const found = await findReadable(parts, db, id, reader);
    if (!found.ok) return found;
    const plan = found.value;
    if (!reaches("give_reasons", reader, plan)) return notYours(`方案「${plan.name}」`);
    if (!open.includes(plan.status)) return wrongStatus(plan.status, open);
    const outcome = await inOutcome(db, work);
    if (outcome.ok) onChange();
    return outcome;
  }

  return {
    async check(plan, asked) {
      const { revision, staff, checked } = await judge(plan, asked.reader, asked.signal);
      const answer = await reasonsOf(db, plan, checked);
      return {
        ok: true,
        value: {
          revision,
          faults: checked.faults,
          warnings: checked.warnings.map((warning, i) => ({ ...warning, reason: answer(checked.index[i]!) })),
          without_reason: checked.index.filter((warning) => !answer(warning)).length,
          measures: checked.measures,
          published: await published(plan, asked),
          staff,
        },
      };
    },
    giveReason: (reader, id, { kind, keys, text }) =>
      changeReason(reader, id, async (tx) => {
        const [row] = await tx.query(sql<{ id: string; at: Date }>`
          insert into warning_reason (network_id, plan_id, kind, keys, text, account_id)
          select p.network_id, p.id, ${kind}, ${keys}::text[], ${text}, ${accountOf(reader).id}::bigint
          from plan p where p.id = ${id}::bigint returning id::text as id, at`);
        if (!row) return unknownPlan();
        await tellPlan(tx, id, null);
        await audit(tx, actorOf(reader), {
          action: "reason_give",
          target: `plan:${id}`,
          after: { reason: row.id, kind, warnings: keys?.length ?? "all", text },
        });
        return { ok: true, value: { id: row.id, text, by: accountOf(reader).display_name, at: row.at.toISOString() } };
      }),
    withdrawReason: (reader, id, reason) =>
      changeReason(reader, id, async (tx) => {
        const [row] = await tx.query(sql<{ kind: string; text: string }>`
          delete from warning_reason where plan_id = ${id}::bigint and id = ${isId(reason) ? reason : null}::bigint
          returning kind, text`);
        if (!row) {
          return failed("reason.unknown", { detail: "方案中没有这条理由。", fix: "它可能已被撤回；请刷新后重试。" });
        }
        await tellPlan(tx, id, null);
        const before = { reason, kind: row.kind, text: row.text };
        await audit(tx, actorOf(reader), { action: "reason_withdraw", target: `plan:${id}`, before });
        return { ok: true, value: null };
      }),
  };
}

const open: readonly PlanRow["status"][] = ["draft", "submitted", "approved"];

/** Things without a say of their own in a draft are those that the reader does not see. */
async function sendDraft(
  tx: Queries,
  subject: DraftSubject,
  to: { send: Send; signal: AbortSignal; grants: Reader["grants"]; day: string; drafts: PlanParts["drafts"] },
): Promise<void> {
  const { send, signal, grants, day, drafts } = to;
  const { rules, profiles, inherited_profile_id, duties } = await readRules(tx, subject);
  send({
    ...{ kind: "division", rules, profiles, inherited_profile_id, duties },
    ...{ top_id: subject.area_id, knows_hydrants: false },
  });
  const { facts, shapes } = await drafts.division(subject.plan_id);
  if (shapes.ends.length > 0) send({ kind: "areas", facts, shapes }, [shapes.wkb.buffer, shapes.ends.buffer]);
  const ground = groundOf(subject, drafts.box(subject.plan_id));
  const scope = sqlScope(grants, day);
  for (const kind of thingKinds as readonly ThingKind[]) await sendThings(tx, kind, { send, signal, ground, scope });
  const staff = await readStaff(tx, subject);
  if (staff.length > 0) send({ kind: "staff", facts: columnsOf(staff) });
}

/**
 * The reason that answers a warning: one that was given in the plan, latest first; else, for an area that the plan left
 * as it was, one that was given in the edition that it began from.
 */
async function reasonsOf(db: Queries, plan: PlanRow, checked: CheckedDivision) {
  const given = await db.query(sql<{
    id: string;
    kind: string;
    keys: string[] | null;
    text: string;
    by: string;
    at: Date;
  }>`
    select r.id::text as id, r.kind, to_json(r.keys) as keys, r.text, c.display_name as by, r.at
    from warning_reason r join account c on c.id = r.account_id
    where r.plan_id = ${plan.id}::bigint order by r.id desc`);
  const changed = await db.query(sql<{ id: string }>`select id from plan_area where plan_id = ${plan.id}::bigint`);
  const touched = new Set(changed.map(({ id }) => id));
  // what was said of the plan is said of its edition once that is published
  const edition = plan.edition ?? plan.base_edition;
  const former = edition === null ? [] : await listReasons(db, plan.network, edition);
  const above = plan.area_id === null ? [] : await readAbove(db, plan.area_id, plan.base_edition ?? 0);
  const findFormer = reasonFinder(former, checked, above);
  return (warning: CheckedDivision["index"][number]): WarningReason | null => {
    const own = given.find(({ kind, keys }) => kind === warning.kind && (keys === null || keys.includes(warning.key)));
    if (own) return { id: own.id, text: own.text, by: own.by, at: own.at.toISOString() };
    return plan.edition === null && touched.has(warning.area_id) ? null : findFormer(warning);
  };
}

async function readAbove(db: Queries, area_id: string, edition: number): Promise<string[]> {
  const rows = await db.query(sql<{ id: string }>`
    with recursive up as (
      select v.parent_id from area_version v where v.area_id = ${area_id}::bigint and ${inEdition(edition)}
      union all
      select v.parent_id from up join area_version v on v.area_id = up.parent_id and ${inEdition(edition)})
    select parent_id::text as id from up where parent_id is not null`);
  return rows.map(({ id }) => id);
}
