import { aroundLine } from "../measure/box.ts";
import type { Bbox } from "../schema/geometry.ts";
import type { BorderArc } from "./draft.ts";
import type { DraftState, Key } from "./draft_state.ts";
import { boxesOf, groundNear } from "./ground_near.ts";
import { areaBeside, openPatch, type Patch, positionOf, stretchKey } from "./patch.ts";

/** Every border that meets a box, from node to node or round an enclave, once. */
export function bordersIn(state: DraftState, box: Bbox): BorderArc[] {
  const patch = openPatch(state, boxesOf(state, groundNear(state, box)));
  const ends = endsOf(patch);
  const used = new Set<number>();
  const arcs: BorderArc[] = [];
  for (const key of patch.owners.keys()) {
    const [from, to] = [Math.floor(key / 2 ** 26), key % 2 ** 26];
    const back = stretchKey(to, from);
    if (used.has(key) || used.has(back)) continue;
    used.add(key);
    const ahead = follow(patch, ends, used, from, to);
    const behind = ahead.at(-1) === from ? [] : follow(patch, ends, used, to, from);
    const nodes = [...behind.reverse(), from, to, ...ahead];
    const line = nodes.flatMap((node) => positionOf(patch.points, node));
    const [w, s, e, n] = aroundLine(line);
    if (w > box[2] || e < box[0] || s > box[3] || n < box[1]) continue;
    const movable = !patch.ownStretches.has(key);
    arcs.push({ left: areaBeside(patch, from, to), right: areaBeside(patch, to, from), line, movable });
  }
  return arcs;
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
