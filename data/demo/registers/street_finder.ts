import { nearestOnSegment } from "./flat_geometry.ts";
import type { Scene } from "./scene.ts";
import { halfWidths } from "./street_pieces.ts";

/** A place beside a named street. */
export interface StreetSpot {
  street: number;
  /** Metres from the street's western end. */
  distance: number;
  /** 1 left of west → east (north), −1 right. */
  side: number;
  /** The nearest point of its centre line. */
  x: number;
  y: number;
  /** Metres from the edge of the street. */
  off: number;
}

interface Stretch {
  street: number;
  half: number;
  /** Metres of the street before it. */
  before: number;
  length: number;
  ax: number;
  ay: number;
  bx: number;
  by: number;
}

const cellSize = 80;

/** Finds the named street beside a place; a table of squares of 80 m. */
export class StreetFinder {
  private readonly stretches: Stretch[] = [];
  private readonly cells = new Map<number, number[]>();

  constructor(scene: Scene) {
    scene.plan.streets.forEach((street, index) => {
      if (street.name === null) return;
      let before = 0;
      for (let i = 1; i < street.vertices.length; i++) {
        const [a, b] = [street.vertices[i - 1]!, street.vertices[i]!];
        const [ax, ay, bx, by] = [scene.plan.x[a]!, scene.plan.y[a]!, scene.plan.x[b]!, scene.plan.y[b]!];
        const length = Math.hypot(bx - ax, by - ay);
        this.add({ street: index, half: halfWidths[street.class], before, length, ax, ay, bx, by });
        before += length;
      }
    });
  }

  /** The street whose edge is nearest, within `reach` metres of it; null where there is none. */
  nearest(x: number, y: number, reach: number): StreetSpot | null {
    let best: StreetSpot | null = null;
    const column = Math.floor(x / cellSize);
    const row = Math.floor(y / cellSize);
    for (let i = -1; i <= 1; i++) {
      for (let j = -1; j <= 1; j++) {
        for (const index of this.cells.get(cellKey(column + i, row + j)) ?? []) {
          const stretch = this.stretches[index]!;
          const hit = nearestOnSegment(x, y, stretch.ax, stretch.ay, stretch.bx, stretch.by);
          const off = hit.distance - stretch.half;
          if (off > reach || (best && off >= best.off)) continue;
          const distance = stretch.before + hit.share * stretch.length;
          best = { street: stretch.street, distance, side: hit.side, x: hit.x, y: hit.y, off };
        }
      }
    }
    return best;
  }

  private add(stretch: Stretch): void {
    const index = this.stretches.push(stretch) - 1;
    const { ax, ay, bx, by } = stretch;
    for (let i = Math.floor(Math.min(ax, bx) / cellSize); i <= Math.floor(Math.max(ax, bx) / cellSize); i++) {
      for (let j = Math.floor(Math.min(ay, by) / cellSize); j <= Math.floor(Math.max(ay, by) / cellSize); j++) {
        const key = cellKey(i, j);
        const cell = this.cells.get(key);
        if (cell) cell.push(index);
        else this.cells.set(key, [index]);
      }
    }
  }
}

/** One number for a square; districts lie within 800 km of the origin. */
function cellKey(column: number, row: number): number {
  return (column + 10_000) * 20_000 + row + 10_000;
}
