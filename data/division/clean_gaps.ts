import { findFaults } from "../coverage/find_faults.ts";
import { boxOf } from "../measure/box.ts";
import { isInRing } from "../measure/in_ring.ts";
import { poleOf } from "../measure/pole.ts";
import type { MultiPolygon, Polygon, Position } from "../schema/geometry.ts";
import { type DraftState, type Key, keysNear, parentOf, parentOfUncovered, polygonsOf } from "./draft_state.ts";
import { openPatch, type Patch } from "./patch.ts";
import { fresh, weaveRing, writeRing } from "./weave.ts";

/**
 * Uncovered ground without its tails. Where neighbours do not match to the vertex, the hair between them is open to the
 * gap at its end, and the checker, which is exact, counts it to the gap:
 *
 *        A                       A
 *     ───────┐             ───────┐
 *     ═══════│ gap    →    ───────│ gap     as the areas are drawn, A and B have one border there, and no gap
 *     ───────┘             ───────┘
 *        B                       B
 *
 * @param state - the areas, without uncovered ground
 * @param gaps - uncovered ground by its key, as the checker found it
 */
export function cleanGaps(state: DraftState, gaps: ReadonlyMap<Key, MultiPolygon>): Map<Key, MultiPolygon> {
  const clean = new Map<Key, MultiPolygon>();
  for (const [key, polygons] of gaps) {
    const pieces = polygons.flatMap((piece) => cleanPiece(state, parentOfUncovered(key), piece));
    if (pieces.length > 0) clean.set(key, pieces);
  }
  return clean;
}

function cleanPiece(state: DraftState, parent: string | null, piece: Polygon): MultiPolygon {
  const box = boxOf([piece]);
  const patch = openPatch(state, [box]);
  const near = keysNear(state, box).filter((id) => id !== parent && parentOf(state, id) === parent);
  let isLoose = false;
  const weld = (key: Key): MultiPolygon => {
    const before = polygonsOf(state, key);
    const after = welded(patch, before);
    isLoose ||= after !== before;
    return after;
  };
  const areas = near.map((id) => ({ id, polygons: weld(id) }));
  const container = parent === null ? undefined : weld(parent);
  if (!isLoose) return [piece];
  const at = poleOf([piece]);
  const found = findFaults(areas, container).filter(
    (fault) =>
      fault.kind === "gap" && (holds(piece, fault.at!) || fault.polygons.some((polygon) => holds(polygon, at))),
  );
  return found.length > 0 ? found.flatMap(({ polygons }) => polygons) : [piece];
}

/** Polygons with every node of theirs where it is seen in the patch; the same object if nothing moves. */
function welded(patch: Patch, polygons: MultiPolygon): MultiPolygon {
  let isSame = true;
  const now = polygons.map((polygon) =>
    polygon.map((ring, i) => {
      const { knots, forward } = weaveRing(patch, ring, i > 0);
      if (knots.every(({ own, node }) => own === node)) return ring;
      isSame = false;
      const nodes = knots.map((knot) => ({ ...knot, own: fresh }));
      return writeRing(patch, nodes, new Set(), forward);
    }),
  );
  return isSame ? polygons : now;
}

function holds(polygon: Polygon, [x, y]: Position): boolean {
  return polygon.filter((ring) => isInRing(ring, x, y)).length === 1;
}
