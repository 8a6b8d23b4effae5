import type { MultiPolygon, Position } from "../schema/geometry.ts";
import { type CutGround, cutGround, findPieces } from "./cut_ground.ts";
import type { Refusal } from "./draft.ts";
import type { Key } from "./draft_state.ts";
import { type Patch, positionOf } from "./patch.ts";
import { refuse } from "./shift_ground.ts";
import { isSliver } from "./sliver.ts";
import type { Splits } from "./weave.ts";

export interface Carving {
  /** Whose ground is cut; with that of the one who gets it. */
  keys: readonly Key[];
  place: MultiPolygon;
  /** Who gets it; may have no ground yet. */
  to: Key;
  /** Whether a key may fall into pieces, and the one who gets it may get a piece apart. */
  pieces: boolean;
  /** Whether ground may be taken: null is that of nobody. */
  mayTake: (key: Key | null) => boolean;
  /** What is said when ground that must not be taken lies in the place; without it, such ground is left out. */
  otherwise?: (key: Key | null, at: Position) => Refusal;
}

/** Ground that is taken: for each that loses some, its border. */
export interface Carved {
  ok: true;
  taken: { from: Key | null; stretches: number[] }[];
  splits: Splits;
}

/** A label for ground of nobody, which no key has. */
const nobody = "?";

/**
 * Takes what lies in a place. Slivers are nobody's wish: one that the place cuts off a neighbour stays where it was, one
 * that it leaves over beside what is taken goes along. Nothing vanishes and nothing falls apart unasked.
 */
export function carveGround(patch: Patch, carving: Carving): Carved | Refusal {
  const cut = cutGround(patch, carving.keys, carving.place);
  const taken = markTaken(patch, cut, carving);
  if (!(taken instanceof Uint8Array)) return taken;
  const { arrangement, owner } = cut;
  const before = findPieces(arrangement, owner);
  const after = findPieces(
    arrangement,
    owner.map((key, face) => (taken[face] ? carving.to : key)),
  );
  const count = (pieces: typeof after.pieces, key: Key) => pieces.filter(({ label }) => label === key);
  const losers = new Set(owner.filter((_, face) => taken[face]));
  for (const key of losers) {
    if (key === null) continue;
    const [was, is] = [count(before.pieces, key), count(after.pieces, key)];
    if (is.length === 0 && !key.startsWith("~"))
      return refuse("would_vanish", placeOf(patch, was[0]!.stretches), [key]);
    if (is.length > was.length && !carving.pieces && !key.startsWith("~")) {
      return refuse("falls_apart", placeOf(patch, smallest(is)), [key]);
    }
  }
  const [was, is] = [count(before.pieces, carving.to), count(after.pieces, carving.to)];
  if (!carving.pieces && was.length > 0 && is.length > was.length) {
    return refuse("not_adjacent", placeOf(patch, smallest(is)), [carving.to]);
  }
  return { ok: true, taken: bordersOfTaken(cut, taken), splits: cut.splits };
}

function placeOf({ points }: Patch, stretches: readonly number[]): Position | null {
  return stretches.length > 0 ? positionOf(points, stretches[0]!) : null;
}

/** By the number of its stretches: good enough to say where to look. */
function smallest(pieces: readonly { stretches: number[] }[]): number[] {
  return pieces.map(({ stretches }) => stretches).reduce((a, b) => (b.length < a.length ? b : a));
}

function markTaken(patch: Patch, cut: CutGround, { to, place, mayTake, otherwise }: Carving): Uint8Array | Refusal {
  const { arrangement, owner, inPlace } = cut;
  const taken = new Uint8Array(arrangement.faces);
  const wished = owner.map((key, face) => (inPlace[face] && key !== to ? (key ?? nobody) : null));
  let slivers: Position | null = null;
  let any = false;
  for (const { label, faces, stretches } of findPieces(arrangement, wished).pieces) {
    const key = label === nobody ? null : label;
    const tooThin = isSliver(patch.points, stretches);
    if (!mayTake(key)) {
      if (otherwise && !tooThin) return otherwise(key, placeOf(patch, stretches)!);
      continue;
    }
    if (tooThin) slivers = placeOf(patch, stretches);
    else {
      any = true;
      for (const face of faces) taken[face] = 1;
    }
  }
  if (!any) {
    if (slivers) return refuse("sliver", slivers);
    const has = inPlace.some((inside, face) => inside && owner[face] === to);
    const corner = place[0]?.[0];
    return refuse(has ? "nothing_changes" : "misses", corner ? [corner[0]!, corner[1]!] : null, has ? [to] : []);
  }
  takeLeftovers(patch, cut, taken, to);
  return taken;
}

/** Slivers beside what is taken, of those who lose by it, go along, unless nothing else would be left. */
function takeLeftovers(patch: Patch, { arrangement, owner }: CutGround, taken: Uint8Array, to: Key): void {
  const losers = new Set(owner.filter((_, face) => taken[face]));
  const left = owner.map((key, face) => (key !== null && key !== to && !taken[face] && losers.has(key) ? key : null));
  const { pieces, pieceOf } = findPieces(arrangement, left);
  const thin = pieces.map(({ stretches }) => isSliver(patch.points, stretches));
  const hasMore = new Set(pieces.filter((_, i) => !thin[i]).map(({ label }) => label));
  const beside = new Uint8Array(pieces.length);
  for (let half = 0; half < arrangement.face.length; half++) {
    const piece = pieceOf[arrangement.face[half]!]!;
    if (piece >= 0 && taken[arrangement.face[half ^ 1]!]) beside[piece] = 1;
  }
  pieces.forEach(({ label, faces }, i) => {
    if (thin[i] && beside[i] && (hasMore.has(label) || label.startsWith("~")))
      for (const face of faces) taken[face] = 1;
  });
}

function bordersOfTaken({ arrangement, owner }: CutGround, taken: Uint8Array): Carved["taken"] {
  const borders = new Map<Key | null, number[]>();
  const { edges, face } = arrangement;
  for (let half = 0; half < face.length; half++) {
    const [here, there] = [face[half]!, face[half ^ 1]!];
    if (!taken[here] || (taken[there] && owner[there] === owner[here])) continue;
    const stretches = borders.get(owner[here]!) ?? [];
    borders.set(owner[here]!, stretches);
    const { from, to } = edges[half >> 1]!;
    stretches.push(half % 2 === 0 ? from : to, half % 2 === 0 ? to : from);
  }
  return [...borders].map(([from, stretches]) => ({ from, stretches }));
}
