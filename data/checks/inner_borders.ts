import type { Arc } from "../division/arcs.ts";
import type { AreaTree } from "./area_tree.ts";
import { type BorderLength, borderOnRoads } from "./border_on_roads.ts";
import type { CheckedArea } from "./division.ts";
import type { RoadIndex } from "./road_index.ts";

export interface InnerBorders {
  /** Border that the area has with areas of the same parent. */
  of(area: CheckedArea): BorderLength;
  /** Of all lowest areas together, each border once. */
  lowest: BorderLength;
}

/**
 * Measures inner borders, those between areas of the same parent, at all levels in one walk over the borders of the
 * lowest areas: a border belongs to the two areas that lie on either side just below the parent of both.
 *
 *     parent ─┬─ A ──── A            the border of A with B2 is one of A with B,
 *             └─ B ─┬── B1           since A and B have the same parent;
 *                   └── B2           for B2 it is no inner border
 *
 * @param arcs - borders of `tree.lowest`; face n is its area n − 1
 */
export function measureInnerBorders(tree: AreaTree, arcs: readonly Arc[], roads: RoadIndex): InnerBorders {
  const lengths = new Map<CheckedArea, BorderLength>();
  const lowest = { length_m: 0, on_roads_m: 0 };
  const depths = depthsOf(tree);
  for (const { left, right, line } of arcs) {
    if (left === 0 || right === 0) continue;
    const [a, b] = [tree.lowest[left - 1]!, tree.lowest[right - 1]!];
    const siblings = siblingsAbove(tree, depths, a, b);
    if (!siblings) continue;
    const border = borderOnRoads(line, roads);
    for (const area of siblings) addTo(lengthOf(lengths, area), border);
    if (siblings[0] === a || siblings[1] === b) addTo(lowest, border);
  }
  return { of: (area) => lengths.get(area) ?? { length_m: 0, on_roads_m: 0 }, lowest };
}

/** Share of border on roads, 0…1; null where there is none to speak of. */
export function shareOnRoads({ length_m, on_roads_m }: BorderLength): number | null {
  return length_m > 0 ? Math.min(1, on_roads_m / length_m) : null;
}

function lengthOf(lengths: Map<CheckedArea, BorderLength>, area: CheckedArea): BorderLength {
  const known = lengths.get(area);
  if (known) return known;
  const length = { length_m: 0, on_roads_m: 0 };
  lengths.set(area, length);
  return length;
}

function addTo(sum: BorderLength, { length_m, on_roads_m }: BorderLength): void {
  sum.length_m += length_m;
  sum.on_roads_m += on_roads_m;
}

function depthsOf(tree: AreaTree): Map<CheckedArea, number> {
  const depths = new Map<CheckedArea, number>();
  for (const area of tree.areas) {
    const parent = tree.parentOf(area);
    depths.set(area, parent ? depths.get(parent)! + 1 : 0);
  }
  return depths;
}

/** Null: they have no parent in common but the network itself, and then the tops beside each other. */
function siblingsAbove(
  tree: AreaTree,
  depths: Map<CheckedArea, number>,
  a: CheckedArea,
  b: CheckedArea,
): [CheckedArea, CheckedArea] | null {
  let [one, two]: [CheckedArea | null, CheckedArea | null] = [a, b];
  for (;;) {
    if (one === null || two === null || one === two) return null;
    const [above, beside]: [CheckedArea | null, CheckedArea | null] = [tree.parentOf(one), tree.parentOf(two)];
    if (above === beside) return [one, two];
    const [depth, other]: [number, number] = [depths.get(one)!, depths.get(two)!];
    if (depth >= other) one = above;
    if (other >= depth) two = beside;
  }
}
