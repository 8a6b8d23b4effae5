import type { Bbox, MultiPolygon } from "../schema/geometry.ts";

/** The box of the outer rings; the wrong way round, and infinite, where there are none. */
export function boxOf(polygons: MultiPolygon): Bbox {
  return boxOfLines(polygons.map(([exterior]) => exterior ?? []));
}

/** The box of all positions [x, y, x, y, …]; the wrong way round, and infinite, where there are none. */
export function boxOfLines(lines: readonly (readonly number[])[]): Bbox {
  let box: Bbox | null = null;
  for (const line of lines) box = aroundLine(line, box);
  return box ?? aroundLine([]);
}

/** The box around a line, and around another box if there is one. */
export function aroundLine(line: readonly number[], other: Bbox | null = null): Bbox {
  let [west, south, east, north] = other ?? [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < line.length; i += 2) {
    const [x, y] = [line[i]!, line[i + 1]!];
    if (x < west) west = x;
    if (x > east) east = x;
    if (y < south) south = y;
    if (y > north) north = y;
  }
  return [west, south, east, north];
}

/** The smallest box round both. */
export function joinBoxes(a: Bbox, b: Bbox | null): Bbox {
  if (!b) return a;
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}

/** The box of the outer rings; null where there are none. */
export function boxIfAny(polygons: MultiPolygon): Bbox | null {
  const box = boxOf(polygons);
  return box[0] <= box[2] ? box : null;
}

export function widened([west, south, east, north]: Bbox, by: number): Bbox {
  return [west - by, south - by, east + by, north + by];
}

/** Touching counts. */
export function boxesMeet(a: Bbox, b: Bbox): boolean {
  return a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1];
}
