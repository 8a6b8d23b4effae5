import type { MultiPolygon, Position } from "../../data/schema/geometry.ts";
import type { CopyValue, Queries } from "../db/db.ts";
import { multiPolygonHex, pointHex } from "./ewkb.ts";

/** How an area is from an edition on. Ids as numbers or text. */
export interface AreaVersionRow {
  area_id: number | string;
  network_id: number | string;
  from_edition: number;
  level_id: number | string;
  parent_id: number | string | null;
  name: string;
  short_name: string;
  kind: "basic" | "special";
  profile_id: number | string | null;
  child_profile_id: number | string | null;
  hue: number;
  polygons: MultiPolygon;
  /** Pole of inaccessibility of the largest piece. */
  at: Position;
  area_m2: number;
  source: string;
}

const columns = [
  "area_id",
  "network_id",
  "from_edition",
  "level_id",
  "parent_id",
  "name",
  "short_name",
  "kind",
  "profile_id",
  "child_profile_id",
  "hue",
  "geom",
  "at",
  "area_m2",
  "piece_count",
  "source",
];

/** Writes versions of areas; parents must come before their children. */
export async function copyAreaVersions(tx: Queries, rows: Iterable<AreaVersionRow>): Promise<void> {
  await tx.copyIn("area_version", columns, valuesOf(rows));
}

function* valuesOf(rows: Iterable<AreaVersionRow>): Generator<CopyValue[]> {
  for (const row of rows) {
    yield [
      row.area_id,
      row.network_id,
      row.from_edition,
      row.level_id,
      row.parent_id,
      row.name,
      row.short_name,
      row.kind,
      row.profile_id,
      row.child_profile_id,
      row.hue,
      multiPolygonHex(row.polygons),
      pointHex(row.at),
      row.area_m2,
      row.polygons.length,
      row.source,
    ];
  }
}
