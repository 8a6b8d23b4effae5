import { ShapeCollector } from "../../tiles/shape_columns.ts";
import { RegionShape } from "../../tiles/scope/region_shape.ts";
import type { Queries } from "../db/db.ts";
import { sql } from "../db/sql.ts";
import { readWkb } from "./read_wkb.ts";

/** A shape or a set of holders under a name that another one never has. */
export interface Named<T> {
  name: string;
  value: T;
}

export interface ScopeRepository {
  /** Polygons of the areas that are in force on the day; areas that are not are absent. */
  shapes: (area_ids: readonly string[], day: string) => Promise<Map<string, Named<RegionShape>>>;
  /** Each organisation with all below it. */
  holders: (organisation_ids: readonly string[]) => Promise<Map<string, Named<ReadonlySet<number>>>>;
}

export function scopeRepository(db: Queries): ScopeRepository {
  return {
    async shapes(area_ids, day) {
      const rows = await db.query(sql<{ id: string; hash: string; wkb: Uint8Array }>`
        select v.area_id::text as id, left(md5(st_asbinary(v.geom)), 10) as hash, st_asbinary(v.geom) as wkb
        from area_version v join edition e on e.network_id = v.network_id
        where v.area_id = any(${area_ids}::bigint[]) and e.from_day <= ${day}::date and (e.to_day is null or e.to_day > ${day}::date)
          and v.from_edition <= e.number and (v.to_edition is null or v.to_edition > e.number)`);
      return new Map(rows.map(({ id, hash, wkb }) => [id, { name: hash, value: shapeOf(wkb) }]));
    },
    async holders(organisation_ids) {
      const rows = await db.query(sql<{ root: string; hash: string; ids: number[] }>`
        with recursive below as (
          select id as root, id from organisation where id = any(${organisation_ids}::bigint[])
          union
          select below.root, o.id from below join organisation o on o.parent_id = below.id)
        select root::text as root, left(md5(string_agg(id::text, ',' order by id)), 10) as hash,
          json_agg(id order by id) as ids
        from below group by root`);
      return new Map(rows.map(({ root, hash, ids }) => [root, { name: hash, value: new Set(ids) }]));
    },
  };
}

function shapeOf(wkb: Uint8Array): RegionShape {
  const shapes = new ShapeCollector();
  readWkb(wkb, shapes);
  return new RegionShape(shapes.finish(), 0);
}
