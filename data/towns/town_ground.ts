import { metresPerDegree } from "../measure/ellipsoid.ts";
import type { GroundKind, GroundRow } from "../schema/city_rows.ts";
import type { Line, Polygon } from "../schema/geometry.ts";
import { notUsed, numberTag, tag, type ShapeFeature, type TownRefusal } from "./town_files.ts";

/** Metres from bank to bank where nobody says. */
const widths: Record<string, number> = { river: 18, canal: 10, stream: 4, ditch: 2, drain: 2 };

/** `key=value` → our kind of ground. */
const kinds: Record<string, GroundKind> = {
  "leisure=park": "park",
  "leisure=garden": "park",
  "leisure=playground": "green",
  "leisure=pitch": "pitch",
  "leisure=track": "track",
  "landuse=grass": "green",
  "landuse=cemetery": "green",
  "landuse=recreation_ground": "green",
  "landuse=village_green": "green",
  "landuse=meadow": "green",
  "natural=grassland": "green",
  "natural=scrub": "green",
  "landuse=farmland": "field",
  "landuse=orchard": "orchard",
  "landuse=vineyard": "orchard",
  "landuse=forest": "forest",
  "natural=wood": "forest",
  "natural=water": "water",
  "landuse=reservoir": "water",
  "waterway=riverbank": "water",
  "barrier=wall": "wall",
  "barrier=city_wall": "wall",
};

export interface GroundLaid {
  ground: GroundRow[];
  refused: TownRefusal[];
}

/** Water as surfaces (lines get an assumed width) with a centre line for the name; railways on the surface; land use. */
export function layGround(files: {
  waterways: readonly ShapeFeature[];
  railways: readonly ShapeFeature[];
  ground: readonly ShapeFeature[];
}): GroundLaid {
  const laid: GroundLaid = { ground: [], refused: [] };
  for (const feature of files.ground) layLand(laid, feature);
  for (const feature of files.waterways) layWater(laid, feature);
  for (const feature of files.railways) layRailway(laid, feature);
  return laid;
}

function add(laid: GroundLaid, kind: GroundKind, name: string | null, shape: GroundRow["shape"]): void {
  laid.ground.push({ id: laid.ground.length + 1, kind, name, shape });
}

function layLand(laid: GroundLaid, feature: ShapeFeature): void {
  const keys = ["leisure", "landuse", "natural", "waterway", "barrier"];
  const kind = keys.map((key) => kinds[`${key}=${tag(feature, key)}`]).find((found) => found !== undefined);
  if (kind === undefined) laid.refused.push(notUsed("ground", feature, "没有可用的 leisure、landuse、natural 属性"));
  else add(laid, kind, tag(feature, "name"), feature.geometry);
}

function layWater(laid: GroundLaid, feature: ShapeFeature): void {
  const name = tag(feature, "name");
  if (feature.geometry.type === "MultiPolygon") {
    add(laid, "water", name, feature.geometry);
    return;
  }
  const waterway = tag(feature, "waterway") ?? "";
  const width = numberTag(feature, "width") ?? widths[waterway];
  if (width === undefined) {
    laid.refused.push(notUsed("waterways", feature, `waterway=${waterway || "(缺)"} 不是水面`));
    return;
  }
  add(laid, "water", name, {
    type: "MultiPolygon",
    polygons: feature.geometry.lines.map((line) => ribbon(line, width)),
  });
  add(laid, "river", name, feature.geometry);
}

function layRailway(laid: GroundLaid, feature: ShapeFeature): void {
  const railway = tag(feature, "railway");
  const tracks = ["rail", "light_rail", "narrow_gauge", "tram", "funicular", "monorail", "preserved"];
  if (feature.geometry.type !== "MultiLineString" || !tracks.includes(railway ?? "")) {
    laid.refused.push(notUsed("railways", feature, `railway=${railway ?? "(缺)"} 不是轨道`));
  } else if (tag(feature, "tunnel") === "yes") {
    laid.refused.push(notUsed("railways", feature, "轨道在隧道内，不在地面图上"));
  } else {
    add(laid, "railway", tag(feature, "name"), feature.geometry);
  }
}

/**
 * A line as a strip of the given width in metres. Corners are mitred at most to three half widths; a strip
 * may cross itself in a very sharp bend, which a fill does not show.
 */
function ribbon(line: Line, width: number): Polygon {
  const [east, north] = metresPerDegree(line[1]!);
  const left: [number, number][] = [];
  const right: [number, number][] = [];
  for (let i = 0; i < line.length; i += 2) {
    const before = direction(line, i - 2, [east, north]);
    const after = direction(line, i, [east, north]);
    const [ax, ay] = before ?? after!;
    const [bx, by] = after ?? before!;
    // normal of the bisector, longer where the line turns
    const nx = -(ay + by);
    const ny = ax + bx;
    const size = Math.hypot(nx, ny) || 1;
    const stretch = Math.min(3, 2 / size);
    const dx = ((nx / size) * stretch * width) / 2 / east;
    const dy = ((ny / size) * stretch * width) / 2 / north;
    left.push([line[i]! + dx, line[i + 1]! + dy]);
    right.unshift([line[i]! - dx, line[i + 1]! - dy]);
  }
  return [[...left, ...right, left[0]!].flat()];
}

/** Unit vector in metres from vertex i to the next; null beyond the ends. */
function direction(line: Line, i: number, [east, north]: [number, number]): [number, number] | null {
  if (i < 0 || i + 2 >= line.length) return null;
  const x = (line[i + 2]! - line[i]!) * east;
  const y = (line[i + 3]! - line[i + 1]!) * north;
  const size = Math.hypot(x, y);
  return [x / size, y / size];
}
