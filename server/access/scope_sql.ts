import { type Region, type Thing, tierRegions, tierRules } from "../../data/access/decide.ts";
import { type GuardedLayer, layerPolicy } from "../../data/access/policy.ts";
import type { Grant } from "../../data/access/roles.ts";
import { type Sql, sql } from "../db/sql.ts";

/** Where a thing is and who holds it, as expressions over the query's own tables. */
export interface SqlPlace {
  /** Its point, or a line of which any part counts. */
  shape: Sql;
  /** Id of the organisation that holds it; null = the things of this table have none. */
  holder: Sql | null;
}

/**
 * The rules of data/access/decide.ts as SQL, on the areas in force on a day (YYYY-MM-DD). Shapes of areas stand in
 * subqueries that refer to nothing outside, so that they are read once and the spatial index of the things is used.
 */
export interface SqlScope {
  /** Boolean: the thing lies in one of the regions. */
  inSome: (regions: readonly Region[], place: SqlPlace) => Sql;
  /** Integer: the highest tier of the layer that the reader reaches for the thing, 0 = it is not there. */
  tier: (layer: GuardedLayer, place: SqlPlace) => Sql;
}

export function sqlScope(grants: readonly Grant[], day: string): SqlScope {
  const inSome = (regions: readonly Region[], place: SqlPlace): Sql => {
    const areas = regions.flatMap((region) => (isAreaAlone(region) ? region.area_id : []));
    const areMany = areas.length > mostShapes;
    let some = areMany ? inOneOf(areas, place, day) : never;
    for (const region of areMany ? regions.filter((one) => !isAreaAlone(one)) : regions) {
      const one = inRegion(region, place, day);
      if (one === always) return always;
      if (one !== never) some = some === never ? one : sql`${some} or ${one}`;
    }
    return some === never ? never : sql`(${some})`;
  };
  return {
    inSome,
    tier(layer, place) {
      let cases = sql``;
      const tiers = tierRegions(layer, grants);
      for (let tier = tiers.length; tier > 0; tier--) {
        const reached = inSome(tiers[tier - 1]!, place);
        if (reached !== never) cases = sql`${cases} when ${reached} then ${tier}::int`;
        if (reached === always) break;
      }
      return cases.text === "" ? sql`0` : sql`(case ${cases} else 0 end)`;
    },
  };
}

const always = sql`true`;
const never = sql`false`;

/** Areas whose shapes are asked one by one. Somebody may reach all of a network that has thousands at its top. */
const mostShapes = 16;

function isAreaAlone(region: Region): region is Region & { area_id: string } {
  return region.area_id !== null && region.organisation_id === null;
}

/** In any of many areas: those near the thing are found, instead of naming each of them in the statement. */
function inOneOf(area_ids: readonly string[], { shape }: SqlPlace, day: string): Sql {
  return sql`exists (
    select 1 from (
      select v.geom from area_version v where v.area_id = any(${area_ids}::bigint[]) and ${versionInForce(day)}) granted
    where granted.geom && ${shape} and st_intersects(granted.geom, ${shape}))`;
}

/** Null (not true) where the area is not in force or nobody holds the thing. */
function inRegion({ area_id, organisation_id }: Region, { shape, holder }: SqlPlace, day: string): Sql {
  const isIn = area_id === null ? always : sql`st_intersects(${areaInForce(area_id, day)}, ${shape})`;
  if (organisation_id === null) return isIn;
  if (!holder) return never;
  return sql`(${holder} = any(${withAllBelow(organisation_id)}) and ${isIn})`;
}

/** The polygons of an area as it is in force; null if it is not. */
function areaInForce(area_id: string, day: string): Sql {
  return sql`(select v.geom from area_version v where v.area_id = ${area_id}::bigint and ${versionInForce(day)})`;
}

/** Whether the version `v` is the one in force on the day. */
export function versionInForce(day: string): Sql {
  return sql`exists (
    select 1 from edition e
    where e.network_id = v.network_id and e.from_day <= ${day}::date and (e.to_day is null or e.to_day > ${day}::date)
      and v.from_edition <= e.number and (v.to_edition is null or v.to_edition > e.number))`;
}

function withAllBelow(organisation_id: string): Sql {
  return sql`array(
    with recursive below as (
      select ${organisation_id}::bigint as id
      union
      select o.id from below join organisation o on o.parent_id = below.id)
    select id from below)`;
}

/** Boolean: what the tier of the thing shows includes its kind; false for tier 0. */
export function isShownSql(layer: GuardedLayer, tier: Sql, kind: Sql | null): Sql {
  let shown = sql`${tier} > 0`;
  if (!kind) return shown;
  for (let n = 1; n <= layerPolicy[layer].length; n++) {
    const without = tierRules(layer, n)!.without_kinds;
    if (without.length > 0) shown = sql`${shown} and (${tier} <> ${n} or ${kind} <> all(${without}::text[]))`;
  }
  return shown;
}

/** Areas named in the grants that are in force, for asking of single things which of them hold them. */
export function grantedAreas(grants: readonly Pick<Grant, "area_id">[], day: string): Sql {
  const ids = [...new Set(grants.map(({ area_id }) => area_id))].filter((id) => id !== null);
  return sql`
    select v.area_id, v.geom, v.area_m2 from area_version v
    where v.area_id = any(${ids}::bigint[]) and ${versionInForce(day)}`;
}

/** Organisations named in the grants that hold something of `holder`: its own or one above it. JSON list of text. */
export function grantedHolders(grants: readonly Grant[], holder: Sql): Sql {
  const ids = [...new Set(grants.map(({ organisation_id }) => organisation_id))].filter((id) => id !== null);
  if (ids.length === 0) return sql`'[]'::json`;
  return sql`(
    with recursive above as (
      select o.id, o.parent_id from organisation o where o.id = ${holder}
      union
      select o.id, o.parent_id from above join organisation o on o.id = above.parent_id)
    select coalesce(json_agg(id::text), '[]') from above where id = any(${ids}::bigint[]))`;
}

/** A thing for data/access/decide.ts, of which was looked up in which granted areas it lies and who holds it. */
export function thingIn(areas: readonly string[], holders: readonly string[] = []): Thing {
  return { isIn: (id) => areas.includes(id), isHeldBy: (id) => holders.includes(id) };
}
