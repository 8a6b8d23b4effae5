import type { AreaRef } from "../../data/schema/area.ts";
import type { OrganisationList } from "../../data/schema/account.ts";
import { inForceOn, refColumns, refJoins } from "../areas/rows.ts";
import type { Queries } from "../db/db.ts";
import { sql } from "../db/sql.ts";

/** An area as its last edition had it. */
export interface Place extends AreaRef {
  /** `coming`: its first edition is not in force yet. */
  state: "in_force" | "retired" | "coming";
}

/** Share of the retired area below which an overlap is a sliver of the survey, no successor. */
const leastShare = 0.01;

/** Areas by `network:code`; keys that name none are absent. */
export async function placesByKey(db: Queries, keys: readonly string[], day: string): Promise<Map<string, Place>> {
  const found = await findPlaces(db, sql`(n.code || ':' || a.code) = any(${keys}::text[])`, day);
  return new Map(found.map((place) => [`${place.network}:${place.code}`, place]));
}

/** Areas by id. */
export async function placesById(db: Queries, ids: readonly string[], day: string): Promise<Map<string, Place>> {
  const found = await findPlaces(db, sql`a.id = any(${ids}::bigint[])`, day);
  return new Map(found.map((place) => [place.id, place]));
}

function findPlaces(db: Queries, which: ReturnType<typeof sql>, day: string): Promise<Place[]> {
  return db.query(sql<Place>`
    select distinct on (a.id) ${refColumns},
      case when ${inForceOn(day)} then 'in_force'
        when first_edition.from_day > ${day}::date then 'coming' else 'retired' end as state
    from ${refJoins}
      join edition first_edition on first_edition.network_id = a.network_id and first_edition.number = v.from_edition
    where ${which}
    order by a.id, ${inForceOn(day)} desc, v.from_edition desc`);
}

/**
 * What came after each retired area: areas in force of its network that cover more than a sliver of it, largest share
 * first. Of its own level, or where that has none there, of the nearest level above.
 */
export async function successorsOf(
  db: Queries,
  retiredIds: readonly string[],
  day: string,
): Promise<Map<string, AreaRef[]>> {
  const successors = new Map<string, AreaRef[]>(retiredIds.map((id) => [id, []]));
  if (retiredIds.length === 0) return successors;
  const rows = await db.query(sql<AreaRef & { retired_id: string; nearness: number }>`
    with former as (
      select distinct on (o.area_id) o.area_id, o.network_id, o.geom, ol.ordinal
      from area_version o join level ol on ol.id = o.level_id
      where o.area_id = any(${retiredIds}::bigint[])
      order by o.area_id, o.from_edition desc)
    select f.area_id::text as retired_id, dense_rank() over (partition by f.area_id order by l.ordinal desc) as nearness,
      ${refColumns}
    from former f join (${refJoins})
      on a.network_id = f.network_id and v.geom && f.geom and l.ordinal <= f.ordinal
    cross join lateral (select st_area(st_intersection(v.geom, f.geom)) / st_area(f.geom) as covered) share
    where ${inForceOn(day)} and share.covered > ${leastShare}
    order by f.area_id, share.covered desc, a.code`);
  for (const { retired_id, nearness, ...area } of rows) {
    if (nearness === 1) successors.get(retired_id)!.push(area);
  }
  return successors;
}

/** Which of the ids name an organisation. */
export async function knownOrganisations(db: Queries, ids: readonly string[]): Promise<Set<string>> {
  const rows = await db.query(sql<{ id: string }>`
    select id::text as id from organisation where id = any(${ids}::bigint[])`);
  return new Set(rows.map(({ id }) => id));
}

/** Organisations with the words in their name, by name, at most `limit`. */
export function findOrganisations(
  db: Queries,
  text: string,
  limit: number,
): Promise<OrganisationList["organisations"]> {
  return db.query(sql<OrganisationList["organisations"][number]>`
    select o.id::text as id, o.name, p.name as parent
    from organisation o left join organisation p on p.id = o.parent_id
    where strpos(lower(o.name), lower(${text})) > 0
    order by o.name, o.id limit ${limit}`);
}
