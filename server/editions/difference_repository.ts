import type { LevelGround } from "../../data/division/draw_edition.ts";
import type { Grant } from "../../data/access/roles.ts";
import type { AreaRef } from "../../data/schema/area.ts";
import type { GeoJsonGeometry } from "../../data/schema/check.ts";
import type { LineageEntry } from "../../data/schema/plan.ts";
import { grantedAreas } from "../access/scope_sql.ts";
import { refColumns, refJoins } from "../areas/rows.ts";
import { packShapes } from "../checks/packed_shapes.ts";
import type { Queries } from "../db/db.ts";
import { type Sql, sql } from "../db/sql.ts";
import { multiPolygonHex, pointHex } from "../loading/ewkb.ts";
import type { PackedAreas } from "./edition_protocol.ts";

/** Two editions of a network. */
export interface Between {
  network_id: number;
  from: number;
  to: number;
}

/** Who asks, for figures that not everybody sees: the grants that allow it, and the day on which they hold. */
export interface Viewer {
  /** `all`: who publishes has seen everything. */
  grants: readonly Grant[] | "all";
  day: string;
}

/** The ground on which a viewer sees figures, as `granted`; and whether a geometry lies on it. */
function sightOf({ grants, day }: Viewer): { granted: Sql; sees: (geometry: Sql) => Sql } {
  if (grants === "all") return { granted: grantedAreas([], day), sees: () => sql`true` };
  return {
    granted: grantedAreas(grants, day),
    sees: (geometry) =>
      grants.length === 0
        ? sql`false`
        : sql`exists (select 1 from granted where st_intersects(granted.geom, ${geometry}))`,
  };
}

export interface ChangeRow {
  from_id: string | null;
  to_id: string | null;
  area_m2: number;
  lon: number;
  lat: number;
  geometry: GeoJsonGeometry;
  households: number | null;
  people: number | null;
}

/** The version `name` holds in the edition. */
export function holds(name: Sql, edition: number): Sql {
  return sql`(${name}.from_edition <= ${edition} and (${name}.to_edition is null or ${name}.to_edition > ${edition}))`;
}

/** Ground that changed hands from one edition to the next, as it was found at publishing. */
export function findStoredChanges(db: Queries, { network_id, to }: Between, viewer: Viewer): Promise<ChangeRow[]> {
  return countedChanges(
    db,
    viewer,
    sql`select from_area_id, area_id, geom, at, area_m2 from moved_ground
      where network_id = ${network_id} and edition = ${to} and lowest`,
  );
}

/** Ground that changed hands, worked out anew, with what stands there today. */
export function findChanges(db: Queries, moved: readonly LevelGround[], viewer: Viewer): Promise<ChangeRow[]> {
  return countedChanges(
    db,
    viewer,
    sql`select from_area_id, area_id, geom::geometry as geom, at::geometry as at, area_m2
      from unnest(${moved.map(({ from }) => from)}::bigint[], ${moved.map(({ to }) => to)}::bigint[],
        ${moved.map(({ polygons }) => multiPolygonHex(polygons))}::text[], ${moved.map(({ at }) => pointHex(at))}::text[],
        ${moved.map(({ area_m2 }) => area_m2)}::float8[]) as m (from_area_id, area_id, geom, at, area_m2)`,
  );
}

/** Figures only where a grant of the viewer holds: a small place may be a single house. */
function countedChanges(db: Queries, viewer: Viewer, moved: Sql): Promise<ChangeRow[]> {
  const { granted, sees } = sightOf(viewer);
  return db.query(sql<ChangeRow>`
    with granted as materialized (${granted}),
    m as materialized (
      select row_number() over () as n, moved.*, ${sees(sql`moved.at`)} as is_seen from (${moved}) moved)
    select m.from_area_id::text as from_id, m.area_id::text as to_id, m.area_m2, st_x(m.at) as lon, st_y(m.at) as lat,
      st_asgeojson(m.geom, 9)::json as geometry,
      case when m.is_seen then counted.households end as households, case when m.is_seen then counted.people end as people
    -- place by place: what was just published is not analysed yet, and joins would seem to be of few rows
    from m cross join lateral (
      select coalesce(sum(b.households), 0)::int as households, coalesce(sum(b.people), 0)::int as people
      from building b where m.is_seen and b.at && m.geom and st_contains(m.geom, b.at)) counted
    order by m.area_m2 desc, m.n`);
}

/** Areas of one of the two editions that are not alike in both, or have something below in one of them alone. */
export async function readDiffering(db: Queries, between: Between, side: "from" | "to"): Promise<PackedAreas> {
  const { network_id, from, to } = between;
  const edition = between[side];
  const child = (at: number) =>
    sql`exists (select 1 from area_version k where k.parent_id = p.area_id and ${holds(sql`k`, at)})`;
  const rows: { id: string; parent_id: string | null; level: number; kind: "basic" | "special"; lowest: boolean }[] =
    [];
  const wkb: Uint8Array[] = [];
  await db.eachBatch(
    sql<(typeof rows)[number] & { wkb: Uint8Array }>`
      with changed as materialized (
        select v.area_id, v.parent_id, v.from_edition, v.to_edition from area_version v
        where v.network_id = ${network_id} and (v.from_edition > ${from} and v.from_edition <= ${to}
          or v.to_edition > ${from} and v.to_edition <= ${to})),
      flipped as materialized (
        select p.area_id from (select distinct parent_id as area_id from changed where parent_id is not null) p
        where ${child(from)} <> ${child(to)}),
      wanted as (select area_id from changed union select area_id from flipped)
      select v.area_id::text as id, v.parent_id::text as parent_id, l.ordinal as level, v.kind,
        not exists (select 1 from area_version k where k.parent_id = v.area_id and ${holds(sql`k`, edition)}) as lowest,
        st_asbinary(v.geom) as wkb
      from wanted join area_version v on v.area_id = wanted.area_id and ${holds(sql`v`, edition)} join level l on l.id = v.level_id
      where v.network_id = ${network_id}`,
    1000,
    (some) => {
      for (const { wkb: shape, ...facts } of some) {
        rows.push(facts);
        wkb.push(shape);
      }
    },
  );
  return { facts: rows.map((row) => ({ ...row, code: null })), ...packShapes(wkb) };
}

/** How many areas each of the two editions has below which there is nothing: all but those that are a parent there. */
export async function countLowest(
  db: Queries,
  { network_id, from, to }: Between,
): Promise<{ from: number; to: number }> {
  const lowest = (edition: number) => sql`(
    select (count(*) - count(distinct v.parent_id))::int
    from area_version v where v.network_id = ${network_id} and ${holds(sql`v`, edition)})`;
  const [counted] = await db.query(
    sql<{ from: number; to: number }>`select ${lowest(from)} as from, ${lowest(to)} as to`,
  );
  return counted!;
}

/** What the areas are called in an edition, by id. */
export async function findRefs(
  db: Queries,
  network_id: number,
  edition: number,
  ids: readonly string[],
): Promise<Map<string, AreaRef>> {
  if (ids.length === 0) return new Map();
  const rows = await db.query(sql<AreaRef>`
    select ${refColumns} from ${refJoins}
    where v.network_id = ${network_id} and v.area_id = any(${ids}::bigint[]) and ${holds(sql`v`, edition)}`);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Areas that kept their ground and yet are not what they were. */
export async function findRenamed(
  db: Queries,
  { network_id, from, to }: Between,
): Promise<{ area: AreaRef; was: AreaRef }[]> {
  // geometries are compared last: as a condition of the join they would all be read
  const rows = await db.query(sql<{ id: string }>`
    with pair as materialized (
      select v.area_id, v.from_edition as was, w.from_edition as is
      from area_version w join area_version v on v.area_id = w.area_id and v.from_edition < w.from_edition and ${holds(sql`v`, from)}
      where w.network_id = ${network_id} and w.from_edition > ${from} and ${holds(sql`w`, to)}
        and (v.name, v.short_name, v.parent_id, v.kind, v.level_id, v.profile_id, v.child_profile_id)
          is distinct from (w.name, w.short_name, w.parent_id, w.kind, w.level_id, w.profile_id, w.child_profile_id))
    select pair.area_id::text as id
    from pair join area_version v on v.area_id = pair.area_id and v.from_edition = pair.was
      join area_version w on w.area_id = pair.area_id and w.from_edition = pair.is
    where st_asbinary(v.geom) = st_asbinary(w.geom)`);
  const ids = rows.map(({ id }) => id);
  const [was, is] = [await findRefs(db, network_id, from, ids), await findRefs(db, network_id, to, ids)];
  return ids
    .map((id) => ({ area: is.get(id)!, was: was.get(id)! }))
    .sort((a, b) => (a.area.code < b.area.code ? -1 : 1));
}

interface LineageRow extends Omit<LineageEntry, "area" | "from"> {
  edition: number;
  area_id: string | null;
  from_id: string | null;
  is_seen: boolean;
}

/** Rows of the lineage that fit, with what the areas are called on either side; newest first. */
export async function findLineage(
  db: Queries,
  network_id: number,
  which: Sql,
  viewer: Viewer,
): Promise<(LineageEntry & { edition: number })[]> {
  const { granted, sees } = sightOf(viewer);
  const seen = sql`exists (select 1 from area_version v where v.area_id = coalesce(r.area_id, r.from_area_id)
    and v.network_id = r.network_id and ${sees(sql`v.at`)})`;
  const rows = await db.query(sql<LineageRow>`
    with recursive granted as materialized (${granted})
    select r.edition, r.kind, r.area_id::text as area_id, r.from_area_id::text as from_id, r.share_of_from, r.share_of_area,
      r.households, ${seen} as is_seen
    from area_lineage r where r.network_id = ${network_id} and ${which}
    order by r.edition desc, r.share_of_from desc nulls last, r.area_id, r.from_area_id`);
  const refs = new Map<number, Map<string, AreaRef>>();
  for (const edition of new Set(rows.map((row) => row.edition))) {
    const here = rows.filter((row) => row.edition === edition);
    const idsOf = (key: "area_id" | "from_id") => [...new Set(here.map((row) => row[key]))].filter((id) => id !== null);
    refs.set(edition, await findRefs(db, network_id, edition, idsOf("area_id")));
    // what another row already asked of the edition before is asked again: its names may be others
    refs.set(-edition, await findRefs(db, network_id, edition - 1, idsOf("from_id")));
  }
  return rows.map(({ area_id, from_id, is_seen, households, ...row }) => ({
    ...row,
    area: area_id === null ? null : (refs.get(row.edition)!.get(area_id) ?? null),
    from: from_id === null ? null : (refs.get(-row.edition)!.get(from_id) ?? null),
    households: is_seen ? households : null,
  }));
}
