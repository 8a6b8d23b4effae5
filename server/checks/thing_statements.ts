import { tierRules } from "../../data/access/decide.ts";
import { type GuardedLayer, layerPolicy } from "../../data/access/policy.ts";
import type { ThingKind } from "../../data/checks/division.ts";
import type { Bbox } from "../../data/schema/geometry.ts";
import { isShownSql, type SqlPlace, type SqlScope } from "../access/scope_sql.ts";
import { type Sql, sql } from "../db/sql.ts";
import type { CountedFacts, ThingFacts } from "./check_protocol.ts";

export interface ThingRow extends ThingFacts {
  wkb: Uint8Array;
}

/** How the things of a kind are read; every expression is over `t` and what `from` joins to it. */
interface ThingTable extends SqlPlace {
  layer: GuardedLayer;
  from: Sql;
  /** Which rows of the table are meant. */
  those: Sql;
  geom: Sql;
  at: Sql;
  name: Sql;
  /** What tiers leave out by. */
  kind: Sql | null;
  households: Sql;
  people: Sql;
  building_id: Sql;
  road_class: Sql;
  use: Sql;
}

const nothing = {
  holder: null,
  those: sql`true`,
  name: sql`coalesce(t.name, '')`,
  kind: null,
  households: sql`0`,
  people: sql`0`,
  building_id: sql`null::bigint`,
  road_class: sql`null::text`,
  use: sql`null::text`,
};
const point = { ...nothing, geom: sql`t.at`, at: sql`t.at`, shape: sql`t.at` };

const tables: Record<ThingKind, ThingTable> = {
  road: {
    ...nothing,
    layer: "roads",
    from: sql`road t`,
    geom: sql`t.geom`,
    shape: sql`t.geom`,
    at: sql`st_startpoint(st_geometryn(t.geom, 1))`,
    road_class: sql`t.class`,
  },
  building: {
    ...nothing,
    layer: "buildings",
    from: sql`building t`,
    name: sql`coalesce(nullif(t.name, ''), t.number)`,
    geom: sql`t.geom`,
    shape: sql`t.at`,
    at: sql`t.at`,
    households: sql`t.households`,
    people: sql`t.people`,
    use: sql`t.use`,
  },
  estate: {
    ...nothing,
    layer: "estates",
    from: sql`estate t
      left join lateral (select sum(households)::int as households, sum(people)::int as people
        from building where estate_id = t.id) b on true
      cross join lateral (select st_pointonsurface(t.geom) as at) p`,
    geom: sql`t.geom`,
    shape: sql`p.at`,
    at: sql`p.at`,
    households: sql`coalesce(b.households, 0)`,
    people: sql`coalesce(b.people, 0)`,
  },
  facility: { ...point, layer: "facilities", from: sql`facility t`, holder: sql`t.organisation_id`, kind: sql`t.kind` },
  legal_entity: {
    ...point,
    layer: "legal_entities",
    from: sql`legal_entity t`,
    kind: sql`t.kind`,
    building_id: sql`t.building_id`,
  },
  key_unit: {
    ...point,
    layer: "key_units",
    from: sql`key_unit t`,
    holder: sql`t.organisation_id`,
    building_id: sql`t.building_id`,
  },
  water: {
    ...nothing,
    layer: "ground",
    from: sql`ground t`,
    those: sql`t.kind in ('water', 'river') and geometrytype(t.shape) = 'MULTIPOLYGON'`,
    kind: sql`t.kind`,
    geom: sql`t.shape`,
    shape: sql`t.shape`,
    at: sql`st_pointn(st_exteriorring(st_geometryn(t.shape, 1)), 1)`,
  },
};

export const thingKinds = Object.keys(tables) as ThingKind[];

/** Where things are looked for; null: everywhere. */
export interface Ground {
  /** Round all its areas. */
  box: Bbox;
  /** Geometry of the area at the top: a subquery that refers to nothing outside. */
  top: Sql;
  /** Whether an area that is judged, other than the top, meets a geometry: one may reach outside. */
  isMet: (geom: Sql) => Sql;
}

/** Things of a kind that meet the ground, as far as the reader sees them; by id. Counts that are not shown are 0. */
export function thingStatement(kind: ThingKind, ground: Ground | null, scope: SqlScope): Sql<ThingRow> {
  const table = tables[kind];
  const counted = showsCounts(table.layer);
  return sql<ThingRow>`
    select t.id::text as id, ${table.name} as name, st_asbinary(${table.geom}) as wkb,
      st_x(${table.at}) as lon, st_y(${table.at}) as lat,
      case when ${counted} then ${table.households} else 0 end as households,
      case when ${counted} then ${table.people} else 0 end as people,
      ${table.building_id}::text as building_id, ${table.road_class} as road_class, ${table.use} as use
    from ${table.from} cross join lateral (select ${scope.tier(table.layer, table)} as tier offset 0) s
    where ${table.those} and ${meets(table.geom, ground)} and ${isShownSql(table.layer, sql`s.tier`, table.kind)}
    order by t.id`;
}

/** How many there are; of a kind that everybody sees all of it, as many must be read. */
export function countStatement(kind: ThingKind, ground: Ground | null): Sql<{ count: number }> {
  const { from, those, geom } = tables[kind];
  return sql<{ count: number }>`select count(*) as count from ${from} where ${those} and ${meets(geom, ground)}`;
}

export function isOpenToAll(kind: ThingKind): boolean {
  const [first] = layerPolicy[tables[kind].layer];
  return first!.roles.includes("public") && first!.without_kinds.length === 0;
}

/** Working hydrants on the ground and at least so many metres round it, as far as the reader sees them. */
export function hydrantStatement(
  ground: Ground | null,
  metres: number,
  scope: SqlScope,
): Sql<{ lon: number; lat: number }> {
  const place = { shape: sql`t.at`, holder: null };
  return sql<{ lon: number; lat: number }>`
    select st_x(t.at) as lon, st_y(t.at) as lat
    from component t cross join lateral (select ${scope.tier("components", place)} as tier offset 0) s
    where t.kind = 'hydrant' and t.status = 'in_use' and ${near(ground, metres)}
      and ${isShownSql("components", sql`s.tier`, sql`t.kind`)}
    order by t.id`;
}

/** The box with at least so many metres more on each side. */
export function widened([west, south, east, north]: Bbox, metres: number): Bbox {
  const [high, wide] = degreesOf(metres, [west, south, east, north]);
  return [west - wide, south - high, east + wide, north + high];
}

/** At least so many metres as degrees of latitude and of longitude. */
function degreesOf(metres: number, [, south, , north]: Bbox): [number, number] {
  const farthest = Math.max(Math.abs(south), Math.abs(north)) + 0.1;
  const degrees = metres / 110_500; // of a degree of latitude there are at least so many metres
  return [degrees, degrees / Math.max(0.01, Math.cos((farthest * Math.PI) / 180))];
}

function near(ground: Ground | null, metres: number): Sql {
  if (!ground) return sql`true`;
  const degrees = Math.max(...degreesOf(metres, ground.box));
  return sql`(${inBox(sql`t.at`, widened(ground.box, metres))} and st_dwithin(${ground.top}, t.at, ${degrees}::float8))`;
}

/** What a crosswalk counts, in the box. */
export function countedStatement(of: "building" | "legal_entity", box: Bbox, scope: SqlScope): Sql<CountedFacts> {
  const table = tables[of];
  return sql<CountedFacts>`
    select t.id::text as id, st_x(t.at) as lon, st_y(t.at) as lat,
      case when ${showsCounts(table.layer)} then ${table.households} else 0 end as households
    from ${table.from} cross join lateral (select ${scope.tier(table.layer, table)} as tier offset 0) s
    where ${inBox(sql`t.at`, box)} and ${isShownSql(table.layer, sql`s.tier`, table.kind)}
    order by t.id`;
}

function meets(geom: Sql, ground: Ground | null): Sql {
  if (!ground) return sql`true`;
  return sql`(${inBox(geom, ground.box)} and (st_intersects(${ground.top}, ${geom}) or ${ground.isMet(geom)}))`;
}

function inBox(geom: Sql, [west, south, east, north]: Bbox): Sql {
  return sql`${geom} && st_makeenvelope(${west}, ${south}, ${east}, ${north}, 4490)`;
}

/** Whether the tier `s.tier` shows households. */
function showsCounts(layer: GuardedLayer): Sql {
  const tiers = layerPolicy[layer].map((_, i) => i + 1);
  const showing = tiers.filter((tier) => !tierRules(layer, tier)!.hides.includes("households"));
  return sql`s.tier = any(${showing}::int[])`;
}
