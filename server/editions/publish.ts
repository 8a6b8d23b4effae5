import type { Drawing, DrawnEdition, EditionInput } from "../../data/division/draw_edition.ts";
import { boxOf } from "../../data/measure/box.ts";
import type { Bbox } from "../../data/schema/geometry.ts";
import { type KnownProblem, type Outcome, problem } from "../../data/schema/problem.ts";
import type { Actor, RecordAudit } from "../audit/event.ts";
import { type Queries, QueryError } from "../db/db.ts";
import { sql } from "../db/sql.ts";
import { assembleEdition, findRecoded, type NextEdition } from "./assemble.ts";
import { carryReasons } from "./carry_reasons.ts";
import {
  findPlan,
  type LevelRow,
  latestEdition,
  type PlanRow,
  readBase,
  readBeside,
  readCodes,
  readConflicts,
  readDraft,
  readLevels,
} from "./plan_repository.ts";
import { takeEffect } from "./take_effect.ts";
import {
  type EditionToWrite,
  writeEdition,
  writeIdentities,
  writeMovedGround,
  writeNeighbours,
  writeVersions,
} from "./write_edition.ts";
import { type AssignmentCounts, planHandover, writeAssignments, writeLineage } from "./write_lineage.ts";

export interface PublishParts {
  recordAudit: RecordAudit;
  /** Today in the configured time zone, YYYY-MM-DD. */
  today: () => string;
  /** Works out the edition; in a thread of its own, for a city takes seconds. */
  draw: (input: EditionInput) => Promise<Drawing>;
}

export interface PublishOptions {
  /** Asked when everything is locked, before anything is written: what the caller's own rules say against it. */
  refuse?: (tx: Queries) => Promise<KnownProblem | null>;
}

export interface PublishedEdition {
  network_id: number;
  network: string;
  edition: number;
  from_day: string;
  /** Its day has come: counts and search are of this edition already. */
  in_effect: boolean;
  assignments: AssignmentCounts;
  organisations: number;
  grants_on_retired: number;
}

/** Shapes whose neighbours are sought by box; of more, reading the whole level is faster. */
const mostBoxes = 5000;

const longStatement = 120_000; // ms: the rows of a city in one statement

/**
 * Makes the next edition of a plan's network, whole or not at all. What takes long is worked out from a snapshot before
 * anything is locked; under the lock of the network it is asked whether the base is still the last edition.
 *
 * @param queries - a database, or a transaction that it becomes part of
 */
export async function publishPlan(
  queries: Queries,
  parts: PublishParts,
  plan_id: string,
  actor: Actor,
  options: PublishOptions = {},
): Promise<Outcome<PublishedEdition>> {
  try {
    const prepared = await prepare(queries, parts, plan_id);
    const value = await queries.transaction((tx) => write(tx, parts, prepared, { actor, ...options }), {
      timeout_ms: longStatement,
    });
    return { ok: true, value };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, problem: error.problem };
    // somebody took the code between the snapshot and the lock
    if (error instanceof QueryError && error.constraint === "area_network_id_code_key") {
      return { ok: false, problem: codeTaken(error.detail ?? "") };
    }
    throw error;
  }
}

/** Ends the transaction with a problem that the caller gets. */
class Refused extends Error {
  readonly problem: KnownProblem;
  constructor(refused: KnownProblem) {
    super(refused.detail);
    this.problem = refused;
  }
}

interface Prepared {
  plan: PlanRow;
  next: NextEdition;
  drawn: DrawnEdition;
  levels: LevelRow[];
}

async function prepare(queries: Queries, parts: PublishParts, plan_id: string): Promise<Prepared> {
  const snapshot = { isolation: "repeatable read", read_only: true } as const;
  const read = await queries.transaction((tx) => readInput(tx, plan_id, "near"), snapshot);
  let drawn = await drawOrRefuse(parts, read);
  if (drawn.recoloured.size > 0) {
    // who is beside must change, so who is beside those has a say
    const all = await queries.transaction((tx) => readInput(tx, plan_id, "all"), snapshot);
    drawn = await drawOrRefuse(parts, all);
  }
  const { plan, next, levels } = read;
  const writtenIds = new Set(next.written.map(({ id }) => id));
  for (const { id } of next.after) {
    const { hue } = drawn.facts.get(id)!;
    if (!writtenIds.has(id) && hue !== next.hues.get(id)) drawn.recoloured.set(id, hue);
  }
  return { plan, next, drawn, levels };
}

type Read = Omit<Prepared, "drawn"> & { input: EditionInput };

async function readInput(tx: Queries, plan_id: string, beside: "near" | "all"): Promise<Read> {
  const plan = await findPlan(tx, plan_id);
  if (!plan) throw new Refused(unknownPlan(plan_id));
  requireApproved(plan);
  await requireBase(tx, plan);
  const draft = await readDraft(tx, plan_id);
  const { base_edition } = plan;
  const based = base_edition === null ? null : { ...plan, base_edition };
  let base = based ? await readBase(tx, based, draft, []) : [];
  const recoded = findRecoded(draft, new Map(base.map(({ id, code }) => [id, code])));
  if (based && recoded.length > 0) base = await readBase(tx, based, draft, recoded);
  const next = assembleEdition(base, draft);
  const taken = await readCodes(tx, plan.network_id);
  requireFreeCodes(next, taken);
  const levels = await readLevels(tx, plan.network_id);
  const near = [...next.before, ...next.after].map(({ polygons }) => polygons);
  return {
    plan,
    next,
    levels,
    input: {
      before: next.before,
      after: next.after,
      special_over: plan.special_areas === "over",
      beside:
        base_edition === null || near.length === 0
          ? []
          : await readBeside(tx, {
              network_id: plan.network_id,
              edition: base_edition,
              levels: [...new Set(next.after.map(({ level }) => level))],
              without: new Set([...next.ended, ...next.after.map(({ id }) => id)]),
              near: beside === "near" && near.length <= mostBoxes ? near : null,
            }),
      hues: next.hues,
      code_patterns: new Map(levels.map(({ ordinal, code_pattern }) => [ordinal, code_pattern])),
      taken_codes: taken,
      parent_codes: new Map(base.map(({ id, code }) => [id, code])),
      fresh: next.fresh,
    },
  };
}

async function drawOrRefuse({ draw }: PublishParts, { input, next }: Read): Promise<DrawnEdition> {
  const drawing = await draw(input);
  if (drawing.ok) return drawing.edition;
  const parent = next.written.find(({ id }) => id === drawing.parent_id);
  throw new Refused(
    problem("plan.codes", {
      detail: `${parent ? `「${parent.name}」` : "上级区域"}下可用的编码已经用完。`,
      fix: "停用的编码不再使用；请为新区域手工填写编码，或请管理员放宽该层级的编码规则。",
    }),
  );
}

async function write(
  tx: Queries,
  { recordAudit, today }: PublishParts,
  prepared: Prepared,
  { actor, refuse }: { actor: Actor } & PublishOptions,
): Promise<PublishedEdition> {
  const { next, drawn, levels } = prepared;
  await tx.query(sql`select 1 from network where id = ${prepared.plan.network_id} for no key update`);
  const plan = await findPlan(tx, prepared.plan.id, true);
  if (!plan) throw new Refused(unknownPlan(prepared.plan.id));
  requireApproved(plan);
  if (plan.revision !== prepared.plan.revision) throw new Refused(stalePlan(plan));
  const latest = await requireBase(tx, plan);
  const against = await refuse?.(tx);
  if (against) throw new Refused(against);
  const from_day = [today(), plan.from_day ?? "", latest?.from_day ?? ""].sort().at(-1)!;
  const edition: EditionToWrite = { plan, number: (latest?.number ?? 0) + 1, from_day, next, drawn, levels };
  await writeEdition(tx, edition);
  const idOf = await writeIdentities(tx, edition);
  await writeVersions(tx, edition, idOf);
  await writeNeighbours(tx, edition, idOf);
  await writeMovedGround(tx, edition, idOf);
  const lineage = await writeLineage(tx, edition, idOf);
  const recoded = new Map([...next.recoded].map(([from, to]) => [Number(from), idOf(to)]));
  const changed = next.written.map(({ id }) => idOf(id));
  const assignments = await writeAssignments(tx, planHandover(lineage, recoded), from_day, changed);
  await carryReasons(tx, edition, idOf);
  await tx.query(sql`
    update plan set status = 'published', edition = ${edition.number}, revision = revision + 1, changed_at = now(),
      changed_by = coalesce(${actor.account_id}::bigint, changed_by)
    where id = ${plan.id}::bigint`);
  const { network_id, network } = plan;
  const in_effect = from_day <= today();
  const effect = in_effect
    ? await takeEffect(tx, { network_id, number: edition.number })
    : { organisations: 0, grants_on_retired: 0 };
  const box = boxOfChange(prepared);
  await tx.query(sql`select record_change('plans', ${[plan.id]}::bigint[], ${box}::float8[])`);
  await tx.query(sql`select record_change('areas', ${[]}::bigint[], ${box}::float8[])`);
  await recordAudit(tx, actor, {
    action: "plan_publish",
    target: `plan:${plan.id}`,
    after: { network, edition: edition.number, from_day, areas: next.written.length, ended: next.ended.length },
  });
  return { network_id, network, edition: edition.number, from_day, in_effect, assignments, ...effect };
}

/** Where the picture changes; null where nothing does. */
function boxOfChange({ next, drawn }: Prepared): Bbox | null {
  if (drawn.recoloured.size > 0) return null; // anywhere in the level
  const shapes = [...next.before, ...next.after].map(({ polygons }) => polygons);
  if (shapes.length === 0) return null;
  return boxOf(shapes.flat());
}

function requireApproved(plan: PlanRow): void {
  if (plan.status === "approved") return;
  throw new Refused(
    problem("plan.status", {
      detail: `方案「${plan.name}」尚未批准，或已经发布、作废，不能发布。`,
      fix: "请先提交并由审批员批准。",
      pointer: "status",
      allowed: ["approved"],
    }),
  );
}

async function requireBase(tx: Queries, plan: PlanRow) {
  const latest = await latestEdition(tx, plan.network_id);
  if ((latest?.number ?? null) === plan.base_edition) return latest;
  const conflicts = await readConflicts(tx, plan);
  const names = conflicts.slice(0, 5).map(({ name }) => `「${name}」`);
  throw new Refused(
    problem("plan.base_moved", {
      detail:
        `方案以第 ${plan.base_edition ?? 0} 版为基础，但第 ${latest!.number} 版已经发布。` +
        (names.length > 0
          ? `双方都改动了 ${names.join("、")}${conflicts.length > 5 ? ` 等 ${conflicts.length} 处` : ""}。`
          : "双方改动的区域没有重叠。"),
      fix: "请先把方案变基到最新版次，逐处确认后重新提交。",
      ...(conflicts[0] && { at: [conflicts[0].lon, conflicts[0].lat] as [number, number] }),
      areas: conflicts.map(({ id }) => id),
      places: conflicts.map(({ name, lon, lat }) => ({ what: name, at: [lon, lat] })),
    }),
  );
}

function requireFreeCodes(next: NextEdition, taken: ReadonlySet<string>): void {
  const asked = new Set<string>();
  for (const { id, code, name } of next.written) {
    if (!next.fresh.has(id) || code === null) continue;
    if (taken.has(code) || asked.has(code)) throw new Refused(codeTaken(`「${name}」：${code}`));
    asked.add(code);
  }
}

function codeTaken(which: string): KnownProblem {
  return problem("plan.codes", {
    detail: `编码已被使用过，不能再用（${which}）。`,
    fix: "停用区域的编码也不再使用；请换一个编码，或留空由系统编号。",
    pointer: "code",
  });
}

function unknownPlan(id: string): KnownProblem {
  return problem("plan.unknown", { detail: `没有方案 ${id}。`, fix: "请从方案列表中选择。" });
}

function stalePlan(plan: PlanRow): KnownProblem {
  return problem("plan.stale", {
    detail: `方案「${plan.name}」刚刚又被改动。`,
    fix: "请查看改动后再发布。",
  });
}
