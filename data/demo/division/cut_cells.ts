import type { GroundPlan } from "../ground_plan.ts";
import { findChord, type ChordEnd, type Obstacles } from "./cut_chord.ts";
import { type FaceMesh, faceLeftOf, insertVertex, meshOf, splitFace } from "./face_mesh.ts";
import { doubleArea } from "./trace_areas.ts";

const largestCell = 15_000; // m²: larger faces are cut
const largestSpared = 20_000; // m²: … but up to this size never through a building
const wantedCell = 10_000; // m²: 万米单元

/**
 * Cuts every parcel above 15,000 m² into faces of about 10,000 m²; the rest stay whole. Cuts are straight, run
 * between buildings if any cut can, and end at existing vertices where one is near.
 */
export function cutCells(plan: GroundPlan): FaceMesh {
  const mesh = meshOf(plan);
  const obstacles: number[][][] = plan.parcels.map(() => []);
  for (const building of plan.buildings) obstacles[building.parcel]!.push(building.ring);
  const queue = plan.parcels.map((_, parcel) => parcel);
  for (let face = queue.pop(); face !== undefined; face = queue.pop()) {
    const added = cutFace(mesh, face, obstacles[mesh.parcel[face]!]!);
    if (added !== -1) queue.push(face, added);
  }
  return mesh;
}

/** Cuts a face in two; returns the new one, or −1 if it is small enough or cannot be cut. */
function cutFace(mesh: FaceMesh, face: number, obstacles: Obstacles): number {
  const ring = mesh.rings[face]!;
  const area = doubleArea(ring, mesh) / 2;
  if (area <= largestCell) return -1;
  const cells = Math.max(2, Math.round(area / wantedCell));
  const chord = findChord(ring, mesh, {
    share: Math.floor(cells / 2) / cells,
    obstacles,
    // The outer border takes no vertex: the next district of a city, laid apart, must have the same ones.
    isFixed: (from, to) => faceLeftOf(mesh.leftOf, to, from) === -1,
  });
  if (!chord || (chord.crossed > 0 && area <= largestSpared)) return -1;
  // Vertices first: inserting one moves the places of those behind it in the ring.
  const edge = (end: ChordEnd): [number, number] => [ring[end.at]!, ring[(end.at + 1) % ring.length]!];
  const fromEdge = edge(chord.from);
  const toEdge = edge(chord.to);
  const place = (end: ChordEnd, on: [number, number]) => (end.onEdge ? insertVertex(mesh, on, end.x, end.y) : on[0]);
  return splitFace(mesh, face, [place(chord.from, fromEdge), place(chord.to, toEdge)]);
}
