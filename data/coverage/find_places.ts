import { createVertexTable } from "../division/vertex_table.ts";
import type { MultiPolygon } from "../schema/geometry.ts";
import { type Arrangement, arrangeFaces } from "./arrangement.ts";
import { wallsAcrossCracks } from "./close_cracks.ts";
import { createEdge, type Edge, type Points, visitSources } from "./edge.ts";
import { type HalfEdges, ringOfPoint } from "./half_edges.ts";
import { createOwnerLocator } from "./locate_owners.ts";
import { nameOwners } from "./name_owners.ts";
import { nodeEdges } from "./node_edges.ts";
import { type PairedEdges, pairEdges } from "./pair_edges.ts";
import { bordersOf, traceOutline } from "./trace_outline.ts";

/** A place that is wrong; `owners` as said at `Fault.features`. */
export interface WrongPlace {
  kind: "gap" | "overlap" | "outside";
  owners: number[];
  place: MultiPolygon;
}

/**
 * Every place that is not covered once, however narrow.
 * @param areas - how many owners are areas; a container is the owner after them
 */
export function findPlaces(halfEdges: HalfEdges, areas: number, hasContainer: boolean): WrongPlace[] {
  const paired = pairEdges(halfEdges, areas);
  const { edges, points } = leftOver(halfEdges, paired);
  if (edges.length === 0) return [];
  let arrangement = arrangeFaces(nodeEdges(edges, points), points);
  const walls = hasContainer ? [] : wallsAcrossCracks(arrangement);
  if (walls.length > 0) arrangement = arrangeFaces(nodeEdges([...arrangement.edges, ...walls], points), points);
  const locator = createOwnerLocator(halfEdges, areas);
  return [
    ...findGaps(arrangement, halfEdges, paired, areas, hasContainer),
    ...nameOwners(arrangement, suspectsOf(arrangement, hasContainer), halfEdges, locator),
  ];
}

/** The edges across which the number of areas (or of containers) changes. */
function leftOver({ xs, ys }: HalfEdges, { size, first, areaSum, containerSum }: PairedEdges) {
  let count = 0;
  for (let edge = 0; edge < size; edge++) if (areaSum[edge] !== 0 || containerSum[edge] !== 0) count++;
  const points: Points = createVertexTable(count + 16, 1);
  const edges: Edge[] = [];
  for (let edge = 0; edge < size; edge++) {
    const areaStep = areaSum[edge]!;
    const containerStep = containerSum[edge]!;
    if (areaStep === 0 && containerStep === 0) continue;
    const half = first[edge]!;
    const [from, to] = [points.add(xs[half]!, ys[half]!), points.add(xs[half + 1]!, ys[half + 1]!)];
    edges.push(createEdge(points, { from, to, areaStep, containerStep, wall: false, origin: edge }));
  }
  return { edges, points };
}

function findGaps(
  arrangement: Arrangement,
  halfEdges: HalfEdges,
  { first, alike }: PairedEdges,
  areas: number,
  hasContainer: boolean,
): WrongPlace[] {
  const { edges, faces } = arrangement;
  let gaps = 0;
  const regionOf = new Int32Array(faces).fill(-1);
  for (let face = 1; face < faces; face++) {
    if (arrangement.areas[face]! <= 0 && (!hasContainer || arrangement.containers[face]! > 0)) regionOf[face] = gaps++;
  }
  const borders = bordersOf(arrangement, regionOf, gaps);
  return Array.from({ length: gaps }, (_, gap) => {
    const beside = new Set<number>();
    for (let i = borders.start[gap]!; i < borders.start[gap + 1]!; i++) {
      visitSources(edges[borders.halves[i]! >> 1]!.origin, (edge) => {
        for (let half = first[edge]!; half >= 0; half = alike[half]!) {
          beside.add(halfEdges.ringOwner[ringOfPoint(halfEdges, half)]!);
        }
      });
    }
    const owners = [...beside].filter((owner) => owner < areas).sort((a, b) => a - b);
    return { kind: "gap", owners, place: traceOutline(arrangement, regionOf, borders, gap) };
  });
}

function suspectsOf({ faces, areas, containers }: Arrangement, hasContainer: boolean) {
  const overlap = new Uint8Array(faces);
  const outside = new Uint8Array(faces);
  for (let face = 1; face < faces; face++) {
    if (areas[face]! >= 2) overlap[face] = 1;
    if (hasContainer && containers[face]! <= 0 && areas[face]! >= 1) outside[face] = 1;
  }
  return { overlap, outside };
}
