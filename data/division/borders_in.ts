import { aroundLine, boxesMeet, widened } from "../measure/box.ts";
import type { Bbox } from "../schema/geometry.ts";
import type { BorderArc } from "./draft.ts";
import type { DraftState, Key } from "./draft_state.ts";
import { boxesOf, groundNear } from "./ground_near.ts";
import type { Layers } from "./layers.ts";
import { areaBeside, openPatch, type Patch, positionOf, stretchKey, weldReach } from "./patch.ts";

/** Borders of all layers, those of the ground first. */
export function bordersIn({ states }: Layers, boxes: readonly Bbox[]): BorderArc[] {
  return states.flatMap((state, depth) => bordersOfLayer(state, boxes, depth > 0));
}

/**
 * Every border whose box meets one of some boxes, from node to node or round an enclave, once. A border comes with the
 * same line whatever boxes it was asked for with.
 */
function bordersOfLayer(state: DraftState, boxes: readonly Bbox[], isOver: boolean): BorderArc[] {
  const ground = new Set(boxes.flatMap((box) => groundNear(state, box)));
  // an arc lies in the box of a piece of ground beside it; pieces of the same ground may lie far away
  const pieces = boxesOf(state, [...ground]).filter((piece) =>
    boxes.some((box) => boxesMeet(widened(piece, weldReach), box)),
  );
  const patch = openPatch(state, pieces);
  const ends = endsOf(patch);
  const used = new Set<number>();
  const arcs: BorderArc[] = [];
  for (const key of patch.owners.keys()) {
    const [from, to] = [Math.floor(key / 2 ** 26), key % 2 ** 26];
    const back = stretchKey(to, from);
    if (used.has(key) || used.has(back)) continue;
    used.add(key);
    const ahead = follow(patch, ends, used, from, to);
    const isLoop = ahead.at(-1) === from;
    const behind = isLoop ? [] : follow(patch, ends, used, to, from);
    const nodes = inOrder(patch, [...behind.reverse(), from, to, ...ahead], isLoop && ends.get(from)!.length === 2);
    const line = nodes.flatMap((node) => positionOf(patch.points, node));
    const around = aroundLine(line);
    if (!boxes.some((box) => boxesMeet(around, box))) continue;
    const [a, b] = [nodes[0]!, nodes[1]!];
    const movable = !patch.ownStretches.has(key);
    const arc = { left: areaBeside(patch, a, b), right: areaBeside(patch, b, a), line, movable };
    arcs.push(isOver ? { ...arc, over: true } : arc);
  }
  return arcs;
}

/** From the western end to the eastern one; a border without nodes begins at its westernmost vertex. */
function inOrder({ points }: Patch, nodes: number[], isLoop: boolean): number[] {
  const isBefore = (a: number, b: number) =>
    points.lonOf(a) < points.lonOf(b) || (points.lonOf(a) === points.lonOf(b) && points.latOf(a) < points.latOf(b));
  if (isLoop) {
    let first = 0;
    for (let i = 1; i < nodes.length; i++) if (isBefore(nodes[i]!, nodes[first]!)) first = i;
    nodes = [...nodes.slice(first, -1), ...nodes.slice(0, first + 1)];
  }
  let [i, j] = [0, nodes.length - 1];
  while (i < j && nodes[i] === nodes[j]) [i, j] = [i + 1, j - 1];
  return isBefore(nodes[j]!, nodes[i]!) ? nodes.reverse() : nodes;
}

function endsOf(patch: Patch): Map<number, number[]> {
  const ends = new Map<number, number[]>();
  const add = (from: number, to: number) => {
    const known = ends.get(from);
    if (!known) ends.set(from, [to]);
    else if (!known.includes(to)) known.push(to);
  };
  for (const key of patch.owners.keys()) {
    const [from, to] = [Math.floor(key / 2 ** 26), key % 2 ** 26];
    add(from, to);
    add(to, from);
  }
  return ends;
}

/** Nodes beyond `to`, as long as just one border with the same areas beside goes on. */
function follow(
  patch: Patch,
  ends: ReadonlyMap<number, readonly number[]>,
  used: Set<number>,
  from: number,
  to: number,
): number[] {
  const sides = (a: number, b: number): [Key | undefined, Key | undefined] => [
    patch.owners.get(stretchKey(a, b)),
    patch.owners.get(stretchKey(b, a)),
  ];
  const [left, right] = sides(from, to);
  const beyond: number[] = [];
  let [before, here] = [from, to];
  for (;;) {
    const next = ends.get(here)!.filter((end) => end !== before);
    if (next.length !== 1) return beyond;
    const ahead = sides(here, next[0]!);
    if (ahead[0] !== left || ahead[1] !== right) return beyond;
    const [key, back] = [stretchKey(here, next[0]!), stretchKey(next[0]!, here)];
    if (used.has(key) || used.has(back)) return beyond;
    used.add(key);
    beyond.push(next[0]!);
    [before, here] = [here, next[0]!];
  }
}
