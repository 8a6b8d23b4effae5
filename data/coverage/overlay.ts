import { createVertexTable } from "../division/vertex_table.ts";
import { surfaceBaseAt, surfaceUnder } from "../measure/area.ts";
import type { MultiPolygon } from "../schema/geometry.ts";
import { type Arrangement, arrangeFaces } from "./arrangement.ts";
import { createEdge, type Edge, type Points, visitSources } from "./edge.ts";
import { type HalfEdges, layOutRings, ringOfPoint, unitsPerDegree } from "./half_edges.ts";
import { nodeEdges } from "./node_edges.ts";
import { type PairedEdges, pairEdges } from "./pair_edges.ts";

/** What one area of the first coverage and one of the second have in common; −1: in none. */
export interface CommonSurface {
  from: number;
  to: number;
  /** m², authalic. */
  area_m2: number;
}

/**
 * Lays two coverages over each other in one pass: every edge of both is noded, each face knows by the edges between it
 * and the outside which areas hold it, and surfaces are summed edge by edge, so that nothing is clipped and the parts
 * of an area add up to it. Faces in no area of either are left out.
 *
 * @param from, to - areas without faults: where two of one coverage overlap, the face counts for both
 * @returns one entry for each pair that meets; indexes are those of the arrays
 * @throws TangledCoverage if their borders cross millions of times
 */
export function overlayCoverages(from: readonly MultiPolygon[], to: readonly MultiPolygon[]): CommonSurface[] {
  const halfEdges = layOutRings([...from, ...to]);
  const paired = pairEdges(halfEdges, -1);
  const points = createVertexTable(paired.size + 16, 1);
  const edges = nodeEdges(layEdges(halfEdges, paired, points), points);
  if (edges.length === 0) return [];
  const arrangement = arrangeFaces(edges, points);
  const owners = ownersOfFaces(arrangement, (source) => ownersAcross(halfEdges, paired, source));
  const surfaces = surfacesOfFaces(arrangement);
  const sums = new Map<number, number>();
  const width = to.length + 1;
  for (let face = 1; face < arrangement.faces; face++) {
    const inFrom = owners[face]!.filter((owner) => owner < from.length);
    const inTo = owners[face]!.filter((owner) => owner >= from.length);
    for (const a of inFrom.length > 0 ? inFrom : [-1]) {
      for (const b of inTo.length > 0 ? inTo : [from.length - 1]) {
        const key = (a + 1) * width + (b - from.length + 1);
        if (key > 0) sums.set(key, (sums.get(key) ?? 0) + surfaces[face]!);
      }
    }
  }
  return [...sums].map(([key, area_m2]) => ({
    from: Math.floor(key / width) - 1,
    to: (key % width) - 1,
    area_m2,
  }));
}

function layEdges({ xs, ys }: HalfEdges, { size, first }: PairedEdges, points: Points): Edge[] {
  return Array.from({ length: size }, (_, edge) => {
    const half = first[edge]!;
    const [from, to] = [points.add(xs[half]!, ys[half]!), points.add(xs[half + 1]!, ys[half + 1]!)];
    return createEdge(points, { from, to, areaStep: 0, containerStep: 0, wall: true, origin: edge });
  });
}

/** Areas that have the edge as their border: whoever crosses it leaves or enters them. */
function ownersAcross(halfEdges: HalfEdges, { first, alike }: PairedEdges, edge: number): number[] {
  const owners: number[] = [];
  for (let half = first[edge]!; half >= 0; half = alike[half]!) {
    owners.push(halfEdges.ringOwner[ringOfPoint(halfEdges, half)]!);
  }
  return owners;
}

/** From the outside, which nothing holds, over edge after edge. */
function ownersOfFaces({ edges, face, faces }: Arrangement, ownersOf: (source: number) => number[]): number[][] {
  const start = new Int32Array(faces + 1);
  for (const of of face) start[of + 1]!++;
  for (let of = 0; of < faces; of++) start[of + 1]! += start[of]!;
  const halves = new Int32Array(face.length);
  const at = start.slice();
  face.forEach((of, half) => {
    halves[at[of]!++] = half;
  });
  const owners: number[][] = new Array(faces);
  owners[0] = [];
  const reached = [0];
  for (const of of reached) {
    for (let i = start[of]!; i < start[of + 1]!; i++) {
      const beyond = face[halves[i]! ^ 1]!;
      if (owners[beyond]) continue;
      const beside = new Set(owners[of]);
      visitSources(edges[halves[i]! >> 1]!.origin, (source) => {
        for (const owner of ownersOf(source)) if (!beside.delete(owner)) beside.add(owner);
      });
      owners[beyond] = [...beside];
      reached.push(beyond);
    }
  }
  return owners;
}

/** m² of each face; that of the outside means nothing. */
function surfacesOfFaces({ edges, face, faces, points }: Arrangement): Float64Array {
  const surfaces = new Float64Array(faces);
  const degrees = (units: number) => units / unitsPerDegree;
  const [lon0, lat0] = [degrees(points.lonOf(0)), degrees(points.latOf(0))];
  const base = surfaceBaseAt(lat0);
  edges.forEach(({ from, to }, edge) => {
    const under = surfaceUnder(
      degrees(points.lonOf(from)) - lon0,
      degrees(points.latOf(from)),
      degrees(points.lonOf(to)) - lon0,
      degrees(points.latOf(to)),
      base,
    );
    surfaces[face[2 * edge]!]! += under;
    surfaces[face[2 * edge + 1]!]! -= under;
  });
  return surfaces;
}
