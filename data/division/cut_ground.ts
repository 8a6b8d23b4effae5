import { type Arrangement, arrangeFaces } from "../coverage/arrangement.ts";
import { createEdge, type Edge, visitSources } from "../coverage/edge.ts";
import { nodeEdges } from "../coverage/node_edges.ts";
import type { MultiPolygon } from "../schema/geometry.ts";
import { type Key, polygonsOf } from "./draft_state.ts";
import { type Patch, pointOf, runsForward } from "./patch.ts";
import { type Splits, splitKey, weaveRing } from "./weave.ts";

/** Some ground, cut by lines or by the outline of a place into faces. Face 0 is all around. */
export interface CutGround {
  arrangement: Arrangement;
  /** Of each face: whose ground it is; null: nobody's among the keys that were cut. */
  owner: (Key | null)[];
  inPlace: Uint8Array;
  /** Nodes that the cut put on stretches of border. */
  splits: Splits;
  /** By arrangement edge: the stretch of the line that it is part of, −1 for none. */
  lineOf: Int32Array;
}

/** Faces know who covers them by one sum: owner k counts k + 1, a place far more. */
const placeStep = 2 ** 20;

/**
 * Cuts ground on the grid of 1e-9°, exactly: where the cut meets a border, both get the same node.
 * @param keys - whose ground is cut; fewer than a million
 * @param place - whose inside is told apart
 * @param line - points of a line that cuts
 */
export function cutGround(
  patch: Patch,
  keys: readonly Key[],
  place: MultiPolygon,
  line: readonly number[] = [],
): CutGround {
  const { points } = patch;
  const edges: Edge[] = [];
  const sources: number[] = []; // from, to
  const add = (from: number, to: number, areaStep: number, containerStep: number): void => {
    if (from === to) return;
    const origin = sources.length >> 1;
    sources.push(from, to);
    edges.push(createEdge(points, { from, to, areaStep, containerStep, wall: areaStep === 0, origin }));
  };
  keys.forEach((key, owner) => {
    for (const polygon of polygonsOf(patch.state, key)) {
      polygon.forEach((ring, i) => {
        const { knots } = weaveRing(patch, ring, i > 0);
        for (let at = 0; at < knots.length; at++) {
          add(knots[at]!.node, knots[(at + 1) % knots.length]!.node, owner + 1, 1);
        }
      });
    }
  });
  const borders = sources.length >> 1;
  for (const polygon of place) {
    polygon.forEach((ring, i) => {
      const forward = runsForward(ring, i > 0);
      for (let at = 0; at + 3 < ring.length; at += 2) {
        const [a, b] = [pointOf(points, ring, at >> 1), pointOf(points, ring, (at >> 1) + 1)];
        add(forward ? a : b, forward ? b : a, placeStep, 0);
      }
    });
  }
  const firstLine = sources.length >> 1;
  for (let i = 1; i < line.length; i++) add(line[i - 1]!, line[i]!, 0, 0);
  const arrangement = arrangeFaces(nodeEdges(edges, points), points);
  return {
    arrangement,
    ...readFaces(arrangement, keys),
    splits: findSplits(patch, arrangement, sources, borders),
    lineOf: findLine(arrangement, firstLine),
  };
}

function readFaces({ faces, areas, containers }: Arrangement, keys: readonly Key[]) {
  const owner: (Key | null)[] = [];
  const inPlace = new Uint8Array(faces);
  for (let face = 0; face < faces; face++) {
    inPlace[face] = areas[face]! >= placeStep ? 1 : 0;
    // two at once: a crack of rounding, which is left to nobody
    owner.push(containers[face] === 1 ? keys[(areas[face]! % placeStep) - 1]! : null);
  }
  return { owner, inPlace };
}

function findLine({ edges }: Arrangement, firstLine: number): Int32Array {
  const lineOf = new Int32Array(edges.length).fill(-1);
  edges.forEach(({ origin }, edge) => {
    visitSources(origin, (source) => {
      if (source >= firstLine) lineOf[edge] = source - firstLine;
    });
  });
  return lineOf;
}

/** Borders that came apart: the nodes between their ends, in order. */
function findSplits({ points }: Patch, { edges }: Arrangement, sources: readonly number[], borders: number): Splits {
  const pieces = new Map<number, Set<number>>();
  for (const { from, to, origin } of edges) {
    visitSources(origin, (source) => {
      if (source >= borders) return;
      const [a, b] = [sources[2 * source]!, sources[2 * source + 1]!];
      if ((from === a && to === b) || (from === b && to === a)) return;
      const nodes = pieces.get(source) ?? new Set();
      pieces.set(source, nodes);
      for (const node of [from, to]) if (node !== a && node !== b) nodes.add(node);
    });
  }
  const splits = new Map<number, number[]>();
  for (const [source, nodes] of pieces) {
    const [a, b] = [sources[2 * source]!, sources[2 * source + 1]!];
    const [low, high] = a < b ? [a, b] : [b, a];
    const [x, y] = [points.lonOf(low), points.latOf(low)];
    const [dx, dy] = [points.lonOf(high) - x, points.latOf(high) - y];
    const along = (node: number) => (points.lonOf(node) - x) * dx + (points.latOf(node) - y) * dy;
    splits.set(
      splitKey(a, b),
      [...nodes].sort((p, q) => along(p) - along(q)),
    );
  }
  return splits;
}

/** Pieces of faces that have one label and hang together along borders; −1 for faces without a label. */
export function findPieces({ edges, face, faces }: Arrangement, labels: readonly (string | null)[]) {
  const heads = Int32Array.from({ length: faces }, (_, i) => i);
  const find = (one: number): number => {
    let head = one;
    while (heads[head] !== head) head = heads[head] = heads[heads[head]!]!;
    return head;
  };
  for (let edge = 0; edge < edges.length; edge++) {
    const [a, b] = [face[2 * edge]!, face[2 * edge + 1]!];
    if (labels[a] !== null && labels[a] === labels[b]) heads[find(a)] = find(b);
  }
  const pieceOf = new Int32Array(faces).fill(-1);
  const pieces: { label: string; faces: number[]; stretches: number[] }[] = [];
  for (let one = 0; one < faces; one++) {
    const label = labels[one];
    if (label === null || label === undefined) continue;
    const head = find(one);
    if (pieceOf[head]! < 0) pieceOf[head] = pieces.push({ label, faces: [], stretches: [] }) - 1;
    pieceOf[one] = pieceOf[head]!;
    pieces[pieceOf[one]!]!.faces.push(one);
  }
  for (let half = 0; half < face.length; half++) {
    const piece = pieceOf[face[half]!]!;
    if (piece < 0 || pieceOf[face[half ^ 1]!] === piece) continue;
    const { from, to } = edges[half >> 1]!;
    pieces[piece]!.stretches.push(half % 2 === 0 ? from : to, half % 2 === 0 ? to : from);
  }
  return { pieceOf, pieces };
}
