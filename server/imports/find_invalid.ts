import type { MultiPolygon, Position } from "../../data/schema/geometry.ts";
import type { Refusal } from "../../data/exchange/read_geojson.ts";
import type { Db } from "../db/db.ts";
import { sql } from "../db/sql.ts";
import { multiPolygonHex } from "../loading/ewkb.ts";

type PolygonFeature = { row: number; id: string | null; geometry: { polygons: MultiPolygon } };

const validityTimeout = 600_000; // ms for a city's polygons

/**
 * Parts features into valid polygons and refusals with PostGIS's reason and place: rings that cross or touch
 * themselves, holes outside, and the like. Nothing is repaired.
 */
export async function partInvalid<F extends PolygonFeature>(
  db: Db,
  features: readonly F[],
): Promise<{ valid: F[]; refused: Refusal[] }> {
  const found = await db.transaction(
    async (tx) => {
      await tx.execute(
        "create temporary table read_polygon (place int, geom geometry(MultiPolygon, 4490)) on commit drop",
      );
      const rows = features.map((feature, place) => [place, multiPolygonHex(feature.geometry.polygons)]);
      await tx.copyIn("read_polygon", ["place", "geom"], rows);
      return tx.query(sql<{ place: number; reason: string | null; lon: number | null; lat: number | null }>`
        select place, (found).reason as reason, st_x((found).location) as lon, st_y((found).location) as lat
        from (select place, st_isvaliddetail(geom) as found from read_polygon) checked
        where (found).valid is not true`);
    },
    { timeout_ms: validityTimeout },
  );
  const refusals = new Map<number, Refusal>();
  for (const { place, reason, lon, lat } of found) {
    const { row, id } = features[place]!;
    const at: { at: Position } | object = lon === null || lat === null ? {} : { at: [lon, lat] };
    refusals.set(place, { row, id, kind: "invalid_geometry", reason: wordsOf(reason), ...at });
  }
  return { valid: features.filter((_, place) => !refusals.has(place)), refused: [...refusals.values()] };
}

/** GEOS's reasons in Chinese; one that we do not know stands as it is. */
function wordsOf(reason: string | null): string {
  const known: Record<string, string> = {
    "Self-intersection": "边界自相交",
    "Ring Self-intersection": "环与自己相接",
    "Hole lies outside shell": "内环在外环之外",
    "Holes are nested": "内环互相嵌套",
    "Interior is disconnected": "内部不连通",
    "Nested shells": "外环互相嵌套",
    "Duplicate Rings": "环重复",
    "Too few points in geometry component": "环的点太少",
  };
  return reason === null ? "几何无法检查" : (known[reason] ?? reason);
}
