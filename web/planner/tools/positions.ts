import { metresPerDegree } from "../../../data/measure/ellipsoid.ts";
import type { Line, MultiPolygon, Position } from "../../../data/schema/geometry.ts";
import { rounded } from "./find_snap.ts";

export function positionsOf(line: Line): Position[] {
  const positions: Position[] = [];
  for (let i = 0; i < line.length; i += 2) positions.push([line[i]!, line[i + 1]!]);
  return positions;
}

export function isSame(a: Position, b: Position): boolean {
  return a[0] === b[0] && a[1] === b[1];
}

/** A position so many metres east and north of another. */
export function movedBy([lon, lat]: Position, east: number, north: number): Position {
  const [perLon, perLat] = metresPerDegree(lat);
  return rounded([lon + east / perLon, lat + north / perLat]);
}

/** As operations want places: rings of positions. */
export function placeOf(polygons: MultiPolygon): Position[][][] {
  return polygons.map((rings) => rings.map(positionsOf));
}

/** The convex hull, counter-clockwise and closed (Andrew 1979). */
export function hullOf(positions: readonly Position[]): Position[] {
  const sorted = [...positions].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const half = (points: readonly Position[]): Position[] => {
    const chain: Position[] = [];
    for (const point of points) {
      while (chain.length > 1 && turn(chain.at(-2)!, chain.at(-1)!, point) <= 0) chain.pop();
      chain.push(point);
    }
    return chain;
  };
  const hull = [...half(sorted).slice(0, -1), ...half(sorted.reverse()).slice(0, -1)];
  return [...hull, hull[0]!];
}

function turn(a: Position, b: Position, c: Position): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}
