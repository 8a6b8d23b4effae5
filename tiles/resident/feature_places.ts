import type { ShapeColumns } from "../shape_columns.ts";
import { joinBoxes, type WorldBox, worldX, worldY } from "../tile_math.ts";
import { Growing } from "./growing.ts";

/**
 * Where features belong, in exact degrees, for a rounded point may fall on the other side of a border. 300,000
 * buildings take 8 MB.
 *
 *     feature i →  positions starts[i] … starts[i + 1]: one a point, more a line
 *     position k → lonlat[2 k], lonlat[2 k + 1]
 */
export interface FeaturePlaces {
  starts: Uint32Array;
  lonlat: Float64Array;
  /** Organisation that holds each, 0 = none; null where none has one. */
  holders: Float64Array | null;
  /** World units that a position may lie away from a tile which the feature's shape meets, at most. */
  reach: number;
}

/** Where one feature belongs. */
export interface Place {
  /** Its point; null = any part of its shape. */
  at: readonly [number, number] | null;
  /** 0 = nobody. */
  holder: number;
}

export const nowhere: Place = { at: null, holder: 0 };

export class PlaceCollector {
  private readonly starts = new Growing((size) => new Uint32Array(size));
  private readonly lonlat = new Growing((size) => new Float64Array(size));
  private readonly holders = new Growing((size) => new Float64Array(size));
  private isHeld = false;
  private reach = 0;

  constructor() {
    this.starts.push(0);
  }

  /** @param drawn - box of its shape in world units */
  add({ at, holder }: Place, shapes: ShapeColumns, i: number, drawn: ArrayLike<number>): void {
    const first = this.lonlat.length;
    if (at) this.addPosition(at[0], at[1]);
    else this.addShape(shapes, i);
    this.starts.push(this.lonlat.length >> 1);
    this.holders.push(holder);
    if (holder !== 0) this.isHeld = true;
    let box: WorldBox = [drawn[0]!, drawn[1]!, drawn[2]!, drawn[3]!];
    for (let k = first; k < this.lonlat.length; k += 2) {
      const [x, y] = [worldX(this.lonlat.values[k]!), worldY(this.lonlat.values[k + 1]!)];
      box = joinBoxes(box, [x, y, x, y])!;
    }
    this.reach = Math.max(this.reach, box[2] - box[0], box[3] - box[1]);
  }

  private addShape({ starts, ends, coordinates }: ShapeColumns, i: number): void {
    const from = starts[i] === 0 ? 0 : ends[starts[i]! - 1]!;
    const to = ends[starts[i + 1]! - 1]!;
    for (let k = from; k < to; k++) this.addPosition(coordinates[k * 2]!, coordinates[k * 2 + 1]!);
  }

  private addPosition(lon: number, lat: number): void {
    this.lonlat.push(lon);
    this.lonlat.push(lat);
  }

  finish(): FeaturePlaces {
    return {
      starts: this.starts.trimmed(),
      lonlat: this.lonlat.trimmed(),
      holders: this.isHeld ? this.holders.trimmed() : null,
      reach: this.reach,
    };
  }
}
