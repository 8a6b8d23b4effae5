import type { DraftArea } from "../../data/division/draft.ts";
import { boxOf } from "../../data/measure/box.ts";
import { type Polygons, readPolygons } from "./read_polygons.ts";
import { boxHex } from "../loading/ewkb.ts";
import type { Queries } from "../db/db.ts";
import { type Sql, sql } from "../db/sql.ts";

/** A plan as far as publishing asks for it. */
export interface PlanRow {
  id: string;
  name: string;
  status: string;
  revision: number;
  base_edition: number | null;
  /** YYYY-MM-DD; null: as soon as it is published. */
  from_day: string | null;
  network_id: number;
  network: string;
  network_ordinal: number;
  special_areas: "beside" | "over";
}

/** What an area is called and belongs to, in the base or in the draft. Ids as text. */
export interface AreaFacts extends Omit<DraftArea, "polygons"> {
  polygons: Polygons;
}

export interface DraftRow extends AreaFacts {
  removed: boolean;
}

export interface BaseRow extends AreaFacts {
  code: string;
  hue: number;
  source: string;
  /** In the base; and of those some that the plan does not name. */
  has_children: boolean;
  has_other_children: boolean;
}

export interface BesideRow {
  id: string;
  level: number;
  code: string;
  hue: number;
  polygons: Polygons;
}

export interface LevelRow {
  id: number;
  ordinal: number;
  code_pattern: string;
}

/** The plan, or undefined; with `lock` nobody else changes it until the transaction ends. */
export async function findPlan(db: Queries, id: string, lock = false): Promise<PlanRow | undefined> {
  const rows = await db.query(sql<PlanRow>`
    select p.id::text as id, p.name, p.status, p.revision, p.base_edition, p.from_day, p.network_id, n.code as network,
      n.ordinal as network_ordinal, n.special_areas
    from plan p join network n on n.id = p.network_id where p.id = ${id}::bigint ${lock ? sql`for update of p` : sql``}`);
  return rows[0];
}

/** Where the draft differs from its base. */
export async function readDraft(db: Queries, plan_id: string): Promise<DraftRow[]> {
  const rows: DraftRow[] = [];
  const statement = sql<Omit<DraftRow, "polygons"> & { wkb: Uint8Array }>`
    select id, removed, parent_id, level, code, name, short_name, kind, profile_id::text as profile_id,
      child_profile_id::text as child_profile_id, st_asbinary(geom) as wkb
    from plan_area where plan_id = ${plan_id}::bigint order by id`;
  await db.eachBatch(statement, batch, (some) => {
    for (const { wkb, ...row } of some) rows.push({ ...row, polygons: readPolygons(wkb) });
  });
  return rows;
}

const batch = 1000;

/** The areas of the base that the draft names, their parents there and in the draft, and all below the `recoded`. */
export async function readBase(
  db: Queries,
  plan: PlanRow & { base_edition: number },
  draft: readonly DraftRow[],
  recoded: readonly string[],
): Promise<BaseRow[]> {
  const named = new Set(draft.map(({ id }) => id).filter(isPublished));
  const rows = await readBaseRows(db, plan, [...named]);
  const parents = [...rows, ...draft].map(({ parent_id }) => parent_id ?? "").filter(isPublished);
  const known = new Set(named);
  const missing = async (ids: readonly string[]) => {
    const wanted = [...new Set(ids)].filter((id) => !known.has(id));
    for (const id of wanted) known.add(id);
    rows.push(...(await readBaseRows(db, plan, wanted)));
  };
  await missing(parents);
  if (recoded.length > 0) await missing([...(await readChildren(db, plan, recoded)).values()].flat());
  const children = await readChildren(db, plan, [...known]);
  for (const row of rows) {
    const below = children.get(row.id) ?? [];
    row.has_children = below.length > 0;
    row.has_other_children = below.some((id) => !named.has(id));
  }
  return rows.sort((a, b) => a.level - b.level || (a.code < b.code ? -1 : 1));
}

function isPublished(id: string): boolean {
  return /^\d/.test(id);
}

async function readBaseRows(
  db: Queries,
  { network_id, base_edition }: PlanRow & { base_edition: number },
  ids: readonly string[],
): Promise<BaseRow[]> {
  const rows: BaseRow[] = [];
  if (ids.length === 0) return rows;
  const statement = sql<Omit<BaseRow, "polygons"> & { wkb: Uint8Array }>`
    select v.area_id::text as id, a.code, v.parent_id::text as parent_id, l.ordinal as level, v.name, v.short_name, v.kind,
      v.profile_id::text as profile_id, v.child_profile_id::text as child_profile_id, v.hue::int as hue, v.source,
      st_asbinary(v.geom) as wkb
    from area_version v join area a on a.id = v.area_id join level l on l.id = v.level_id
    where v.area_id = any(${ids}::bigint[]) and v.network_id = ${network_id} and ${inBase(base_edition)}`;
  await db.eachBatch(statement, batch, (some) => {
    for (const { wkb, ...row } of some) {
      rows.push({ ...row, has_children: false, has_other_children: false, polygons: readPolygons(wkb) });
    }
  });
  return rows;
}

/** What lies right below each area in the base. */
async function readChildren(
  db: Queries,
  { network_id, base_edition }: PlanRow & { base_edition: number },
  ids: readonly string[],
): Promise<Map<string, string[]>> {
  const rows = await db.query(sql<{ id: string; parent_id: string }>`
    select v.area_id::text as id, v.parent_id::text as parent_id from area_version v
    where v.parent_id = any(${ids}::bigint[]) and v.network_id = ${network_id} and ${inBase(base_edition)}`);
  const children = new Map<string, string[]>();
  for (const { id, parent_id } of rows) {
    const known = children.get(parent_id);
    if (known) known.push(id);
    else children.set(parent_id, [id]);
  }
  return children;
}

function inBase(edition: number): Sql {
  return sql`(v.from_edition <= ${edition} and (v.to_edition is null or v.to_edition > ${edition}))`;
}

export interface BesideAsked {
  network_id: number;
  edition: number;
  levels: readonly number[];
  /** Ids of areas that are known already. */
  without: ReadonlySet<string>;
  /** What changes; null: everywhere. */
  near: readonly Polygons[] | null;
}

/** Areas of some levels whose boxes meet what changes. */
export async function readBeside(db: Queries, asked: BesideAsked): Promise<BesideRow[]> {
  const { network_id, edition, levels, without, near } = asked;
  const known = [...without].filter(isPublished);
  const boxes = near?.map((polygons) => boxHex(boxOf(polygons))) ?? [];
  const where = near ? sql`v.area_id in (select area_id from met)` : sql`true`;
  const rows: BesideRow[] = [];
  const statement = sql<Omit<BesideRow, "polygons"> & { wkb: Uint8Array }>`
    with box as materialized (select text::geometry as geom from unnest(${boxes}::text[]) as text),
    met as materialized (select distinct w.area_id from box join area_version w on w.geom && box.geom)
    select v.area_id::text as id, l.ordinal as level, a.code, v.hue::int as hue, st_asbinary(v.geom) as wkb
    from area_version v join area a on a.id = v.area_id join level l on l.id = v.level_id
    where v.network_id = ${network_id} and l.ordinal = any(${levels}::int[]) and ${inBase(edition)} and ${where}
      and not exists (select 1 from unnest(${known}::bigint[]) as known where known = v.area_id)`;
  await db.eachBatch(statement, batch, (some) => {
    for (const { wkb, ...row } of some) rows.push({ ...row, polygons: readPolygons(wkb) });
  });
  return rows;
}

export function readLevels(db: Queries, network_id: number): Promise<LevelRow[]> {
  return db.query(sql<LevelRow>`select id, ordinal, code_pattern from level where network_id = ${network_id}`);
}

/** Every code that the network ever gave out. */
export async function readCodes(db: Queries, network_id: number): Promise<Set<string>> {
  const rows = await db.query(sql<{ code: string }>`select code from area where network_id = ${network_id}`);
  return new Set(rows.map(({ code }) => code));
}

/** The edition published last, whether its day has come or not. */
export async function latestEdition(
  db: Queries,
  network_id: number,
): Promise<{ number: number; from_day: string } | undefined> {
  const rows = await db.query(sql<{ number: number; from_day: string }>`
    select number, from_day from edition where network_id = ${network_id} order by number desc limit 1`);
  return rows[0];
}

/** Areas of the plan that later editions changed, too, with the place of each. */
export function readConflicts(
  db: Queries,
  plan: Pick<PlanRow, "id" | "network_id" | "base_edition">,
): Promise<{ id: string; name: string; lon: number; lat: number }[]> {
  return db.query(sql<{ id: string; name: string; lon: number; lat: number }>`
    select distinct on (v.area_id) v.area_id::text as id, v.name, st_x(v.at) as lon, st_y(v.at) as lat
    from plan_area p join area_version v on v.area_id::text = p.id and v.network_id = ${plan.network_id}
    where p.plan_id = ${plan.id}::bigint
      and (v.from_edition > ${plan.base_edition ?? 0} or v.to_edition > ${plan.base_edition ?? 0})
    order by v.area_id, v.from_edition desc limit 50`);
}
