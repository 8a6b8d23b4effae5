import type { CoverageArea } from "../coverage/fault.ts";
import { findFaults } from "../coverage/find_faults.ts";
import { coverOf } from "../coverage/judge.ts";
import { type AreaTree, surfaceOf } from "./area_tree.ts";
import type { CheckedArea } from "./division.ts";
import type { PlacedFault } from "./findings.ts";

/**
 * Faults of the coverage, parent by parent: the pieces of an inner area must cover it; the tops of a whole network
 * must not overlap nor enclose a hole; special areas that lie over others are checked for overlap only.
 *
 * @param onDone - told how many areas are judged
 */
export function findDivisionFaults(
  tree: AreaTree,
  { top_id, onDone }: { top_id: string | null; onDone?: (areas: number) => void },
): PlacedFault[] {
  // gathered as lists of lists: a hostile file may have more faults than a call can take arguments
  const faults: PlacedFault[][] = [];
  if (top_id === null) faults.push(faultsAmong(null, tree.roots, tree.overOf(null)));
  else faults.push(tree.roots.flatMap(ownFault));
  let done = tree.roots.length;
  onDone?.(done);
  for (const area of tree.areas) {
    const [pieces, over] = [tree.piecesOf(area.id), tree.overOf(area.id)];
    if (pieces.length + over.length === 0) continue;
    faults.push(faultsAmong(area, pieces, over));
    done += pieces.length + over.length;
    onDone?.(done);
  }
  return faults.flat();
}

/**
 * Faults among the children of one area (null: the tops of a whole network).
 *
 * @param pieces - what must cover the parent together; none: the parent is a lowest area, nothing need cover it
 * @param over - what lies over the pieces
 */
function faultsAmong(
  parent: CheckedArea | null,
  pieces: readonly CheckedArea[],
  over: readonly CheckedArea[] = [],
): PlacedFault[] {
  const parent_id = parent?.id ?? null;
  const covering = pieces.length > 0 ? findFaults(pieces.map(toCover), parent ? surfaceOf(parent) : undefined) : [];
  const lying = over.length > 0 ? findFaults(over.map(toCover)) : [];
  const among = lying.filter(({ kind }) => kind === "overlap" || kind === "invalid_geometry");
  return [...covering, ...among].map((fault) => ({ fault, parent_id }));
}

/** The top has no parent whose faults would name it: its own geometry may be wrong all the same. */
function ownFault(area: CheckedArea): PlacedFault[] {
  const { fault } = coverOf(toCover(area));
  return fault ? [{ fault, parent_id: null }] : [];
}

function toCover({ id, polygons }: CheckedArea): CoverageArea {
  return { id, polygons };
}
