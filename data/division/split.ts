import type { Position } from "../schema/geometry.ts";
import type { PlanOperation } from "../schema/plan_operation.ts";
import { carveGround } from "./carve_ground.ts";
import { type CutGround, cutGround, findPieces } from "./cut_ground.ts";
import type { Applied, DraftArea, Refusal } from "./draft.ts";
import { type DraftState, noChange, polygonsOf } from "./draft_state.ts";
import { finish, isTaken, newArea, nextId, refuseUnknown } from "./finish.ts";
import { findSelfCrossing } from "./self_crossing.ts";
import { boxesOf } from "./ground_near.ts";
import { openPatch, type Patch, pointOf, positionOf } from "./patch.ts";
import { readPlace } from "./place.ts";
import { refuse, shiftGround } from "./shift_ground.ts";
import { isSliver } from "./sliver.ts";
import type { Splits } from "./weave.ts";

type Split = Extract<PlanOperation, { op: "split" }>;

/**
 * Cuts a lowest area in two; the new one lies beside the old one in the tree and is like it but for names and code.
 *
 *     ┌─────────┐          ┌────┬────┐
 *     │    A  ··│·    →    │ A ╭╯ new│      by a line from border to border, or by a polygon whose inside is new
 *     └─────────┘          └───┴─────┘
 */
export function split(state: DraftState, operation: Split): Applied | Refusal {
  const unknown = refuseUnknown(state, [operation.area], true);
  if (unknown) return unknown;
  if (isTaken(state, operation.code)) return refuse("code_taken", null, [operation.area]);
  const area = state.areas.get(operation.area)!;
  const part =
    operation.by.kind === "line" ? cutByLine(state, area, operation.by) : cutByPlace(state, area, operation.by.place);
  if (!part.ok) return part;
  const change = noChange(state);
  const id = nextId(change);
  const { patch, stretches, splits } = part;
  change.put.set(id, newArea(id, operation, area));
  const shifts = [{ stretches, lost: [area.id], gained: [id] }];
  return finish(state, change, shiftGround(patch, shifts, splits));
}

interface Part {
  ok: true;
  patch: Patch;
  stretches: number[];
  splits: Splits;
}

function cutByPlace(
  state: DraftState,
  area: DraftArea,
  drawn: readonly (readonly (readonly Position[])[])[],
): Part | Refusal {
  const place = readPlace(drawn);
  if (!Array.isArray(place)) return place;
  const patch = openPatch(state, boxesOf(state, [area.id]));
  const to = "new";
  const carved = carveGround(patch, { keys: [area.id], place, to, pieces: false, mayTake: (key) => key !== null });
  if (!carved.ok) return carved;
  return { ok: true, patch, stretches: carved.taken.flatMap(({ stretches }) => stretches), splits: carved.splits };
}

function cutByLine(
  state: DraftState,
  area: DraftArea,
  { line, new_side }: Extract<Split["by"], { kind: "line" }>,
): Part | Refusal {
  const flat = line.flat();
  const patch = openPatch(state, boxesOf(state, [area.id]));
  const points: number[] = [];
  for (let i = 0; i < line.length; i++) {
    const point = pointOf(patch.points, flat, i);
    if (points.at(-1) !== point) points.push(point);
  }
  const twice = findSelfCrossing(patch.points, points);
  if (twice) return refuse("crosses_itself", twice, [area.id]);
  const cut = cutGround(patch, [area.id], [], points);
  const { pieceOf, pieces } = findPieces(cut.arrangement, facesApart(cut));
  const found = findSides(cut, pieceOf, points);
  const middle = line[line.length >> 1]!;
  const count = polygonsOf(state, area.id).length;
  if (found.inside.length === 0)
    return refuse(found.touches ? "touches_only" : "misses", found.touches ?? middle, [area.id]);
  if (pieces.length <= count) return refuse("misses", middle, [area.id]);
  const ambiguous = found.left.size !== 1 || found.right.size !== 1;
  if (pieces.length > count + 1 || ambiguous) return refuse("crosses_many_times", found.inside.at(-1)!, [area.id]);
  const [left, right] = [pieces[[...found.left][0]!]!, pieces[[...found.right][0]!]!];
  for (const { stretches } of [left, right]) {
    if (isSliver(patch.points, stretches)) return refuse("sliver", positionOf(patch.points, stretches[0]!), [area.id]);
  }
  return { ok: true, patch, stretches: (new_side === "left" ? left : right).stretches, splits: cut.splits };
}

/** Every face of the area by itself, although they hang together across the line. */
function facesApart({ owner }: CutGround): (string | null)[] {
  return owner.map((key, face) => (key === null ? null : `${face}`));
}

/** What lies to either side of the line where it cuts the ground, where that is, and where it only touches. */
function findSides({ arrangement, lineOf, owner }: CutGround, pieceOf: Int32Array, line: readonly number[]) {
  const { edges, face, points } = arrangement;
  const [left, right] = [new Set<number>(), new Set<number>()];
  const inside: Position[] = [];
  let touches: Position | null = null;
  const onBorder = new Set<number>();
  edges.forEach(({ from, to, areaStep }) => {
    if (areaStep !== 0) onBorder.add(from).add(to);
  });
  edges.forEach(({ from, to, areaStep }, edge) => {
    if (lineOf[edge]! < 0) return;
    const [a, b] = [face[2 * edge]!, face[2 * edge + 1]!];
    if (areaStep === 0 && owner[a] !== null && owner[b] !== null) {
      inside.push(positionOf(points, from));
      if (a === b) return;
      const [p, q] = [line[lineOf[edge]!]!, line[lineOf[edge]! + 1]!];
      const dot =
        (points.lonOf(q) - points.lonOf(p)) * (points.lonOf(to) - points.lonOf(from)) +
        (points.latOf(q) - points.latOf(p)) * (points.latOf(to) - points.latOf(from));
      left.add(pieceOf[dot > 0 ? a : b]!);
      right.add(pieceOf[dot > 0 ? b : a]!);
      return;
    }
    for (const node of [from, to]) if (onBorder.has(node)) touches = positionOf(points, node);
  });
  return { left, right, inside, touches: touches as Position | null };
}
