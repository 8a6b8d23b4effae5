import type { CoverageArea } from "../../data/coverage/fault.ts";
import type { Ring } from "../../data/schema/geometry.ts";

const side = 1e-4; // degrees, of the squares

export function square(column: number, row: number, detail = 1): Ring {
  const ring: Ring = [];
  const corners = [0, 0, 1, 0, 1, 1, 0, 1, 0, 0];
  for (let i = 0; i < 8; i += 2) {
    for (let step = 0; step < detail; step++) {
      const share = step / detail;
      ring.push(
        126 + side * (column + corners[i]! + share * (corners[i + 2]! - corners[i]!)),
        45 + side * (row + corners[i + 1]! + share * (corners[i + 3]! - corners[i + 1]!)),
      );
    }
  }
  return [...ring, ring[0]!, ring[1]!].map((degrees) => Math.round(degrees * 1e9) / 1e9);
}

/** count × count squares side by side, each side in `detail` edges. */
export function squares(count: number, detail = 1): CoverageArea[] {
  return Array.from({ length: count * count }, (_, i) => ({
    id: String(i),
    polygons: [[square(i % count, Math.floor(i / count), detail)]],
  }));
}

/** A star of `points` over count × count squares. */
export function star(count: number, points: number): CoverageArea {
  const middle = (count * side) / 2;
  const ring = Array.from({ length: 2 * points }, (_, i) => {
    const reach = middle * (i % 2 === 0 ? 0.95 : 0.4);
    const angle = (i * Math.PI) / points;
    return [126 + middle + reach * Math.cos(angle), 45 + middle + reach * Math.sin(angle)];
  }).flat();
  return { id: "star", polygons: [[[...ring, ring[0]!, ring[1]!]]] };
}

/** Triangles that meet in one point. */
export function fan(count: number): CoverageArea[] {
  const rim = (i: number) => [
    126 + 0.01 * Math.cos((i * Math.PI) / count),
    45 + 0.01 * Math.sin((i * Math.PI) / count),
  ];
  return Array.from({ length: count }, (_, i) => ({
    id: String(i),
    polygons: [[[126, 45, ...rim(2 * i), ...rim(2 * i + 1), 126, 45]]],
  }));
}

/** Squares each a little beside the one before: n² places. */
export function heap(count: number): CoverageArea[] {
  return Array.from({ length: count }, (_, i) => ({
    id: String(i),
    polygons: [[square(0, 0).map((degrees, at) => degrees + i * (at % 2 === 0 ? 1e-8 : 7e-9))]],
  }));
}
