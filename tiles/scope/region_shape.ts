import type { ShapeColumns } from "../shape_columns.ts";

/** A box in degrees: west, south, east, north. */
export type DegreeBox = readonly [number, number, number, number];

/** How a box lies to a shape; `border`: some of it may be inside. */
export type Meeting = "inside" | "outside" | "border";

/** Edges that one band of latitude holds on average. */
const edgesPerBand = 4;
const mostBands = 4096;

/**
 * The polygons of a region, in exact degrees, for many questions whether something lies in them. Its border belongs to
 * it, as PostGIS has it (st_covers, st_intersects). Edges stand in bands of latitude, so that a question looks at few.
 *
 *     edge e → from edges[4 e], edges[4 e + 1] to edges[4 e + 2], edges[4 e + 3]     lon, lat
 *     band b → edges bandEdges[bandStarts[b]] … bandEdges[bandStarts[b + 1]]
 */
export class RegionShape {
  readonly box: DegreeBox;
  private readonly edges: Float64Array;
  private readonly bandStarts: Uint32Array;
  private readonly bandEdges: Uint32Array;
  private readonly bandHeight: number;

  /** @param i - a shape of polygons; holes are rings like others, for what counts is how often one crosses */
  constructor(shapes: ShapeColumns, i: number) {
    this.edges = edgesOf(shapes, i);
    this.box = boxOf(this.edges);
    const count = this.edges.length >> 2;
    const bands = Math.max(1, Math.min(mostBands, Math.ceil(count / edgesPerBand)));
    this.bandHeight = (this.box[3] - this.box[1]) / bands;
    this.bandStarts = new Uint32Array(bands + 1);
    this.eachBandOfEdges((band) => this.bandStarts[band + 1]!++);
    for (let band = 0; band < bands; band++) this.bandStarts[band + 1]! += this.bandStarts[band]!;
    this.bandEdges = new Uint32Array(this.bandStarts[bands]!);
    const next = this.bandStarts.slice();
    this.eachBandOfEdges((band, edge) => {
      this.bandEdges[next[band]!++] = edge;
    });
  }

  private eachBandOfEdges(take: (band: number, edge: number) => void): void {
    for (let edge = 0; edge < this.edges.length >> 2; edge++) {
      const [a, b] = [this.edges[edge * 4 + 1]!, this.edges[edge * 4 + 3]!];
      const last = this.bandOf(Math.max(a, b));
      for (let band = this.bandOf(Math.min(a, b)); band <= last; band++) take(band, edge);
    }
  }

  private bandOf(lat: number): number {
    const band = Math.floor((lat - this.box[1]) / this.bandHeight);
    return Math.max(0, Math.min(this.bandStarts.length - 2, band)) || 0;
  }

  /** Whether the point lies in it or on its border. */
  covers(lon: number, lat: number): boolean {
    const { box, edges, bandStarts, bandEdges } = this;
    if (!(lon >= box[0] && lon <= box[2] && lat >= box[1] && lat <= box[3])) return false;
    let isInside = false;
    const band = this.bandOf(lat);
    const to = bandStarts[band + 1]!;
    for (let k = bandStarts[band]!; k < to; k++) {
      const e = bandEdges[k]! * 4;
      const ax = edges[e]!;
      const ay = edges[e + 1]!;
      const bx = edges[e + 2]!;
      const by = edges[e + 3]!;
      if ((lat < ay && lat < by) || (lat > ay && lat > by)) continue;
      const side = sideOf(ax, ay, bx, by, lon, lat);
      if (side === 0 && lon >= Math.min(ax, bx) && lon <= Math.max(ax, bx)) return true;
      // left of an edge upward, right of one downward: a ray to the east crosses it
      if (ay > lat !== by > lat && side > 0 === by > ay) isInside = !isInside;
    }
    return isInside;
  }

  /** Whether any part of the line (positions `from` … `to` − 1 of lon, lat, …) lies in it or on its border. */
  meetsLine(line: ArrayLike<number>, from: number, to: number): boolean {
    for (let k = from; k < to; k++) if (this.covers(line[k * 2]!, line[k * 2 + 1]!)) return true;
    for (let k = from; k < to - 1; k++) {
      if (this.meetsSegment(line[k * 2]!, line[k * 2 + 1]!, line[k * 2 + 2]!, line[k * 2 + 3]!)) return true;
    }
    return false;
  }

  /** How a box lies to it. */
  meet([west, south, east, north]: DegreeBox): Meeting {
    const own = this.box;
    if (west > own[2] || east < own[0] || south > own[3] || north < own[1]) return "outside";
    if (this.crossesBox(west, south, east, north)) return "border";
    return this.covers(west, south) ? "inside" : "outside";
  }

  private crossesBox(west: number, south: number, east: number, north: number): boolean {
    return this.someEdge(south, north, (ax, ay, bx, by) => {
      if (Math.max(ax, bx) < west || Math.min(ax, bx) > east || Math.max(ay, by) < south || Math.min(ay, by) > north) {
        return false;
      }
      const first = sideOf(ax, ay, bx, by, west, south);
      const second = sideOf(ax, ay, bx, by, east, south);
      const third = sideOf(ax, ay, bx, by, east, north);
      const fourth = sideOf(ax, ay, bx, by, west, north);
      // none where all corners of the box lie on one side of it
      return Math.min(first, second, third, fourth) <= 0 && Math.max(first, second, third, fourth) >= 0;
    });
  }

  private meetsSegment(px: number, py: number, qx: number, qy: number): boolean {
    return this.someEdge(Math.min(py, qy), Math.max(py, qy), (ax, ay, bx, by) => {
      if (Math.max(ax, bx) < Math.min(px, qx) || Math.min(ax, bx) > Math.max(px, qx)) return false;
      if (Math.max(ay, by) < Math.min(py, qy) || Math.min(ay, by) > Math.max(py, qy)) return false;
      const [p, q] = [sideOf(ax, ay, bx, by, px, py), sideOf(ax, ay, bx, by, qx, qy)];
      const [a, b] = [sideOf(px, py, qx, qy, ax, ay), sideOf(px, py, qx, qy, bx, by)];
      return Math.sign(p) * Math.sign(q) <= 0 && Math.sign(a) * Math.sign(b) <= 0;
    });
  }

  private someEdge(
    south: number,
    north: number,
    holds: (ax: number, ay: number, bx: number, by: number) => boolean,
  ): boolean {
    const { edges, bandStarts, bandEdges } = this;
    const [from, to] = [bandStarts[this.bandOf(south)]!, bandStarts[this.bandOf(north) + 1]!];
    for (let k = from; k < to; k++) {
      const e = bandEdges[k]! * 4;
      if (holds(edges[e]!, edges[e + 1]!, edges[e + 2]!, edges[e + 3]!)) return true;
    }
    return false;
  }
}

/** Above 0 where the point is left of a → b, 0 on it; the same arithmetic as PostGIS's own test. */
function sideOf(ax: number, ay: number, bx: number, by: number, x: number, y: number): number {
  return (bx - ax) * (y - ay) - (x - ax) * (by - ay);
}

function edgesOf({ starts, ends, coordinates }: ShapeColumns, i: number): Float64Array {
  const edges: number[] = [];
  for (let part = starts[i]!; part < starts[i + 1]!; part++) {
    const [from, to] = [part === 0 ? 0 : ends[part - 1]!, ends[part]!];
    for (let k = from; k < to - 1; k++) {
      edges.push(coordinates[k * 2]!, coordinates[k * 2 + 1]!, coordinates[k * 2 + 2]!, coordinates[k * 2 + 3]!);
    }
  }
  return Float64Array.from(edges);
}

function boxOf(edges: Float64Array): DegreeBox {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let k = 0; k < edges.length; k += 2) {
    west = Math.min(west, edges[k]!);
    east = Math.max(east, edges[k]!);
    south = Math.min(south, edges[k + 1]!);
    north = Math.max(north, edges[k + 1]!);
  }
  return [west, south, east, north];
}
