import type { FeatureLayer } from "../../tiles/rows.ts";
import { type Sql, sql } from "../db/sql.ts";

/**
 * Every column besides these is a tile attribute of that name. `lon`, `lat`: the point that decides where the feature
 * belongs, if it is not its shape; `holder`: the organisation that holds it.
 */
export interface FeatureRow {
  id: number;
  wkb: Uint8Array;
  lon?: number;
  lat?: number;
  holder?: number | null;
  [attribute: string]: string | number | null | undefined | Uint8Array;
}

/**
 * Pipe nodes share a layer with components; their ids there are 2^40 + their own, so that the two never meet
 * (data/schema/tile_attributes.ts).
 */
const pipeNodeIds = 1_099_511_627_776;

/** The rows of a layer as tiles carry them, by id; all of them, or those with the given tile ids. */
export function featureStatement(layer: FeatureLayer, only?: readonly number[]): Sql<FeatureRow> {
  return statements[layer](only === undefined ? sql`true` : sql`id = any(${only}::bigint[])`, only);
}

type Statement = (those: Sql, only: readonly number[] | undefined) => Sql<FeatureRow>;

const statements: Record<FeatureLayer, Statement> = {
  buildings: (those) => sql<FeatureRow>`
    select id, st_asbinary(geom) as wkb, use, floors, nullif(name, '') as name, nullif(number, '') as number,
      households, structure, estimated::int as estimated, st_x(at) as lon, st_y(at) as lat
    from building where ${those} order by id`,
  roads: (those) => sql<FeatureRow>`
    select id, st_asbinary(geom) as wkb, class, name from road where ${those} order by id`,
  ground: (those) => sql<FeatureRow>`
    select id, st_asbinary(shape) as wkb, kind, name from ground where ${those} order by id`,
  estates: (those) => sql<FeatureRow>`
    select id, st_asbinary(geom) as wkb, name, managed from estate where ${those} order by id`,
  facilities: (those) => sql<FeatureRow>`
    select id, st_asbinary(at) as wkb, kind, name from facility where ${those} order by id`,
  legal_entities: (those) => sql<FeatureRow>`
    select id, st_asbinary(at) as wkb, kind, short_name as name, key_trade::int as key_trade
    from legal_entity where ${those} order by id`,
  pipes: (those) => sql<FeatureRow>`
    select id, st_asbinary(geom) as wkb, kind, code, diameter_mm, section, material, status, owner_id as holder
    from pipe where ${those} order by id`,
  components: (_, only) => componentStatement(only),
  key_units: (those) => sql<FeatureRow>`
    select id, st_asbinary(at) as wkb, level, category, short_name as name, organisation_id as holder
    from key_unit where ${those} order by id`,
  small_places: (those) => sql<FeatureRow>`
    select id, st_asbinary(at) as wkb, kind, name, three_in_one::int as three_in_one
    from small_place where ${those} order by id`,
};

/** Tees and pipe ends are nothing one can see. */
function componentStatement(only: readonly number[] | undefined): Sql<FeatureRow> {
  const components = only === undefined ? sql`true` : sql`id = any(${only}::bigint[])`;
  const ownIds = only?.filter((id) => id > pipeNodeIds).map((id) => id - pipeNodeIds);
  const nodes = ownIds === undefined ? sql`true` : sql`id = any(${ownIds}::bigint[])`;
  return sql<FeatureRow>`
    select id, st_asbinary(at) as wkb, kind, code, status, null::text as pipe_kind, diameter_mm
    from component where ${components}
    union all
    select ${pipeNodeIds}::bigint + id, st_asbinary(at), kind, code, status, pipe_kind, null
    from pipe_node where kind in ('valve', 'manhole', 'source') and ${nodes}
    order by id`;
}
