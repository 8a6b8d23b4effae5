import Flatbush from "flatbush";
import { ValueTable } from "../encode/value_table.ts";
import type { AttributeValue } from "../rows.ts";
import { lineShape, pointShape, polygonShape, type ShapeColumns } from "../shape_columns.ts";
import { type WorldBox, worldX, worldY } from "../tile_math.ts";
import { neverDrawn, rankVertices } from "./generalise.ts";
import { Growing } from "./growing.ts";
import { type FeaturePlaces, nowhere, type Place, PlaceCollector } from "./feature_places.ts";

/**
 * Features of one vector layer in memory, a column a typed array: 300,000 buildings take some 60 MB.
 *
 *     feature i →  parts starts[i] … starts[i + 1];  part p → positions ends[p − 1] … ends[p]
 *     position k → xy[2 k], xy[2 k + 1] in world units; drawn from zoom ranks[k]
 */
export interface FeatureColumns {
  count: number;
  ids: Float64Array;
  types: Uint8Array;
  /** First zoom of each feature. */
  zooms: Uint8Array;
  starts: Uint32Array;
  ends: Uint32Array;
  holes: Uint8Array;
  xy: Int32Array;
  ranks: Uint8Array;
  /** Attribute names, and for each feature a number of the value table for each of them. */
  keys: readonly string[];
  numbers: Uint32Array;
  table: ValueTable;
  /** Boxes in world units, by feature. */
  index: Flatbush | null;
  box: WorldBox | null;
  /** Where each feature belongs; null where nobody asks. */
  places: FeaturePlaces | null;
}

/** How the vertices of a part get their ranks; positions `from` … `to` (both included). */
export type Ranker = (xy: Int32Array, from: number, to: number, ranks: Uint8Array) => void;

/** Takes rows chunk by chunk and makes columns of them. */
export class FeatureCollector {
  private readonly keys: readonly string[];
  private readonly table: ValueTable;
  private readonly ids = new Growing((size) => new Float64Array(size));
  private readonly types = new Growing((size) => new Uint8Array(size));
  private readonly zooms = new Growing((size) => new Uint8Array(size));
  private readonly starts = new Growing((size) => new Uint32Array(size));
  private readonly ends = new Growing((size) => new Uint32Array(size));
  private readonly holes = new Growing((size) => new Uint8Array(size));
  private readonly xy = new Growing((size) => new Int32Array(size));
  private readonly ranks = new Growing((size) => new Uint8Array(size));
  private readonly numbers = new Growing((size) => new Uint32Array(size));
  private readonly boxes = new Growing((size) => new Int32Array(size));

  private readonly places: PlaceCollector | null;

  /** @param isGuarded - whether somebody will ask where features belong */
  constructor(keys: readonly string[], table = new ValueTable(), isGuarded = false) {
    this.keys = keys;
    this.table = table;
    this.starts.push(0);
    this.places = isGuarded ? new PlaceCollector() : null;
  }

  /**
   * Adds shape i of `shapes` as a feature; a shape without positions is left out, for there is nothing to draw.
   * @param readValue - value of an attribute of this feature
   */
  add(
    id: number,
    shapes: ShapeColumns,
    i: number,
    zoom: number,
    readValue: (key: string) => AttributeValue,
    rank?: Ranker,
    place: Place = nowhere,
  ) {
    const before = this.xy.length;
    for (let part = shapes.starts[i]!; part < shapes.starts[i + 1]!; part++) {
      this.addPart(shapes, part, shapes.types[i]!, rank ?? rankVertices);
    }
    if (this.xy.length === before) return;
    this.ids.push(id);
    this.types.push(shapes.types[i]!);
    this.zooms.push(zoom);
    this.starts.push(this.ends.length);
    for (const key of this.keys) this.numbers.push(this.table.numberOf(readValue(key)));
    this.addBox(before);
    this.places?.add(place, shapes, i, this.boxes.values.subarray(this.boxes.length - 4, this.boxes.length));
  }

  private addPart(shapes: ShapeColumns, part: number, type: number, rank: Ranker): void {
    const from = part === 0 ? 0 : shapes.ends[part - 1]!;
    const to = shapes.ends[part]!;
    if (to - from < (type === polygonShape ? 4 : type === lineShape ? 2 : 1)) return;
    const first = this.xy.length >> 1;
    this.xy.reserve((to - from) * 2);
    this.ranks.reserve(to - from);
    for (let k = from; k < to; k++) {
      this.xy.push(worldX(shapes.coordinates[k * 2]!));
      this.xy.push(worldY(shapes.coordinates[k * 2 + 1]!));
      this.ranks.push(0);
    }
    if (type !== pointShape) {
      rank(this.xy.values, first, first + to - from - 1, this.ranks.values);
      if (type === lineShape) this.keepEnds(first);
      this.dropNeverDrawn(first);
    }
    this.ends.push(this.xy.length >> 1);
    this.holes.push(shapes.holes[part]!);
  }

  /** A line shown farther out than the level that its ends belong to still reaches them. */
  private keepEnds(first: number): void {
    this.ranks.values[first] = 0;
    this.ranks.values[this.ranks.length - 1] = 0;
  }

  private dropNeverDrawn(first: number): void {
    const [xy, ranks] = [this.xy.values, this.ranks.values];
    let next = first;
    for (let k = first; k < this.ranks.length; k++) {
      if (ranks[k] === neverDrawn) continue;
      xy[next * 2] = xy[k * 2]!;
      xy[next * 2 + 1] = xy[k * 2 + 1]!;
      ranks[next] = ranks[k]!;
      next++;
    }
    this.xy.length = next * 2;
    this.ranks.length = next;
  }

  private addBox(from: number): void {
    const xy = this.xy.values;
    let [left, top, right, bottom] = [xy[from]!, xy[from + 1]!, xy[from]!, xy[from + 1]!];
    for (let k = from + 2; k < this.xy.length; k += 2) {
      const x = xy[k]!;
      const y = xy[k + 1]!;
      if (x < left) left = x;
      else if (x > right) right = x;
      if (y < top) top = y;
      else if (y > bottom) bottom = y;
    }
    this.boxes.reserve(4);
    for (const side of [left, top, right, bottom]) this.boxes.push(side);
  }

  finish(): FeatureColumns {
    const index = this.buildIndex();
    return {
      count: this.ids.length,
      ids: this.ids.trimmed(),
      types: this.types.trimmed(),
      zooms: this.zooms.trimmed(),
      starts: this.starts.trimmed(),
      ends: this.ends.trimmed(),
      holes: this.holes.trimmed(),
      xy: this.xy.trimmed(),
      ranks: this.ranks.trimmed(),
      keys: this.keys,
      numbers: this.numbers.trimmed(),
      table: this.table,
      index,
      box: index ? [index.minX, index.minY, index.maxX, index.maxY] : null,
      places: this.places?.finish() ?? null,
    };
  }

  private buildIndex(): Flatbush | null {
    if (this.ids.length === 0) return null;
    const index = new Flatbush(this.ids.length, 16, Int32Array);
    const boxes = this.boxes.values;
    for (let i = 0; i < this.ids.length; i++) {
      index.add(boxes[i * 4]!, boxes[i * 4 + 1]!, boxes[i * 4 + 2]!, boxes[i * 4 + 3]!);
    }
    index.finish();
    return index;
  }
}
