import { ByteWriter } from "../encode/byte_writer.ts";
import { ValueTable } from "../encode/value_table.ts";
import type { FeatureChunk, FeatureLayer, TileChange, TileRows } from "../rows.ts";
import { isGuarded, tierViews } from "../scope/layer_tiers.ts";
import type { Shown } from "../scope/shown.ts";
import type { TileSource, TileView, VectorLayer } from "../source.ts";
import { boxOfDegrees, joinBoxes, type WorldBox } from "../tile_math.ts";
import { zoomOf, zoomRanges } from "../zoom_ranges.ts";
import { drawFeatures } from "./draw_features.ts";
import { FeatureCollector, type FeatureColumns } from "./feature_columns.ts";
import { nowhere } from "./feature_places.ts";
import { attributeKeys, vectorLayersOf } from "./vector_layers.ts";

/** Share of changed rows above which the layer is read anew, so that what was replaced takes no memory. */
const mostChanged = 0.1;

const nothing = new Uint8Array(0);

/**
 * A layer of one feature a row, held in memory. After a change the rows concerned are read again and stand in a second,
 * small set of columns; in the first one they are marked as gone.
 */
export class FeatureSource implements TileSource {
  readonly layer: FeatureLayer;
  readonly vectorLayers: readonly VectorLayer[];
  private readonly isGuarded: boolean;
  private readonly rows: TileRows;
  private readonly keys: string[];
  private base: FeatureColumns | null = null;
  private recent: FeatureColumns | null = null;
  /** Ids that changed since `base` was read; each stands in `recent` or nowhere. */
  private changed = new Set<number>();
  private gone = new Uint8Array(0);
  private database = "";
  private rev = 0;
  private readonly tileBytes = new ByteWriter(65_536);

  constructor(layer: FeatureLayer, rows: TileRows) {
    this.layer = layer;
    this.isGuarded = isGuarded(layer);
    this.rows = rows;
    this.keys = attributeKeys(layer);
    this.vectorLayers = vectorLayersOf(layer);
  }

  async load(): Promise<void> {
    const state = await this.rows.state();
    const base = await this.read(new ValueTable());
    this.base = base;
    this.recent = null;
    this.changed = new Set();
    this.gone = new Uint8Array(base.count);
    this.database = state.database;
    this.rev = state.revs[this.layer] ?? 0;
  }

  box(): WorldBox | null {
    return joinBoxes(this.base?.box ?? null, this.recent?.box ?? null);
  }

  version(): string {
    return `${this.database}.${this.rev}`;
  }

  reach(): number {
    return Math.max(this.base?.places?.reach ?? 0, this.recent?.places?.reach ?? 0);
  }

  async tile(z: number, x: number, y: number, _view: TileView, shown: Shown): Promise<Uint8Array> {
    if (!this.base || z < zoomRanges[this.layer].from || z > zoomRanges[this.layer].to) return nothing;
    if (shown.tier === 0 && shown.raising.length === 0) return nothing;
    const sets: { columns: FeatureColumns; isGone?: (i: number) => boolean }[] = [
      this.changed.size > 0 ? { columns: this.base, isGone: (i) => this.gone[i] === 1 } : { columns: this.base },
    ];
    if (this.recent) sets.push({ columns: this.recent });
    this.tileBytes.reset();
    drawFeatures(this.layer, sets, [z, x, y], this.tileBytes, {
      shown,
      views: this.isGuarded ? tierViews(this.layer, this.keys, this.base.table) : null,
    });
    return this.tileBytes.finish();
  }

  async follow(change: TileChange): Promise<WorldBox | null> {
    if (change.layer !== this.layer || !this.base) return null;
    const named = change.bbox && boxOfDegrees(change.bbox);
    const before = this.box();
    const ids = new Set([...this.changed, ...change.ids]);
    if (change.ids.length === 0 || ids.size > Math.max(1000, this.base.count * mostChanged)) {
      await this.load();
      this.rev = Math.max(this.rev, change.rev);
      return named ?? joinBoxes(before, this.box());
    }
    const old = this.boxOfIds(change.ids);
    const recent = await this.read(
      this.base.table,
      [...ids].sort((a, b) => a - b),
    );
    for (const id of change.ids) {
      const i = placeOf(this.base, id);
      if (i >= 0) this.gone[i] = 1;
    }
    this.changed = ids;
    this.recent = recent;
    this.rev = change.rev;
    return joinBoxes(joinBoxes(old, this.boxOfIds(change.ids)), named);
  }

  private async read(table: ValueTable, only?: readonly number[]): Promise<FeatureColumns> {
    const collector = new FeatureCollector(this.keys, table, this.isGuarded);
    await this.rows.features(this.layer, (chunk) => this.take(chunk, collector), only);
    return collector.finish();
  }

  private take({ ids, shapes, attributes, at, holders }: FeatureChunk, collector: FeatureCollector): void {
    const by = zoomRanges[this.layer].by?.attribute;
    for (let i = 0; i < shapes.count; i++) {
      const zoom = zoomOf(this.layer, by && attributes[by]?.[i]);
      const point = at ? ([at[i * 2]!, at[i * 2 + 1]!] as const) : null;
      const place = this.isGuarded ? { at: point, holder: holders?.[i] ?? 0 } : nowhere;
      collector.add(ids[i]!, shapes, i, zoom, (key) => attributes[key]?.[i], undefined, place);
    }
  }

  private boxOfIds(ids: readonly number[]): WorldBox | null {
    let box: WorldBox | null = null;
    for (const columns of [this.base, this.recent]) {
      for (const id of columns ? ids : []) {
        const i = placeOf(columns!, id);
        if (i >= 0) box = joinBoxes(box, boxOfFeature(columns!, i));
      }
    }
    return box;
  }
}

/** Where the feature with an id stands, −1 if it does not: rows come by rising id. */
function placeOf({ ids, count }: FeatureColumns, id: number): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ids[middle]! < id) low = middle + 1;
    else high = middle;
  }
  return low < count && ids[low] === id ? low : -1;
}

function boxOfFeature({ starts, ends, xy }: FeatureColumns, i: number): WorldBox | null {
  const from = starts[i] === 0 ? 0 : ends[starts[i]! - 1]!;
  const to = ends[starts[i + 1]! - 1]!;
  let box: WorldBox | null = null;
  for (let k = from; k < to; k++) {
    box = joinBoxes(box, [xy[k * 2]!, xy[k * 2 + 1]!, xy[k * 2]!, xy[k * 2 + 1]!]);
  }
  return box;
}
