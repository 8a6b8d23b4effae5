import type { Profile, ThingKind } from "../../data/checks/division.ts";
import type { Grant } from "../../data/access/roles.ts";
import type { NetworkRules } from "../../data/schema/check.ts";
import type { Bbox } from "../../data/schema/geometry.ts";
import type { Edition } from "../../data/schema/network.ts";
import { type SqlScope, sqlScope } from "../access/scope_sql.ts";
import { inEdition, refColumns, refJoins } from "../areas/rows.ts";
import type { Db, Queries } from "../db/db.ts";
import { type Sql, sql } from "../db/sql.ts";
import type { AreaFacts, CheckMessage, Columns } from "./check_protocol.ts";
import { packShapes } from "./packed_shapes.ts";
import {
  countStatement,
  type Ground,
  hydrantStatement,
  isOpenToAll,
  thingKinds,
  thingStatement,
  widened,
} from "./thing_statements.ts";

/** What is judged, and for whom. */
export interface DivisionSubject {
  network: string;
  edition: number;
  /** bigint as text; null: the whole network. */
  area_id: string | null;
  /** Whose duties count, YYYY-MM-DD; null: those of today, of an edition that is over those of its last day. */
  day: string | null;
  grants: readonly Grant[];
  /** On which the grants hold. */
  today: string;
  /** Whether working hydrants are for the reader, all over the subject. */
  hydrants: boolean;
}

/** What is said of the subject besides the findings. */
export interface SubjectFacts {
  network_name: string;
  edition: Edition;
  rules: NetworkRules;
  /** What lies outside has no say in the findings; null: everything has. */
  box: Bbox | null;
  /** Areas above the subject, bigint as text. */
  above: string[];
  /** Last change that the state holds. */
  rev: number;
}

/** Takes a message, with the buffers that are handed over. */
export type Send = (message: CheckMessage, transfer?: ArrayBuffer[]) => void;

export interface DivisionRepository {
  /**
   * Sends all that the checks need to know, page by page, from one snapshot.
   * @throws what `signal` says, between two pages
   */
  load: (subject: DivisionSubject, send: Send, signal: AbortSignal) => Promise<SubjectFacts>;
}

/** Rows a page: taken apart in a few ms, so that others are answered between two. */
const pageSize = 1000;

export function divisionRepository(db: Pick<Db, "transaction">): DivisionRepository {
  return {
    load: (subject, send, signal) =>
      db.transaction((tx) => loadDivision(tx, subject, { send, signal }), {
        isolation: "repeatable read",
        read_only: true,
      }),
  };
}

interface Sending {
  send: Send;
  signal: AbortSignal;
}

async function loadDivision(tx: Queries, subject: DivisionSubject, to: Sending): Promise<SubjectFacts> {
  const [row] = await tx.query(subjectStatement(subject));
  if (!row) throw new Error(`Network ${subject.network} has no edition ${subject.edition}`);
  to.send({
    kind: "division",
    top_id: subject.area_id,
    rules: row.rules,
    profiles: row.profiles,
    inherited_profile_id: row.inherited_profile_id,
    duties: row.duties,
    knows_hydrants: subject.hydrants,
  });
  await sendAreas(tx, subject, { ...to, expected: row.areas });
  const ground = groundOf(subject, row);
  const scope = sqlScope(subject.grants, subject.today);
  for (const kind of thingKinds) await sendThings(tx, kind, { ...to, ground, scope });
  await sendStaff(tx, subject, { ...to, day: row.day });
  const { hydrant_radius_m } = row.rules;
  if (subject.hydrants) await sendHydrants(tx, hydrantStatement(ground, hydrant_radius_m, scope), to);
  return {
    network_name: row.network_name,
    edition: row.edition,
    rules: row.rules,
    box: ground && widened(ground.box, hydrant_radius_m),
    above: row.above,
    rev: row.rev,
  };
}

interface SubjectRow {
  network_name: string;
  edition: Edition;
  day: string;
  rules: NetworkRules;
  areas: number;
  /** Ids of judged areas that reach outside of the top. */
  reaching: string[];
  west: number | null;
  south: number | null;
  east: number | null;
  north: number | null;
  /** Nearest first. */
  above: string[];
  inherited_profile_id: string | null;
  profiles: Profile[];
  duties: { code: string; name: string; name_en: string }[];
  rev: number;
}

/** Ids of the areas that are judged, as `area_id`. */
function judged({ network, edition, area_id }: DivisionSubject): Sql {
  if (area_id === null) {
    return sql`(select v.area_id from area_version v join network n on n.id = v.network_id
      where n.code = ${network} and ${inEdition(edition)})`;
  }
  return sql`(
    with recursive below as (
      select v.area_id from area_version v where v.area_id = ${area_id}::bigint and ${inEdition(edition)}
      union all
      select v.area_id from below join area_version v on v.parent_id = below.area_id and ${inEdition(edition)})
    select area_id from below)`;
}

/** The geometry of an area, read and unpacked once however many rows are compared with it; null for no area. */
function shapeOf(area_id: string | null, edition: number): Sql {
  return sql`(select st_setsrid(v.geom, 4490) from area_version v where v.area_id = ${area_id}::bigint and ${inEdition(edition)})`;
}

/** Of a whole network also what lies in no area at all must be found. */
function groundOf(
  { area_id, edition }: DivisionSubject,
  { reaching, west, south, east, north }: SubjectRow,
): Ground | null {
  if (area_id === null || west === null) return null;
  return {
    box: [west, south!, east!, north!],
    top: shapeOf(area_id, edition),
    isMet: (geom) =>
      reaching.length === 0
        ? sql`false`
        : sql`exists (
            select 1 from area_version v
            where v.geom && ${geom} and v.area_id = any(${reaching}::bigint[]) and ${inEdition(edition)}
              and st_intersects(v.geom, ${geom}))`,
  };
}

function subjectStatement(subject: DivisionSubject): Sql<SubjectRow> {
  const { network, edition, area_id, day, today } = subject;
  return sql<SubjectRow>`
    with recursive up as (
      select v.parent_id as area_id, 1 as distance from area_version v
      where v.area_id = ${area_id}::bigint and ${inEdition(edition)} and v.parent_id is not null
      union all
      select v.parent_id, up.distance + 1 from up join area_version v on v.area_id = up.area_id and ${inEdition(edition)}
      where v.parent_id is not null),
    extent as (
      select count(*) as areas, coalesce(json_agg(v.area_id::text) filter (where not st_covers(${shapeOf(area_id, edition)}, v.geom)), '[]') as reaching,
        st_extent(v.geom) as box
      from ${judged(subject)} j join area_version v on v.area_id = j.area_id and ${inEdition(edition)})
    select n.name as network_name,
      json_build_object('number', e.number, 'from_day', e.from_day, 'to_day', e.to_day, 'note', e.note) as edition,
      coalesce(${day}::date, least(${today}::date, e.to_day - 1)) as day,
      json_build_object('special_areas', n.special_areas, 'water', n.water, 'hydrant_radius_m', n.hydrant_radius_m) as rules,
      extent.areas, extent.reaching, st_xmin(extent.box) as west, st_ymin(extent.box) as south, st_xmax(extent.box) as east,
      st_ymax(extent.box) as north,
      coalesce((select json_agg(area_id::text order by distance) from up), '[]') as above,
      (select v.child_profile_id::text from up join area_version v on v.area_id = up.area_id and ${inEdition(edition)}
        where v.child_profile_id is not null order by up.distance limit 1) as inherited_profile_id,
      coalesce((select json_agg(${profileJson} order by p.id) from profile p), '[]') as profiles,
      coalesce((select json_agg(json_build_object('code', d.code, 'name', d.name, 'name_en', d.name_en)
        order by d.ordinal) from duty d), '[]') as duties,
      (select rev from change_clock) as rev
    from network n join edition e on e.network_id = n.id and e.number = ${edition} cross join extent
    where n.code = ${network}`;
}

export const profileJson = sql`json_build_object('id', p.id::text, 'name', p.name, 'source', p.source, 'joined', p.joined,
  'households', json_build_array(p.households_min, p.households_max),
  'people', json_build_array(p.people_min, p.people_max),
  'area_m2', json_build_array(p.area_m2_min, p.area_m2_max), 'staffing', p.staffing,
  'pieces_max', p.pieces_max, 'compactness_min', p.compactness_min,
  'border_on_roads_min', p.border_on_roads_min, 'balance_max', p.balance_max)`;

interface AreaRow extends AreaFacts {
  wkb: Uint8Array;
}

/**
 * Parents before their children. Counts of an area that does not hold any more are summed over the buildings that
 * stand in its shape today; of those in force they are kept (area_count).
 */
function areaStatement(subject: DivisionSubject): Sql<AreaRow> {
  return sql<AreaRow>`
    select ${refColumns}, v.parent_id::text as parent_id, v.kind, v.profile_id::text as profile_id,
      v.child_profile_id::text as child_profile_id, l.profile_id::text as level_profile_id,
      coalesce(case when v.to_edition is null then c.households else past.households end, 0)::int as households,
      coalesce(case when v.to_edition is null then c.people else past.people end, 0)::int as people,
      st_asbinary(v.geom) as wkb
    from ${judged(subject)} j join ${refJoins} on v.area_id = j.area_id and ${inEdition(subject.edition)}
      left join area_count c on c.area_id = v.area_id
      left join lateral (
        select sum(b.households) as households, sum(b.people) as people from building b
        where v.to_edition is not null and st_covers(v.geom, b.at)) past on true
    order by l.ordinal, a.code`;
}

async function sendAreas(tx: Queries, subject: DivisionSubject, to: Sending & { expected: number }): Promise<void> {
  let sent = 0;
  await tx.eachBatch(areaStatement(subject), pageSize, (rows) => {
    to.signal.throwIfAborted();
    sent += rows.length;
    const { wkb, ...facts } = columnsOf(rows);
    const shapes = packShapes(wkb);
    to.send({ kind: "areas", facts, shapes }, [shapes.wkb.buffer, shapes.ends.buffer]);
  });
  requireAll("area_version", sent, to.expected);
}

export async function sendThings(
  tx: Queries,
  of: ThingKind,
  { send, signal, ground, scope }: Sending & { ground: Ground | null; scope: SqlScope },
): Promise<void> {
  let sent = 0;
  await tx.eachBatch(thingStatement(of, ground, scope), pageSize, (rows) => {
    signal.throwIfAborted();
    sent += rows.length;
    const { wkb, ...facts } = columnsOf(rows);
    const shapes = packShapes(wkb);
    send({ kind: "things", of, facts, shapes }, [shapes.wkb.buffer, shapes.ends.buffer]);
  });
  if (!isOpenToAll(of)) return;
  const [all] = await tx.query(countStatement(of, ground));
  requireAll(of, sent, all?.count);
}

/** The embedded engine makes of a geometry that it cannot read an empty answer: that must not pass for "nothing there". */
function requireAll(of: string, sent: number, expected: number | undefined): void {
  if (sent !== expected) throw new Error(`${expected} rows of ${of} were to be checked, ${sent} came`);
}

async function sendStaff(
  tx: Queries,
  subject: DivisionSubject,
  { send, signal, day }: Sending & { day: string },
): Promise<void> {
  const statement = sql<{ area_id: string; duty: string; holders: number }>`
    select m.area_id::text as area_id, d.code as duty, count(distinct m.staff_id)::int as holders
    from assignment m join duty d on d.id = m.duty_id
    where m.area_id in ${judged(subject)} and m.from_day <= ${day}::date and (m.to_day is null or m.to_day > ${day}::date)
    group by m.area_id, d.code order by m.area_id, d.code`;
  await tx.eachBatch(statement, pageSize, (rows) => {
    signal.throwIfAborted();
    send({ kind: "staff", facts: columnsOf(rows) });
  });
}

async function sendHydrants(
  tx: Queries,
  statement: ReturnType<typeof hydrantStatement>,
  { send, signal }: Sending,
): Promise<void> {
  await tx.eachBatch(statement, pageSize, (rows) => {
    signal.throwIfAborted();
    const positions = Float64Array.from(rows.flatMap(({ lon, lat }) => [lon, lat]));
    send({ kind: "hydrants", positions }, [positions.buffer]);
  });
}

/** @param rows - at least one */
export function columnsOf<T extends object>(rows: readonly T[]): Columns<T> {
  const names = Object.keys(rows[0]!) as (keyof T)[];
  return Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name])])) as Columns<T>;
}
