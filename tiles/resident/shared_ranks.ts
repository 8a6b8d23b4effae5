import type { Arc } from "../../data/division/arcs.ts";
import { createVertexTable } from "../../data/division/vertex_table.ts";
import { worldX, worldY } from "../tile_math.ts";
import type { Ranker } from "./feature_columns.ts";
import { neverDrawn, rankVertices } from "./generalise.ts";

/** The arcs of one level of detail, and the zoom from which its areas are drawn. */
export interface RankedArcs {
  arcs: readonly Arc[];
  zoom: number;
}

/**
 * One rank for each vertex of a division, whichever areas and borders it belongs to, so that neighbours and parents
 * stay together at every zoom. Lines are simplified arc by arc, from node to node; a vertex is drawn as soon as any
 * level that is shown needs it.
 */
export function shareRanks(levels: readonly RankedArcs[]): Ranker {
  let positions = 0;
  for (const { arcs } of levels) for (const { line } of arcs) positions += line.length >> 1;
  const vertices = createVertexTable(positions, 1);
  const shared = new Uint8Array(positions).fill(neverDrawn);
  for (const { arcs, zoom } of levels) {
    for (const { line } of arcs) {
      const xy = line.map((value, i) => (i % 2 === 0 ? worldX(value) : worldY(value)));
      const ranks = new Uint8Array(xy.length >> 1);
      rankVertices(xy, 0, ranks.length - 1, ranks);
      for (let k = 0; k < ranks.length; k++) {
        const vertex = vertices.add(xy[k * 2]!, xy[k * 2 + 1]!);
        const rank = Math.max(ranks[k]!, zoom);
        if (rank < shared[vertex]!) shared[vertex] = rank;
      }
    }
  }
  return (xy, from, to, ranks) => {
    for (let k = from; k <= to; k++) {
      const vertex = vertices.find(xy[k * 2]!, xy[k * 2 + 1]!);
      ranks[k] = vertex < 0 ? 0 : shared[vertex]!;
    }
  };
}
