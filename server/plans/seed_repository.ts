import type { Grant } from "../../data/access/roles.ts";
import type { NetworkRules, Profile } from "../../data/checks/division.ts";
import type { BuildingPoints } from "../../data/division/building_counts.ts";
import type { Bbox } from "../../data/schema/geometry.ts";
import { sqlScope } from "../access/scope_sql.ts";
import { inEdition } from "../areas/rows.ts";
import type { Columns } from "../checks/check_protocol.ts";
import { packShapes } from "../checks/packed_shapes.ts";
import { columnsOf, profileJson, type Send, sendThings } from "../checks/division_repository.ts";
import { type Ground, thingKinds } from "../checks/thing_statements.ts";
import type { Queries } from "../db/db.ts";
import { type Sql, sql } from "../db/sql.ts";
import type { DraftFacts, DraftSeed, ThingPage } from "./draft_seed.ts";

/** Which draft, of what. */
export interface DraftSubject {
  plan_id: string;
  network: string;
  network_id: string;
  area_id: string | null;
  base_edition: number | null;
  /** Whose duties count, YYYY-MM-DD. */
  day: string;
}

const pageSize = 1000; // rows: taken apart in a few ms, so that others are answered between two

/**
 * Reads all that a draft needs: the base edition with what the plan made of it, the buildings, the rules.
 * Call it in one snapshot, or with the plan locked.
 */
export async function readSeed(
  tx: Queries,
  subject: DraftSubject,
  plan: { revision: number; given: number },
): Promise<DraftSeed> {
  const { plan_id, network, network_id, area_id } = subject;
  const rows: (DraftFacts & { wkb: Uint8Array })[] = [];
  await tx.eachBatch(draftAreas(subject), pageSize, (some) => {
    rows.push(...some);
  });
  const { expected, west, south, east, north, ...rules } = await readRules(tx, subject);
  if (rows.length !== expected) throw new Error(`${expected} areas were to be drafted, ${rows.length} came`);
  const box: Bbox | null = area_id === null || west === null ? null : [west, south!, east!, north!];
  const { wkb, ...columns } = rows.length > 0 ? columnsOf(rows) : noRows();
  return {
    ...{ plan_id, network, top_id: area_id, revision: plan.revision, given: plan.given, ...rules },
    areas: { facts: columns, shapes: packShapes(wkb) },
    buildings: await readBuildings(tx, box),
    things: await readThings(tx, subject, groundOf(subject, box)),
    staff: await readStaff(tx, subject),
    published: await readPublished(tx, subject),
    codes: await readCodes(tx, network_id),
  };
}

/** The rules that a draft is judged by, and how many areas it has. */
export async function readRules(tx: Queries, subject: DraftSubject): Promise<Facts> {
  const [facts] = await tx.query(networkFacts(subject));
  if (!facts) throw new Error(`Network ${subject.network} is gone`);
  return facts;
}

function noRows(): Columns<DraftFacts & { wkb: Uint8Array }> {
  return {
    ...{ id: [], parent_id: [], level: [], code: [], name: [], short_name: [], kind: [] },
    ...{ profile_id: [], child_profile_id: [], wkb: [] },
  };
}

/** The leader is who was appointed last, as in the tiles of what is published. */
function readPublished(tx: Queries, subject: DraftSubject): Promise<DraftSeed["published"]> {
  const { day } = subject;
  return tx.query(sql<DraftSeed["published"][number]>`
    select v.area_id::text as area_id, v.hue::int as hue, leader.name as leader
    from (${baseAreas(subject)}) v left join (
      select distinct on (m.area_id) m.area_id, s.name
      from assignment m join duty d on d.id = m.duty_id and d.code = 'leader' join staff s on s.id = m.staff_id
      where m.area_id is not null and m.from_day <= ${day}::date and (m.to_day is null or m.to_day > ${day}::date)
      order by m.area_id, m.from_day desc, m.id) leader on leader.area_id = v.area_id`);
}

async function readCodes(tx: Queries, network_id: string): Promise<string[]> {
  const rows = await tx.query(sql<{ code: string }>`select code from area where network_id = ${network_id}::bigint`);
  return rows.map(({ code }) => code);
}

/** Areas of the base that the plan reaches, as `v`; none where the network has no edition yet. */
function baseAreas({ network_id, area_id, base_edition }: DraftSubject): Sql {
  if (base_edition === null) return sql`select v.* from area_version v where false`;
  const held = inEdition(base_edition);
  if (area_id === null)
    return sql`select v.* from area_version v where v.network_id = ${network_id}::bigint and ${held}`;
  return sql`
    with recursive below as (
      select v.area_id from area_version v where v.area_id = ${area_id}::bigint and ${held}
      union all
      select v.area_id from below join area_version v on v.parent_id = below.area_id and ${held})
    select v.* from below join area_version v on v.area_id = below.area_id and ${held}`;
}

/** Parents before their children; what the plan made of an area stands in the place of how it was. */
function draftAreas(subject: DraftSubject): Sql<DraftFacts & { wkb: Uint8Array }> {
  return sql<DraftFacts & { wkb: Uint8Array }>`
    select * from (
      select v.area_id::text as id, v.parent_id::text as parent_id, l.ordinal as level, a.code, v.name, v.short_name, v.kind,
        v.profile_id::text as profile_id, v.child_profile_id::text as child_profile_id, st_asbinary(v.geom) as wkb
      from (${baseAreas(subject)}) v join area a on a.id = v.area_id join level l on l.id = v.level_id
      where not exists (
        select from plan_area d where d.plan_id = ${subject.plan_id}::bigint and d.id = v.area_id::text)
      union all
      select d.id, d.parent_id, d.level, d.code, d.name, d.short_name, d.kind, d.profile_id::text, d.child_profile_id::text,
        st_asbinary(d.geom)
      from plan_area d where d.plan_id = ${subject.plan_id}::bigint and not d.removed) drawn
    order by level, id like 'new-%', length(id), id`;
}

type Facts = Pick<DraftSeed, "rules" | "levels" | "profiles" | "inherited_profile_id" | "duties"> & {
  rules: NetworkRules;
  profiles: Profile[];
  expected: number;
  west: number | null;
  south: number | null;
  east: number | null;
  north: number | null;
};

function networkFacts(subject: DraftSubject): Sql<Facts> {
  const { network_id, area_id, base_edition } = subject;
  const held = inEdition(base_edition ?? 0);
  return sql<Facts>`
    with recursive up as (
      select v.parent_id as area_id, 1 as distance from area_version v
      where v.area_id = ${area_id}::bigint and ${held} and v.parent_id is not null
      union all
      select v.parent_id, up.distance + 1 from up join area_version v on v.area_id = up.area_id and ${held}
      where v.parent_id is not null),
    drawn as (select count(*) as expected from (${draftAreas(subject)}) of_draft),
    place as (
      select st_extent(v.geom) as box from area_version v where v.area_id = ${area_id}::bigint and ${held})
    select json_build_object('special_areas', n.special_areas, 'water', n.water,
        'hydrant_radius_m', n.hydrant_radius_m) as rules,
      coalesce((select json_agg(json_build_object('ordinal', l.ordinal, 'role', l.role, 'profile_id', l.profile_id::text)
        order by l.ordinal) from level l where l.network_id = n.id), '[]') as levels,
      coalesce((select json_agg(${profileJson} order by p.id) from profile p), '[]') as profiles,
      (select v.child_profile_id::text from up join area_version v on v.area_id = up.area_id and ${held}
        where v.child_profile_id is not null order by up.distance limit 1) as inherited_profile_id,
      coalesce((select json_agg(json_build_object('code', d.code, 'name', d.name, 'name_en', d.name_en)
        order by d.ordinal) from duty d), '[]') as duties,
      drawn.expected, st_xmin(place.box) as west, st_ymin(place.box) as south, st_xmax(place.box) as east,
      st_ymax(place.box) as north
    from network n cross join drawn cross join place
    where n.id = ${network_id}::bigint`;
}

/** The outline of the plan's area stays as it is, and no area of the draft reaches beyond it. */
export function groundOf({ area_id, base_edition }: DraftSubject, box: Bbox | null): Ground | null {
  if (area_id === null || box === null || base_edition === null) return null;
  return {
    box,
    top: sql`(select v.geom from area_version v where v.area_id = ${area_id}::bigint and ${inEdition(base_edition)})`,
    isMet: () => sql`false`,
  };
}

/** What every planner of the ground sees: answers to steps are for all of them alike. */
async function readThings(tx: Queries, subject: DraftSubject, ground: Ground | null): Promise<ThingPage[]> {
  const pages: ThingPage[] = [];
  const send: Send = (message) => {
    if (message.kind === "things") pages.push(message);
  };
  const scope = sqlScope(await grantsOf(tx, subject), subject.day);
  const { signal } = new AbortController();
  for (const kind of thingKinds) await sendThings(tx, kind, { send, signal, ground, scope });
  return pages;
}

/** The least that whoever draws here was given. */
async function grantsOf(tx: Queries, { network_id, area_id, base_edition }: DraftSubject): Promise<Grant[]> {
  const tops = area_id
    ? [{ area_id }]
    : await tx.query(sql<{ area_id: string }>`
        select v.area_id::text as area_id from area_version v
        where v.network_id = ${network_id}::bigint and v.parent_id is null and ${inEdition(base_edition ?? 0)}`);
  return tops.map(({ area_id: top }) => ({ role: "planner", area_id: top, organisation_id: null }));
}

/** @param box - null: all over */
async function readBuildings(tx: Queries, box: Bbox | null): Promise<BuildingPoints> {
  const where = box ? sql`at && st_makeenvelope(${box[0]}, ${box[1]}, ${box[2]}, ${box[3]}, 4490)` : sql`true`;
  const [{ count }] = (await tx.query(sql<{ count: number }>`
    select count(*)::int as count from building where ${where}`)) as [{ count: number }];
  const points: BuildingPoints = {
    at: new Float64Array(2 * count),
    households: new Int32Array(count),
    people: new Int32Array(count),
  };
  let i = 0;
  const statement = sql<{ lon: number; lat: number; households: number; people: number }>`
    select st_x(at) as lon, st_y(at) as lat, households, people from building where ${where} order by id`;
  await tx.eachBatch(statement, 4 * pageSize, (rows) => {
    for (const { lon, lat, households, people } of rows) {
      points.at.set([lon, lat], 2 * i);
      points.households[i] = households;
      points.people[i++] = people;
    }
  });
  if (i !== count) throw new Error(`${count} buildings were to be counted, ${i} came`);
  return points;
}

export function readStaff(tx: Queries, { network_id, day }: DraftSubject): Promise<DraftSeed["staff"]> {
  return tx.query(sql<DraftSeed["staff"][number]>`
    select m.area_id::text as area_id, d.code as duty, count(distinct m.staff_id)::int as holders
    from assignment m join duty d on d.id = m.duty_id join area a on a.id = m.area_id
    where a.network_id = ${network_id}::bigint and m.from_day <= ${day}::date and (m.to_day is null or m.to_day > ${day}::date)
    group by m.area_id, d.code order by m.area_id, d.code`);
}
