import { aroundLine, widened } from "../measure/box.ts";
import type { Bbox, Position } from "../schema/geometry.ts";
import { type DraftState, keysNear, polygonsOf } from "./draft_state.ts";
import { openPatch, type Patch, weldReach } from "./patch.ts";
import { unitsPerDegree, visitEdgesNear } from "./ring_facts.ts";

/** The node at a position; −1 if there is none. */
export function nodeAt(patch: Patch, [lon, lat]: Position): number {
  const point = patch.points.find(Math.round(lon * unitsPerDegree), Math.round(lat * unitsPerDegree));
  if (point < 0) return -1;
  const node = patch.nodeOf(point);
  for (const key of patch.owners.keys()) if (Math.floor(key / 2 ** 26) === node || key % 2 ** 26 === node) return node;
  return -1;
}

/** A point of the patch for a position that may be new. */
export function pointFor(patch: Patch, [lon, lat]: Position): number {
  return patch.points.add(Math.round(lon * unitsPerDegree), Math.round(lat * unitsPerDegree));
}

/** The box around positions and every edge that comes to one of them. */
export function boxWithEdges(state: DraftState, positions: readonly Position[]): Bbox {
  let box = aroundLine(positions.flat());
  for (const [lon, lat] of positions) {
    const near = widened([lon, lat, lon, lat], 2 * weldReach);
    for (const key of keysNear(state, near)) {
      for (const polygon of polygonsOf(state, key)) {
        for (const ring of polygon) {
          visitEdgesNear(ring, near, (edge) => {
            box = aroundLine(ring.slice(2 * edge, 2 * edge + 4), box);
          });
        }
      }
    }
  }
  return box;
}

export function openPatchAround(state: DraftState, positions: readonly Position[]): Patch {
  return openPatch(state, [boxWithEdges(state, positions)]);
}
