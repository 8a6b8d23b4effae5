import { aroundLine, boxIfAny } from "../measure/box.ts";
import type { Bbox } from "../schema/geometry.ts";
import type { PlanOperation } from "../schema/plan_operation.ts";
import type { Applied, Refusal } from "./draft.ts";
import { type DraftState, isUncovered, type Key, polygonsOf } from "./draft_state.ts";
import { boxWithEdges, nodeAt, openPatchAround, pointFor } from "./find_node.ts";
import { isFixed, layPath, placeOf } from "./lay_border.ts";
import { openPatch, type Patch, stretchKey } from "./patch.ts";
import { refuse } from "./shift_ground.ts";

type Reshape = Extract<PlanOperation, { op: "reshape" }>;

/**
 * Lays the border anew between two of its vertices.
 *
 *     ──●───────●──            ──●╮     ╭●──
 *                       →         ╰─────╯
 *
 * Both vertices lie on the border between the same two areas. On a closed border there are two ways from one to the
 * other: the one by which less ground changes hands is tried first.
 */
export function reshape(state: DraftState, { path }: Reshape): Applied | Refusal {
  const [start, end] = [path[0]!, path.at(-1)!];
  const small = openPatchAround(state, [start, end]);
  if (nodeAt(small, start) < 0) return refuse("no_vertex", start);
  if (nodeAt(small, end) < 0) return refuse("no_vertex", end);
  const patch = openPatch(state, [boxOfBorders(small, nodeAt(small, start), boxWithEdges(state, path))]);
  const line: number[] = [];
  for (const position of path) {
    const node = patch.nodeOf(pointFor(patch, position));
    if (line.at(-1) !== node) line.push(node);
  }
  const seen = new Set<number>();
  const twice = line.find((node) => seen.has(node) || !seen.add(node));
  if (twice !== undefined) return refuse("crosses_itself", placeOf(patch, twice));
  if (line.length < 2) return refuse("nothing_changes", start);
  const borders = findBorders(patch, line[0]!, line.at(-1)!);
  if (borders.length === 0) return refuse("no_border", start);
  let refusal: Refusal | null = null;
  for (const border of borders.sort((a, b) => sweptBy(patch, a, line) - sweptBy(patch, b, line))) {
    const fixed = border.findIndex((node, i) => i > 0 && isFixed(patch, border[i - 1]!, node));
    if (fixed > 0) {
      refusal ??= refuse("border_of_parent", placeOf(patch, border[fixed]!), [state.top ?? ""]);
      continue;
    }
    if (border.length === line.length && border.every((node, i) => node === line[i]))
      return refuse("nothing_changes", start);
    const outcome = layPath(state, patch, { path: border, between: line.slice(1, -1) });
    if (outcome.ok) return outcome;
    refusal ??= outcome;
  }
  return refusal!;
}

/** A border between two areas lies in the boxes of both. */
function boxOfBorders(patch: Patch, node: number, from: Bbox): Bbox {
  let box = from;
  for (const [left, right] of pairsAt(patch, node)) {
    const boxes = [left, right].flatMap((key) =>
      key === undefined ? [] : (boxIfAny(polygonsOf(patch.state, key)) ?? []),
    );
    const [w1, s1, e1, n1, w2, s2, e2, n2] = boxes as number[];
    if (w1 === undefined) continue;
    const shared: Bbox = [
      Math.max(w1, w2 ?? w1),
      Math.max(s1!, s2 ?? s1!),
      Math.min(e1!, e2 ?? e1!),
      Math.min(n1!, n2 ?? n1!),
    ];
    box = aroundLine(shared, box);
  }
  return box;
}

function pairsAt(patch: Patch, node: number): [Key | undefined, Key | undefined][] {
  return [...(leaving(patch).get(node) ?? [])].map((to) => sidesOf(patch, node, to));
}

function sidesOf({ owners }: Patch, from: number, to: number): [Key | undefined, Key | undefined] {
  return [owners.get(stretchKey(from, to)), owners.get(stretchKey(to, from))];
}

function leaving(patch: Patch): Map<number, Set<number>> {
  const ends = new Map<number, Set<number>>();
  const add = (from: number, to: number) => {
    const known = ends.get(from);
    if (known) known.add(to);
    else ends.set(from, new Set([to]));
  };
  for (const key of patch.owners.keys()) {
    const [from, to] = [Math.floor(key / 2 ** 26), key % 2 ** 26];
    add(from, to);
    add(to, from);
  }
  return ends;
}

/** Every way from one node to another, through nodes where nothing else meets, along which the same two keys lie to the left and to the right. */
function findBorders(patch: Patch, from: number, to: number): number[][] {
  const ends = leaving(patch);
  const borders: number[][] = [];
  for (const first of ends.get(from) ?? []) {
    const [left, right] = sidesOf(patch, from, first);
    const border = [from, first];
    const seen = new Set(border);
    while (border.at(-1) !== to) {
      const here = border.at(-1)!;
      const next = [...ends.get(here)!].find((end) => !seen.has(end));
      // where more borders meet, or the same one comes back to a point, something would come apart
      if (next === undefined || ends.get(here)!.size !== 2) break;
      const sides = sidesOf(patch, here, next);
      if (sides[0] !== left || sides[1] !== right) break;
      seen.add(next);
      border.push(next);
    }
    const isBorder = left !== right && !(left === undefined && right !== undefined && isUncovered(right));
    if (border.at(-1) === to && isBorder) borders.push(border);
  }
  return borders;
}

/** Square units between a border and the line that is to replace it. */
function sweptBy({ points }: Patch, border: readonly number[], line: readonly number[]): number {
  const polygon = [...border, ...line.slice(1, -1).reverse()];
  const [x0, y0] = [points.lonOf(polygon[0]!), points.latOf(polygon[0]!)];
  let sum = 0;
  for (let i = 0; i < polygon.length; i++) {
    const [a, b] = [polygon[i]!, polygon[(i + 1) % polygon.length]!];
    sum += (points.lonOf(a) - x0) * (points.latOf(b) - y0) - (points.lonOf(b) - x0) * (points.latOf(a) - y0);
  }
  return Math.abs(sum);
}
