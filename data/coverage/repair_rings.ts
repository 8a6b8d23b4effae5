import { createVertexTable } from "../division/vertex_table.ts";
import type { MultiPolygon } from "../schema/geometry.ts";
import { arrangeFaces } from "./arrangement.ts";
import { createEdge, type Edge } from "./edge.ts";
import { layOutRings } from "./half_edges.ts";
import { createOwnerLocator } from "./locate_owners.ts";
import { nodeEdges } from "./node_edges.ts";
import { pointInFace } from "./point_in_face.ts";
import { bordersOf, traceOutline } from "./trace_outline.ts";

/**
 * What an invalid area covers by the even-odd rule, as clean rings; so that one broken area, reported as such, does
 * not hide what is wrong beside it.
 */
export function evenOddOf(polygons: MultiPolygon): MultiPolygon {
  const { xs, ys, ringStart, ringOwner, ownerRings } = layOutRings([polygons]);
  if (ringOwner.length === 0) return [];
  const points = createVertexTable(xs.length, 1);
  const edges: Edge[] = [];
  for (let ring = 0; ring < ringOwner.length; ring++) {
    for (let i = ringStart[ring]!; i + 1 < ringStart[ring + 1]!; i++) {
      const [from, to] = [points.add(xs[i]!, ys[i]!), points.add(xs[i + 1]!, ys[i + 1]!)];
      edges.push(createEdge(points, { from, to, areaStep: 0, containerStep: 0, wall: true, origin: null }));
    }
  }
  const arrangement = arrangeFaces(nodeEdges(edges, points), points);
  const locator = createOwnerLocator({ xs, ys, ringStart, ringOwner, ownerRings }, 1);
  const each = Int32Array.from({ length: arrangement.faces }, (_, i) => i);
  const { halves, start } = bordersOf(arrangement, each, arrangement.faces);
  const regionOf = each.map((face) => {
    const inside = face === 0 ? null : pointInFace(arrangement, halves.subarray(start[face]!, start[face + 1]!));
    return inside && locator.ownersAt(inside[0], inside[1]).length > 0 ? 0 : -1;
  });
  return traceOutline(arrangement, regionOf, bordersOf(arrangement, regionOf, 1), 0);
}
