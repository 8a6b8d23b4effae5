import type { VertexTable } from "../division/vertex_table.ts";

/** Positions in whole units of 1e-9°; `lonOf` and `latOf` of the table give units too. */
export type Points = VertexTable;

/** A straight stretch between two points, `from` before `to` by x, then by y. */
export interface Edge {
  from: number;
  to: number;
  /** Areas on the left (seen from → to) minus areas on the right; the same for the container. */
  areaStep: number;
  containerStep: number;
  /** Stays even where nothing changes across it. */
  wall: boolean;
  /** What it was made of, for `sourcesOf`. */
  origin: Origin;
}

/** One source, or two origins that fell together; null for what nobody asks about. */
export type Origin = number | readonly [Origin, Origin] | null;

/** An edge in the right direction; the steps are those seen from `from`. */
export function createEdge(points: Points, edge: Edge): Edge {
  const { from, to, areaStep, containerStep } = edge;
  if (isBefore(points, from, to)) return edge;
  return { ...edge, from: to, to: from, areaStep: -areaStep, containerStep: -containerStep };
}

/** Order of the sweep: by x, then by y. */
function isBefore(points: Points, a: number, b: number): boolean {
  const ax = points.lonOf(a);
  const bx = points.lonOf(b);
  return ax < bx || (ax === bx && points.latOf(a) < points.latOf(b));
}

/** Edges by `keyOf`: those between the same points are one, with their steps added up. */
export type EdgeSet = Map<number, Edge>;

/** An exact whole number for every pair of fewer than 67 million points. */
export function keyOf({ from, to }: Edge): number {
  return from * 2 ** 26 + to;
}

/** @returns the key under which the edge now stands, alone or joined */
export function putEdge(edges: EdgeSet, edge: Edge): number {
  const key = keyOf(edge);
  const other = edges.get(key);
  edges.set(key, other ? joined(other, edge) : edge);
  return key;
}

/** Whether something changes across the edge, or a wall stands there. */
export function matters({ wall, areaStep, containerStep }: Edge): boolean {
  return wall || areaStep !== 0 || containerStep !== 0;
}

function joined(a: Edge, b: Edge): Edge {
  const origin: Origin = a.origin === null ? b.origin : b.origin === null ? a.origin : [a.origin, b.origin];
  const areaStep = a.areaStep + b.areaStep;
  const containerStep = a.containerStep + b.containerStep;
  return { from: a.from, to: a.to, areaStep, containerStep, wall: a.wall || b.wall, origin };
}

/** Every source of an edge, one after another. */
export function visitSources(origin: Origin, visit: (source: number) => void): void {
  const waiting: Origin[] = [origin];
  while (waiting.length > 0) {
    const one = waiting.pop()!;
    if (typeof one === "number") visit(one);
    else if (one !== null) waiting.push(one[0], one[1]);
  }
}
