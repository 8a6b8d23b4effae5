import type { AreaListQuery, AreaRef, ProfileFact } from "../../data/schema/area.ts";
import type { Bbox } from "../../data/schema/geometry.ts";
import { grantedAreas } from "../access/scope_sql.ts";
import type { Queries } from "../db/db.ts";
import { type Sql, sql } from "../db/sql.ts";
import {
  type AreasAsked,
  type CountsRow,
  countJoins,
  type GrantedPlaces,
  inEdition,
  inForceOn,
  refColumns,
  refJoins,
  type SummaryRow,
} from "./rows.ts";

export interface AreaRepository {
  one: (network: string, edition: number, key: { id: string } | { code: string }) => Promise<SummaryRow | undefined>;
  list: (query: ListQuery) => Promise<SummaryRow[]>;
  networkOf: (areaId: string) => Promise<string | undefined>;
  at: (lon: number, lat: number, day: string) => Promise<(AreaRef & { edition: number })[]>;
  /** As they are now; of an area that changed since, as they were on the last day on which it was like that. */
  counts: (areaId: string, edition: number) => Promise<CountsRow>;
  facts: (areaId: string, edition: number) => Promise<FactsRow>;
  ancestors: (areaId: string, edition: number) => Promise<AreaRef[]>;
  children: (areaId: string, edition: number) => Promise<(AreaRef & { households: number })[]>;
  neighbours: (areaId: string, edition: number) => Promise<(AreaRef & { border_m: number })[]>;
  /** Areas of the grants that the area lies in, by its label point, or is. A larger one lies in none. */
  grantedAround: (areaId: string, edition: number, granted: GrantedPlaces, day: string) => Promise<string[]>;
  /**
   * Names of the areas that do not lie in the granted areas, one of them or all together; by code. Those asked about: one,
   * or the areas without a parent of a network.
   */
  outside: (of: AreasAsked, granted: GrantedPlaces, day: string) => Promise<string[]>;
  staff: (areaId: string, day: string) => Promise<StaffRow[]>;
  elsewhere: (areaId: string, edition: number, day: string) => Promise<(AreaRef & { share: number })[]>;
  portrait: (staffId: string) => Promise<string | undefined>;
}

export type ListQuery = Omit<AreaListQuery, "network" | "edition" | "on" | "bbox"> & {
  network: string;
  edition: number;
  bbox: Bbox | undefined;
};

export interface FactsRow {
  pieces: number;
  changed_at: Date;
  profile: ProfileFact | null;
}

export interface StaffRow {
  id: string;
  number: string;
  name: string;
  duty_code: string;
  duty_name: string;
  duty_name_en: string;
  organisation: string | null;
  portrait: boolean;
}

/** Most areas of other networks that one area answers with: more would be no help in a panel. */
const elsewhereLimit = 24;

export function areaRepository(db: Queries): AreaRepository {
  return {
    async one(network, edition, key) {
      const which = "id" in key ? sql`a.id = ${key.id}::bigint` : sql`a.code = ${key.code}`;
      const rows = await db.query(summaries(network, edition, which, 1));
      return rows[0];
    },
    list: (query) => db.query(summaries(query.network, query.edition, listFilter(query), query.limit + 1)),
    async networkOf(areaId) {
      const rows = await db.query(sql<{ code: string }>`
        select n.code from area a join network n on n.id = a.network_id where a.id = ${areaId}::bigint`);
      return rows[0]?.code;
    },
    at: (lon, lat, day) =>
      db.query(sql<AreaRef & { edition: number }>`
        select ${refColumns}, (
          select e.number from edition e where e.network_id = a.network_id and e.from_day <= ${day}::date
            and (e.to_day is null or e.to_day > ${day}::date)) as edition
        from ${refJoins}
        where st_covers(v.geom, st_setsrid(st_makepoint(${lon}, ${lat}), 4490)) and ${inForceOn(day)}
        order by n.ordinal, l.ordinal, a.code`),
    async counts(areaId, edition) {
      const rows = await db.query(sql<CountsRow>`
        select coalesce(k.households, c.households, 0) as households, coalesce(k.people, c.people, 0) as people,
          coalesce(k.registered, c.registered, 0) as registered, coalesce(k.floating, c.floating, 0) as floating,
          coalesce(k.let_homes, c.let_homes, 0) as let_homes, coalesce(k.buildings, c.buildings, 0) as buildings,
          coalesce(k.homes, c.homes, 0) as homes
        from area_version v ${countJoins} where v.area_id = ${areaId}::bigint and ${inEdition(edition)}`);
      return rows[0] ?? { households: 0, people: 0, registered: 0, floating: 0, let_homes: 0, buildings: 0, homes: 0 };
    },
    async facts(areaId, edition) {
      const rows = await db.query(factsOf(areaId, edition));
      return rows[0]!;
    },
    ancestors: (areaId, edition) =>
      db.query(sql<AreaRef>`
        with recursive up as (
          select v.parent_id, 0 as depth from area_version v where v.area_id = ${areaId}::bigint and ${inEdition(edition)}
          union all
          select v.parent_id, up.depth + 1 from up join area_version v on v.area_id = up.parent_id and ${inEdition(edition)})
        select ${refColumns} from up join ${refJoins} on v.area_id = up.parent_id and ${inEdition(edition)}
        order by up.depth desc`),
    children: (areaId, edition) =>
      db.query(sql<AreaRef & { households: number }>`
        select ${refColumns}, coalesce(k.households, c.households, 0)::int as households
        from ${refJoins} ${countJoins}
        where v.parent_id = ${areaId}::bigint and ${inEdition(edition)} order by a.code`),
    neighbours: (areaId, edition) =>
      db.query(sql<AreaRef & { border_m: number }>`
        select ${refColumns}, m.border_m
        from (select neighbour_id, border_m from area_neighbour
              where area_id = ${areaId}::bigint
                and from_edition <= ${edition} and (to_edition is null or to_edition > ${edition})) m
        join ${refJoins} on v.area_id = m.neighbour_id and ${inEdition(edition)}
        order by m.border_m desc, a.code`),
    async grantedAround(areaId, edition, granted, day) {
      if (granted.length === 0) return [];
      const rows = await db.query(sql<{ id: string }>`
        select g.area_id::text as id
        from (${grantedAreas(granted, day)}) g join area_version v on v.area_id = ${areaId}::bigint and ${inEdition(edition)}
        where ${liesInGranted}`);
      return rows.map(({ id }) => id);
    },
    async outside({ network, edition, area_id }, granted, day) {
      const which = area_id === null ? sql`v.parent_id is null` : sql`v.area_id = ${area_id}::bigint`;
      const asked = await db.query(sql<{ id: string; name: string }>`
        select a.id::text as id, v.name from ${refJoins}
        where n.code = ${network} and ${which} and ${inEdition(edition)} order by a.code`);
      if (granted.length === 0) return asked.map(({ name }) => name);
      // what cannot be reckoned is not inside
      const inside = await db.query(sql<{ id: string }>`
        with granted as materialized (${grantedAreas(granted, day)}),
          together as materialized (select st_union(geom) as geom from granted)
        select a.id::text as id from ${refJoins}
        where n.code = ${network} and ${which} and ${inEdition(edition)} and (
          exists (select 1 from granted g where ${liesInGranted})
          or (select st_area(st_difference(v.geom, t.geom)) <= ${leftOut} * st_area(v.geom) from together t))`);
      const within = new Set(inside.map(({ id }) => id));
      return asked.filter(({ id }) => !within.has(id)).map(({ name }) => name);
    },
    staff: (areaId, day) => db.query(staffOf(areaId, day)),
    elsewhere: (areaId, edition, day) => db.query(elsewhereOf(areaId, edition, day)),
    async portrait(staffId) {
      const rows = await db.query(sql<{ portrait: string }>`
        select portrait from staff where id = ${staffId}::bigint and photo_public and portrait is not null`);
      return rows[0]?.portrait;
    },
  };
}

/** The area `v` is the granted area `g`, or its label point lies in it and it is no larger. */
const liesInGranted = sql`(g.area_id = v.area_id or (v.area_m2 <= g.area_m2 and st_intersects(g.geom, v.at)))`;

/** Share of its surface that an area may have outside of the granted ones: slivers of reckoning. */
const leftOut = 1e-6;

/** One page of summaries of a network at an edition, by code. */
function summaries(network: string, edition: number, filter: Sql, limit: number): Sql<SummaryRow> {
  return sql<SummaryRow>`
    with listed as materialized (
      select ${refColumns}, v.area_id, v.parent_id::text as parent_id, v.kind, v.hue, v.area_m2,
        coalesce(k.households, c.households, 0)::int as households, coalesce(k.people, c.people, 0)::int as people,
        st_x(v.at) as lon, st_y(v.at) as lat,
        st_xmin(v.geom) as west, st_ymin(v.geom) as south, st_xmax(v.geom) as east, st_ymax(v.geom) as north
      from ${refJoins} ${countJoins}
      where n.code = ${network} and ${inEdition(edition)} and ${filter}
      order by a.code limit ${limit}),
    below as (${belowListed(edition)})
    select listed.id, network, code, name, short_name, level, role, parent_id, kind, hue, area_m2, lon, lat,
      west, south, east, north,
      households, people,
      coalesce(b.child_count, 0)::int as child_count, coalesce(b.leaf_count, 0)::int as leaf_count
    from listed left join below b on b.root = listed.area_id
    order by code`;
}

/** Children and grids below each listed area; below a grid its sub-grids are counted. */
function belowListed(edition: number): Sql {
  return sql`
    with recursive tree as (
      select area_id as root, role as root_role, area_id, null::text as role, 0 as depth from listed
      union all
      select tree.root, tree.root_role, v.area_id, l.role, tree.depth + 1
      from tree join area_version v on v.parent_id = tree.area_id and ${inEdition(edition)} join level l on l.id = v.level_id)
    select root, count(*) filter (where depth = 1) as child_count,
      count(*) filter (where role = case root_role when 'grid' then 'sub' else 'grid' end) as leaf_count
    from tree where depth > 0 group by root`;
}

function listFilter(query: ListQuery): Sql {
  let filter = sql`true`;
  if (query.after !== undefined) filter = sql`${filter} and a.code > ${query.after}`;
  if (query.level !== undefined) filter = sql`${filter} and l.ordinal = ${query.level}`;
  if (query.parent === "none") filter = sql`${filter} and v.parent_id is null`;
  else if (query.parent !== undefined) {
    filter = sql`${filter} and v.parent_id =
      (select p.id from area p join network pn on pn.id = p.network_id where pn.code = ${query.network} and p.code = ${query.parent})`;
  }
  if (query.bbox) {
    const [west, south, east, north] = query.bbox;
    filter = sql`${filter} and v.geom && st_makeenvelope(${west}, ${south}, ${east}, ${north}, 4490)`;
  }
  if (query.text !== undefined) {
    const pattern = `%${query.text.replace(/[\\%_]/g, "\\$&")}%`;
    filter = sql`${filter} and (v.name ilike ${pattern} or v.short_name ilike ${pattern} or a.code ilike ${pattern})`;
  }
  return filter;
}

/** An area's own profile, else what its parent sets for the areas below it (nearest first), else its level's. */
function factsOf(areaId: string, edition: number): Sql<FactsRow> {
  return sql<FactsRow>`
    with recursive self as (
      select v.* from area_version v where v.area_id = ${areaId}::bigint and ${inEdition(edition)}),
    up as (
      select parent_id, profile_id as found, 0 as depth from self
      union all
      select v.parent_id, v.child_profile_id, up.depth + 1
      from up join area_version v on v.area_id = up.parent_id and ${inEdition(edition)} where up.found is null),
    chosen as (
      select coalesce((select found from up where found is not null order by depth limit 1),
        (select l.profile_id from level l join self on l.id = self.level_id)) as id)
    select self.piece_count as pieces, self.changed_at,
      case when p.id is null then null else json_build_object('name', p.name, 'source', p.source, 'joined', p.joined,
        'households', json_build_array(p.households_min, p.households_max),
        'people', json_build_array(p.people_min, p.people_max)) end as profile
    from self cross join chosen left join profile p on p.id = chosen.id`;
}

function staffOf(areaId: string, day: string): Sql<StaffRow> {
  return sql<StaffRow>`
    select s.id::text as id, s.number, s.name, d.code as duty_code, d.name as duty_name, d.name_en as duty_name_en,
      o.name as organisation, (s.portrait is not null and s.photo_public) as portrait
    from assignment m join staff s on s.id = m.staff_id join duty d on d.id = m.duty_id
      left join organisation o on o.id = s.organisation_id
    where m.area_id = ${areaId}::bigint and m.from_day <= ${day}::date and (m.to_day is null or m.to_day > ${day}::date)
    order by d.ordinal, s.number`;
}

/**
 * Areas of other networks that meet this one, with their share of its surface: the deepest ones for a grid,
 * those of the same role for anything above. Shares under 0.1 % are touching borders, not meetings.
 */
function elsewhereOf(areaId: string, edition: number, day: string): Sql<AreaRef & { share: number }> {
  return sql<AreaRef & { share: number }>`
    with self as (
      select v.geom, a.network_id, l.role from ${refJoins}
      where v.area_id = ${areaId}::bigint and ${inEdition(edition)}),
    met as (
      select ${refColumns}, n.ordinal,
        least(st_area(st_intersection(v.geom, self.geom)), st_area(self.geom)) / nullif(st_area(self.geom), 0) as share
      from self join ${refJoins} on v.geom && self.geom and st_intersects(v.geom, self.geom)
      where a.network_id <> self.network_id and ${inForceOn(day)}
        and case when self.role in ('grid', 'sub')
          then not exists (
            select 1 from area_version below join edition e on e.network_id = below.network_id and e.from_day <= ${day}::date
              and (e.to_day is null or e.to_day > ${day}::date)
            where below.parent_id = v.area_id and below.from_edition <= e.number
              and (below.to_edition is null or below.to_edition > e.number))
          else l.role = self.role end),
    ranked as (
      select *, row_number() over (partition by network order by share desc, code) as place from met where share >= 0.001)
    select id, network, code, name, short_name, level, role, share from ranked
    where place <= ${elsewhereLimit} order by ordinal, place`;
}
