import { ByteWriter } from "../encode/byte_writer.ts";
import type { AreaChunk, TileChange, TileRows } from "../rows.ts";
import type { Shown } from "../scope/shown.ts";
import type { TileSource, TileView, VectorLayer } from "../source.ts";
import { boxOfDegrees, joinBoxes, type WorldBox } from "../tile_math.ts";
import { fineArcsFrom } from "../zoom_ranges.ts";
import { type AreaSet, buildAreaSet } from "./area_set.ts";
import { drawFeatures } from "./draw_features.ts";
import { vectorLayersOf } from "./vector_layers.ts";

/** Former editions that stay in memory; the current one of each network always does. */
const mostFormer = 3;

const nothing = new Uint8Array(0);

/** The areas of every network: editions in force are held in memory, former ones are read when asked for. */
export class AreaSource implements TileSource {
  readonly layer = "areas";
  readonly vectorLayers: readonly VectorLayer[] = vectorLayersOf("areas");
  private readonly rows: TileRows;
  private readonly current = new Map<string, Promise<AreaSet>>();
  private readonly former = new Map<string, Promise<AreaSet>>();
  private readonly boxes = new Map<string, WorldBox | null>();
  private database = "";
  private rev = 0;
  private day = "";
  private readonly tileBytes = new ByteWriter(65_536);

  constructor(rows: TileRows) {
    this.rows = rows;
  }

  async load(): Promise<void> {
    const day = this.rows.today();
    const state = await this.rows.state();
    const networks = await this.rows.networks();
    const sets = new Map<string, AreaSet>();
    for (const { code, current } of networks) {
      if (current !== null) sets.set(keyOf(code, current), await this.read(code, current));
    }
    this.former.clear();
    this.current.clear();
    for (const [key, set] of sets) this.current.set(key, Promise.resolve(set));
    this.day = day;
    this.database = state.database;
    this.rev = state.revs[this.layer] ?? 0;
  }

  box({ network, edition }: TileView): WorldBox | null {
    return (network !== null && edition !== null && this.boxes.get(keyOf(network, edition))) || null;
  }

  /** The edition, because without one in the address it is another on another day; the day, because of leaders. */
  version({ edition }: TileView): string {
    return `${this.database}.${this.rev}.${this.day}.${edition}`;
  }

  /** Everybody sees every area. */
  reach(): number {
    return 0;
  }

  async tile(z: number, x: number, y: number, { network, edition }: TileView, { tier }: Shown): Promise<Uint8Array> {
    if (network === null || edition === null || tier === 0) return nothing;
    const { faces, coarseArcs, fineArcs, labels } = await this.setOf(network, edition);
    this.tileBytes.reset();
    drawFeatures("areas", [{ columns: faces }], [z, x, y], this.tileBytes);
    drawFeatures("area_arcs", [{ columns: z < fineArcsFrom ? coarseArcs : fineArcs }], [z, x, y], this.tileBytes);
    drawFeatures("area_labels", [{ columns: labels }], [z, x, y], this.tileBytes);
    return this.tileBytes.finish();
  }

  /** A division is read anew as a whole: one border that moves changes its neighbours, parents and all their arcs. */
  async follow(change: TileChange): Promise<WorldBox | null> {
    if (change.layer !== "areas") return null;
    const before = this.wholeBox();
    await this.load();
    this.rev = Math.max(this.rev, change.rev);
    return change.bbox ? boxOfDegrees(change.bbox) : joinBoxes(before, this.wholeBox());
  }

  private wholeBox(): WorldBox | null {
    let whole: WorldBox | null = null;
    for (const box of this.boxes.values()) whole = joinBoxes(whole, box);
    return whole;
  }

  private setOf(network: string, edition: number): Promise<AreaSet> {
    const key = keyOf(network, edition);
    const known = this.current.get(key) ?? this.former.get(key);
    if (known) return known;
    const reading = this.read(network, edition);
    this.former.set(key, reading);
    reading.catch(() => this.former.delete(key));
    if (this.former.size > mostFormer) this.former.delete(this.former.keys().next().value!);
    return reading;
  }

  private async read(network: string, edition: number): Promise<AreaSet> {
    const chunks: AreaChunk[] = [];
    await this.rows.areas(network, edition, (chunk) => chunks.push(chunk));
    const set = buildAreaSet(chunks);
    this.boxes.set(keyOf(network, edition), set.faces.box);
    return set;
  }
}

function keyOf(network: string, edition: number): string {
  return `${network}@${edition}`;
}
