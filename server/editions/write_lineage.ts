import { findUnsettled } from "../../data/division/handover.ts";
import { isSuccession, type LineagePart } from "../../data/division/lineage.ts";
import type { CopyValue, Queries } from "../db/db.ts";
import { sql } from "../db/sql.ts";
import type { EditionToWrite, IdOf } from "./write_edition.ts";

/** A row of area_lineage, ids as in the database. */
export interface LineageRow extends Omit<LineagePart, "area" | "from"> {
  area_id: number | null;
  from_area_id: number | null;
  level: number;
  /** Of buildings that went along, as counted now; of what an area kept, what is left of its own. Null: not known. */
  households: number | null;
}

/** Writes where every changed area comes from, with the households that went along. Wants the moved ground written. */
export async function writeLineage(tx: Queries, edition: EditionToWrite, idOf: IdOf): Promise<LineageRow[]> {
  const { plan, number, drawn, next } = edition;
  const ref = (id: string | null) => (id === null ? null : idOf(id));
  const moved = await countMoved(tx, plan.network_id, number);
  const known = await countKnown(tx, next.ended.map(Number));
  const recoded = new Map([...next.recoded].map(([from, to]) => [Number(from), idOf(to)]));
  const rows = drawn.lineage.map(({ area, from, level, ...part }): LineageRow => {
    const [area_id, from_area_id] = [ref(area), ref(from)];
    // the same area under another code is the same area
    const isSame = from_area_id !== null && recoded.get(from_area_id) === area_id;
    const kind = isSame && part.share_of_from! > 0.999999 && part.share_of_area! > 0.999999 ? "kept" : part.kind;
    return { ...part, kind, level, area_id, from_area_id, households: null };
  });
  if (plan.base_edition !== null) countHouseholds(rows, { moved, known });
  await tx.copyIn(
    "area_lineage",
    ["network_id", "edition", "area_id", "from_area_id", "kind", "share_of_from", "share_of_area", "households"],
    rows.map((row): CopyValue[] => [
      plan.network_id,
      number,
      row.area_id,
      row.from_area_id,
      row.kind,
      row.share_of_from,
      row.share_of_area,
      row.households,
    ]),
  );
  return rows;
}

interface Counted {
  /** By `level from to`. */
  moved: ReadonlyMap<string, number>;
  /** Of each area of the base. */
  known: ReadonlyMap<number, number>;
}

function countHouseholds(rows: readonly LineageRow[], { moved, known }: Counted): void {
  const isKept = ({ area_id, from_area_id }: LineageRow) => area_id !== null && area_id === from_area_id;
  const lost = new Map<string, number>();
  for (const row of rows) {
    if (isKept(row)) continue;
    const former = `${row.level} ${row.from_area_id}`;
    row.households = moved.get(`${former} ${row.area_id}`) ?? 0;
    lost.set(former, (lost.get(former) ?? 0) + row.households);
  }
  for (const row of rows.filter(isKept)) {
    const all = known.get(row.from_area_id!);
    if (all !== undefined) row.households = Math.max(0, all - (lost.get(`${row.level} ${row.from_area_id}`) ?? 0));
  }
}

/** Households of the buildings that stand inside moved ground, by level, former and new area; on its very border they stay. */
async function countMoved(tx: Queries, network_id: number, number: number): Promise<Map<string, number>> {
  const rows = await tx.query(sql<{ level: number; from: number | null; to: number | null; households: number }>`
    with found as materialized (
      select g.level, g.from_area_id, g.area_id, b.households
      from moved_ground g join building b on b.at && g.geom and st_contains(g.geom, b.at)
      where g.network_id = ${network_id} and g.edition = ${number} and g.level > 0)
    select level, from_area_id as from, area_id as to, sum(households)::int as households
    from found group by level, from_area_id, area_id`);
  return new Map(rows.map(({ level, from, to, households }) => [`${level} ${from} ${to}`, households]));
}

async function countKnown(tx: Queries, ids: readonly number[]): Promise<Map<number, number>> {
  const rows = await tx.query(sql<{ area_id: number; households: number }>`
    select area_id, households from area_count where area_id = any(${ids}::bigint[])`);
  return new Map(rows.map(({ area_id, households }) => [area_id, households]));
}

/** What becomes of those who hold duties for the changed areas. */
export interface Handover {
  /** Areas that stay, of which somebody has to say that their staff still holds. */
  unsure: number[];
  /** Former area → those whose staff it gives on; `ends` where it is no more. `sure`: it is the same area with a new code. */
  given: { from: number; to: number; sure: boolean }[];
  ended: number[];
}

export function planHandover(rows: readonly LineageRow[], recoded: ReadonlyMap<number, number>): Handover {
  const text = (id: number | null) => (id === null ? null : String(id));
  const parts = rows.map((row) => ({ ...row, area: text(row.area_id), from: text(row.from_area_id) }));
  const kept = new Set(parts.filter(({ area, from }) => area === from).map(({ area }) => area));
  const unsettled = findUnsettled(parts);
  const idsOf = (stays: boolean) => unsettled.filter((one) => one.stays === stays).map(({ area }) => Number(area));
  const given = parts.flatMap((part) => {
    const { area_id: to, from_area_id: from } = part;
    if (from === null || to === null || from === to) return [];
    const sure = recoded.get(from) === to;
    const succeeds = kept.has(part.from) ? part.kind === "split" : isSuccession(part);
    return sure || succeeds ? [{ from, to, sure }] : [];
  });
  return { unsure: idsOf(true), given, ended: idsOf(false) };
}

export interface AssignmentCounts {
  kept: number;
  to_confirm: number;
  ended: number;
}

/**
 * Carries duties over: of areas that only changed their shape they hold on; of split and merged ones they hold, or are
 * copied to who got the ground, and somebody must confirm them; of those that are no more they end on the day before.
 */
export async function writeAssignments(
  tx: Queries,
  handover: Handover,
  day: string,
  changed: readonly number[],
): Promise<AssignmentCounts> {
  const { unsure, given, ended } = handover;
  const [from, to, sure] = [given.map((one) => one.from), given.map((one) => one.to), given.map((one) => one.sure)];
  // first, so that what is copied to a merged area is not counted twice
  const marked = await tx.query(sql<{ id: number }>`
    update assignment set to_confirm = true, changed_at = now()
    where area_id = any(${unsure}::bigint[]) and (to_day is null or to_day > ${day}::date) returning id`);
  const copied = await tx.query(sql<{ to_confirm: boolean }>`
    insert into assignment (staff_id, duty_id, area_id, from_day, to_day, to_confirm)
    select distinct on (m.staff_id, m.duty_id, g.to_id) m.staff_id, m.duty_id, g.to_id, greatest(m.from_day, ${day}::date),
      m.to_day, m.to_confirm or not g.sure
    from unnest(${from}::bigint[], ${to}::bigint[], ${sure}::boolean[]) as g (from_id, to_id, sure)
      join assignment m on m.area_id = g.from_id and (m.to_day is null or m.to_day > greatest(m.from_day, ${day}::date))
    where not exists (select 1 from assignment known where known.area_id = g.to_id and known.staff_id = m.staff_id
      and known.duty_id = m.duty_id and (known.to_day is null or known.to_day > ${day}::date))
    order by m.staff_id, m.duty_id, g.to_id, g.sure desc, m.from_day
    returning to_confirm`);
  const over = await tx.query(sql<{ id: number }>`
    update assignment set to_day = greatest(from_day, ${day}::date), changed_at = now()
    where area_id = any(${ended}::bigint[]) and (to_day is null or to_day > greatest(from_day, ${day}::date)) returning id`);
  const [kept] = await tx.query(sql<{ count: number }>`
    select count(*)::int as count from assignment
    where area_id = any(${changed}::bigint[]) and not (area_id = any(${[...unsure, ...ended]}::bigint[]))
      and not (area_id = any(${to}::bigint[])) and (to_day is null or to_day > ${day}::date)`);
  const unconfirmed = copied.filter((row) => row.to_confirm).length;
  return {
    kept: kept!.count + copied.length - unconfirmed,
    to_confirm: marked.length + unconfirmed,
    ended: over.length,
  };
}
