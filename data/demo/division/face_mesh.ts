import type { GroundPlan } from "../ground_plan.ts";
import type { FaceEdges } from "./trace_areas.ts";

/**
 * The plan's parcels as faces that may be cut further. A vertex put on an edge enters the rings on both sides, so
 * that every outline traced later passes through it. Starts as a copy: the plan stays as it is.
 */
export interface FaceMesh {
  x: number[];
  y: number[];
  /** Counter-clockwise, not closed. The first faces are the parcels, in their order. */
  rings: number[][];
  /** The parcel that each face is a part of. */
  parcel: number[];
  leftOf: EdgeTable;
}

/** Per vertex the edges out of it and the faces on their left: to, face, to, face, … */
export type EdgeTable = number[][];

/** The face on the left of a directed edge, −1 where there is none. */
export function faceLeftOf(table: EdgeTable, from: number, to: number): number {
  const edges = table[from];
  if (!edges) return -1;
  for (let at = 0; at < edges.length; at += 2) if (edges[at] === to) return edges[at + 1]!;
  return -1;
}

function setFaceLeftOf(table: EdgeTable, from: number, to: number, face: number): void {
  table[from] ??= [];
  const edges = table[from];
  for (let at = 0; at < edges.length; at += 2) {
    if (edges[at] !== to) continue;
    edges[at + 1] = face;
    return;
  }
  edges.push(to, face);
}

function dropEdge(table: EdgeTable, from: number, to: number): void {
  const edges = table[from]!;
  for (let at = 0; at < edges.length; at += 2) if (edges[at] === to) edges.splice(at, 2);
}

export function meshOf(plan: GroundPlan): FaceMesh {
  const rings = plan.parcels.map((parcel) => parcel.ring.slice());
  const parcel = plan.parcels.map((_, at) => at);
  return { x: plan.x.slice(), y: plan.y.slice(), rings, parcel, leftOf: facesLeftOf(rings) };
}

function claimEdges(mesh: FaceMesh, face: number): void {
  const ring = mesh.rings[face]!;
  for (let at = 0; at < ring.length; at++) {
    setFaceLeftOf(mesh.leftOf, ring[at]!, ring[(at + 1) % ring.length]!, face);
  }
}

/** Puts a vertex on the edge a → b, into the faces on both sides; returns it. */
export function insertVertex(mesh: FaceMesh, [a, b]: [number, number], x: number, y: number): number {
  const vertex = mesh.x.push(x) - 1;
  mesh.y.push(y);
  for (const [from, to] of [
    [a, b],
    [b, a],
  ] as const) {
    const face = faceLeftOf(mesh.leftOf, from, to);
    if (face === -1) continue;
    const ring = mesh.rings[face]!;
    ring.splice(ring.indexOf(from) + 1, 0, vertex);
    dropEdge(mesh.leftOf, from, to);
    setFaceLeftOf(mesh.leftOf, from, vertex, face);
    setFaceLeftOf(mesh.leftOf, vertex, to, face);
  }
  return vertex;
}

/** Cuts a face along the chord between two of its vertices; returns the new face (what lies left of v → u). */
export function splitFace(mesh: FaceMesh, face: number, [u, v]: [number, number]): number {
  const ring = mesh.rings[face]!;
  const turned = [...ring.slice(ring.indexOf(u)), ...ring.slice(0, ring.indexOf(u))];
  const cut = turned.indexOf(v);
  const added = mesh.rings.push(turned.slice(0, cut + 1)) - 1;
  mesh.parcel.push(mesh.parcel[face]!);
  mesh.rings[face] = [...turned.slice(cut), u];
  claimEdges(mesh, face);
  claimEdges(mesh, added);
  return added;
}

/** Every edge of the mesh once, from its lower vertex to its higher where it has faces on both sides. */
export function edgesOf(mesh: FaceMesh): FaceEdges {
  return edgesOfRings(mesh.rings, mesh.leftOf);
}

/** Every edge of counter-clockwise rings that share vertices, once. */
export function edgesOfRings(rings: readonly (readonly number[])[], leftOf: EdgeTable = facesLeftOf(rings)): FaceEdges {
  const edges: FaceEdges = { from: [], to: [], left: [], right: [] };
  rings.forEach((ring, face) => {
    ring.forEach((from, at) => {
      const to = ring[(at + 1) % ring.length]!;
      const beyond = faceLeftOf(leftOf, to, from);
      if (beyond !== -1 && from > to) return; // written from the other side
      edges.from.push(from);
      edges.to.push(to);
      edges.left.push(face);
      edges.right.push(beyond);
    });
  });
  return edges;
}

function facesLeftOf(rings: readonly (readonly number[])[]): EdgeTable {
  const table: EdgeTable = [];
  rings.forEach((ring, face) => {
    for (let at = 0; at < ring.length; at++) setFaceLeftOf(table, ring[at]!, ring[(at + 1) % ring.length]!, face);
  });
  return table;
}
