import Flatbush from "flatbush";
import { distanceBetween } from "../measure/distance.ts";
import type { MultiPolygon } from "../schema/geometry.ts";
import { type HalfEdges, layOutRings, unitsPerDegree } from "./half_edges.ts";

/** Metres (geodesic) of the border of a place. Owners are indexes of the areas given. */
export interface SharedBorders {
  perimeter: number;
  /** Where an area lies on the other side: of a gap, the border with its neighbours. */
  against: Map<number, number>;
  /** Where the border is an area's own, with the place inside it. */
  along: Map<number, number>;
}

/** Units (0.1 mm): how far noding may have bent a piece away from the edge that it was cut from. */
const bend = 2;

/**
 * Indexes the edges of areas once; the answer measures the border that a place has with each. A place's border consists
 * of pieces of the areas' edges, so a piece either lies on an edge whole or not at all. On which side the area lies is
 * told by the direction in which its edge runs, so both sides of a needle stay apart.
 *
 * @param areas - closed rings in degrees
 * @returns of a place as `Fault.polygons` gives it
 */
export function indexBorders(areas: readonly MultiPolygon[]): (place: MultiPolygon) => SharedBorders {
  const laid = layOutRings(areas);
  const { starts, owners } = edgesOf(laid);
  const { xs, ys } = laid;
  const index = starts.length === 0 ? null : new Flatbush(starts.length);
  for (const i of starts) {
    index?.add(
      Math.min(xs[i]!, xs[i + 1]!),
      Math.min(ys[i]!, ys[i + 1]!),
      Math.max(xs[i]!, xs[i + 1]!),
      Math.max(ys[i]!, ys[i + 1]!),
    );
  }
  index?.finish();
  return (place) => {
    const borders: SharedBorders = { perimeter: 0, against: new Map(), along: new Map() };
    const outline = layOutRings([place]);
    for (const i of edgesOf(outline).starts) {
      const [px, py, qx, qy] = [outline.xs[i]!, outline.ys[i]!, outline.xs[i + 1]!, outline.ys[i + 1]!];
      const metres = distanceBetween(
        [px / unitsPerDegree, py / unitsPerDegree],
        [qx / unitsPerDegree, qy / unitsPerDegree],
      );
      borders.perimeter += metres;
      const [against, along] = [new Set<number>(), new Set<number>()];
      const [west, south, east, north] = [Math.min(px, qx), Math.min(py, qy), Math.max(px, qx), Math.max(py, qy)];
      index?.search(west - bend, south - bend, east + bend, north + bend, (edge) => {
        const side = liesOn(xs, ys, starts[edge]!, px, py, qx, qy);
        if (side !== 0) (side > 0 ? along : against).add(owners[edge]!);
        return false;
      });
      for (const owner of against) borders.against.set(owner, (borders.against.get(owner) ?? 0) + metres);
      for (const owner of along) borders.along.set(owner, (borders.along.get(owner) ?? 0) + metres);
    }
    return borders;
  };
}

/** First points of all edges, and whose they are. */
function edgesOf({ ringStart, ringOwner }: HalfEdges): { starts: number[]; owners: number[] } {
  const starts: number[] = [];
  const owners: number[] = [];
  for (let ring = 0; ring < ringOwner.length; ring++) {
    for (let i = ringStart[ring]!; i + 1 < ringStart[ring + 1]!; i++) {
      starts.push(i);
      owners.push(ringOwner[ring]!);
    }
  }
  return { starts, owners };
}

/** Whether the piece p–q lies on edge i: > 0 the same way, < 0 the other way, 0 not. */
function liesOn(xs: Float64Array, ys: Float64Array, i: number, px: number, py: number, qx: number, qy: number): number {
  const [ax, ay] = [xs[i]!, ys[i]!];
  const [dx, dy] = [xs[i + 1]! - ax, ys[i + 1]! - ay];
  const length = Math.hypot(dx, dy);
  const reach = bend * length;
  if (Math.abs(dx * (py - ay) - dy * (px - ax)) > reach || Math.abs(dx * (qy - ay) - dy * (qx - ax)) > reach) return 0;
  const p = dx * (px - ax) + dy * (py - ay);
  const q = dx * (qx - ax) + dy * (qy - ay);
  const far = length * length + reach;
  return p < -reach || q < -reach || p > far || q > far ? 0 : q - p;
}
