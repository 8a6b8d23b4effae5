import type { Bbox } from "../data/schema/geometry.ts";
import { problem } from "../data/schema/problem.ts";
import { maxTileZoom, type TileLayer, tileLayers } from "../data/schema/tile_layers.ts";
import { bodyOf } from "./cache/compress.ts";
import { type CachedTile, type Encoding, TileCache } from "./cache/tile_cache.ts";
import type { NetworkRef, TileChange, TileRows } from "./rows.ts";
import { publicTier } from "./scope/layer_tiers.ts";
import type { TileScope } from "./scope/shown.ts";
import { type ShownTile, ShownTiles } from "./scope/shown_tiles.ts";
import { isNothing } from "./scope/tile_scope.ts";
import { TileProblem, type TileSource, type TileView, type VectorLayer } from "./source.ts";
import { degreesOfBox, joinBoxes, type WorldBox } from "./tile_math.ts";

/** A tile that somebody asks for, its parameters read but not yet looked up. */
export interface TileQuery {
  layers: readonly TileLayer[];
  z: number;
  x: number;
  y: number;
  view: TileView;
  /** What is reached where; absent = what everybody sees. */
  scope?: TileScope;
}

export interface TileAnswer {
  /** Versions of the layers and what of them is shown; the ETag is made of it. */
  version: string;
  /** Null where there is nothing. */
  body: Buffer | null;
}

/** TileJSON 3.0 without the address of the tiles. */
export interface TileSet {
  tilejson: "3.0.0";
  name: string;
  scheme: "xyz";
  minzoom: number;
  maxzoom: number;
  bounds?: [number, number, number, number];
  vector_layers: VectorLayer[];
}

/** All tile sources behind one cache. Knows no HTTP. */
export class TileRegistry {
  private readonly sources: ReadonlyMap<TileLayer, TileSource>;
  private readonly rows: TileRows;
  private readonly cache: TileCache;
  private readonly drawing = new Map<string, Promise<CachedTile>>();
  private readonly shownTiles = new ShownTiles((layer) => this.sources.get(layer)!.reach());
  private networks: readonly NetworkRef[] = [];
  private day = "";
  private following: Promise<unknown> = Promise.resolve();

  /** @param budget - bytes that finished tiles may take */
  constructor(sources: readonly TileSource[], rows: TileRows, budget: number) {
    this.sources = new Map(sources.map((source) => [source.layer, source]));
    this.rows = rows;
    this.cache = new TileCache(budget);
  }

  /** Reads every layer; tiles can be asked for when it is done. */
  async load(): Promise<void> {
    this.day = this.rows.today();
    this.networks = await this.rows.networks();
    for (const source of this.sources.values()) await source.load();
    for (const layer of this.sources.keys()) this.cache.evict(layer, null);
    this.shownTiles.forget();
  }

  /**
   * Layers from the comma-joined names of an address, each once, in the order of tileLayers.
   * @throws TileProblem tile.unknown_layer
   */
  layersOf(names: string): TileLayer[] {
    const wanted = new Set(names.split(","));
    const layers = tileLayers.filter((layer) => wanted.delete(layer) && this.sources.has(layer));
    if (wanted.size === 0 && layers.length > 0) return layers;
    const unknown = [...wanted].map((name) => `「${name.slice(0, 40)}」`).join("、");
    throw new TileProblem(
      problem("tile.unknown_layer", {
        detail: `没有图层 ${unknown}。`,
        fix: "请改用 allowed 中的图层名，多个图层用逗号连接。",
        pointer: "layers",
        allowed: [...this.sources.keys()],
      }),
    );
  }

  /**
   * The network and edition to show; without them the default network and its edition in force.
   * @throws TileProblem network.unknown, edition.unknown
   */
  viewOf(network: string | null, edition: number | null): TileView {
    const found = network === null ? this.networks[0] : this.networks.find(({ code }) => code === network);
    if (!found && network !== null) throw new TileProblem(unknownNetwork(network, this.networks));
    if (edition === null) return { network: found?.code ?? null, edition: found?.current ?? null };
    if (found?.editions.includes(edition)) return { network: found.code, edition };
    throw new TileProblem(
      problem("edition.unknown", {
        detail: found ? `网络 ${found.code} 没有版次 ${edition}。` : "还没有任何网络。",
        fix: "请改用 allowed 中的版次，或去掉 edition 参数。",
        pointer: "edition",
        allowed: (found?.editions ?? []).map(String),
      }),
    );
  }

  /** @throws TileProblem tile.out_of_range */
  checkRange(z: number, x: number, y: number): void {
    if (z <= maxTileZoom && x < 2 ** z && y < 2 ** z) return;
    const most = 2 ** Math.min(z, maxTileZoom) - 1;
    throw new TileProblem(
      problem("tile.out_of_range", {
        detail: `没有瓦片 ${z}/${x}/${y}。`,
        fix: `级别为 0–${maxTileZoom}，该级别的列号和行号为 0–${most}。`,
        pointer: z > maxTileZoom ? "z" : x > most ? "x" : "y",
        allowed: [`z: 0–${maxTileZoom}`, `x: 0–${most}`, `y: 0–${most}`],
      }),
    );
  }

  /**
   * Names the state that a tile is in: equal versions, equal tiles. Costs neither SQL nor encoding. A finished tile
   * keeps the version it was drawn in until a change meets it.
   */
  versionOf(query: TileQuery): string {
    const drawn = this.shownOf(query);
    return this.cache.get(drawn.key)?.version ?? this.currentVersion(query, drawn);
  }

  /** Whether the tile is what everybody gets who asks for it. */
  isPublic(query: TileQuery): boolean {
    return query.scope === undefined || this.shownOf(query).mark === "";
  }

  private currentVersion({ layers, view }: TileQuery, { shown, mark }: ShownTile): string {
    // a layer of which nothing is shown must not tell when it changes
    const versions = layers.map((layer, i) => (isNothing(shown[i]!) ? "0" : this.sources.get(layer)!.version(view)));
    return versions.join("-") + mark;
  }

  private shownOf(query: TileQuery): ShownTile {
    return this.shownTiles.of(keyOf(query), query);
  }

  /** The tile if it is finished in that form, at once; undefined if there is work to do. */
  finished(query: TileQuery, encoding: Encoding): TileAnswer | undefined {
    const entry = this.cache.get(this.shownOf(query).key);
    if (!entry) return undefined;
    const { version } = entry;
    if (entry.isEmpty) return { version, body: null };
    const body = entry.bodies[encoding];
    return body && { version, body };
  }

  async tile(query: TileQuery, encoding: Encoding): Promise<TileAnswer> {
    const drawn = this.shownOf(query);
    const entry = this.cache.get(drawn.key) ?? (await this.draw(query, drawn));
    const { version } = entry;
    if (entry.isEmpty) return { version, body: null };
    const body = await bodyOf(entry, encoding);
    if (!entry.bodies[encoding]) this.cache.addBody(drawn.key, entry, encoding, body);
    return { version, body };
  }

  /** Draws a tile once, however many ask for it at the same time. */
  private draw(query: TileQuery, drawn: ShownTile): Promise<CachedTile> {
    const version = this.currentVersion(query, drawn);
    const task = `${drawn.key} ${version}`;
    const under = this.drawing.get(task);
    if (under) return under;
    const drawing = this.drawNow(query, drawn, version).finally(() => this.drawing.delete(task));
    this.drawing.set(task, drawing);
    return drawing;
  }

  private async drawNow(query: TileQuery, drawn: ShownTile, version: string): Promise<CachedTile> {
    const { layers, z, x, y, view } = query;
    const parts: Uint8Array[] = [];
    for (const [i, layer] of layers.entries()) {
      // decided by the very rows that are drawn: they may have changed since the tile was asked for
      parts.push(await this.sources.get(layer)!.tile(z, x, y, view, this.shownTiles.now(i, query, drawn)));
    }
    const plain = Buffer.concat(parts);
    const bodies = plain.length === 0 ? {} : { identity: plain };
    const entry: CachedTile = { layers, z, x, y, version, isEmpty: plain.length === 0, bodies };
    // a change came while it was drawn: good enough for who asked before, not to be kept
    if (this.currentVersion(query, drawn) === version) this.cache.set(drawn.key, entry);
    return entry;
  }

  /** What TileJSON says of the layers. */
  tileSet(layers: readonly TileLayer[], view: TileView): TileSet {
    const sources = layers.map((layer) => this.sources.get(layer)!);
    const vectorLayers = sources.flatMap((source) => source.vectorLayers);
    let box: WorldBox | null = null;
    for (const source of sources) {
      // where things lie that not everybody sees is not everybody's business either; the areas round them are
      const told = publicTier(source.layer) === 0 ? this.sources.get("areas") : source;
      box = joinBoxes(box, told?.box(view) ?? null);
    }
    return {
      tilejson: "3.0.0",
      name: layers.join(","),
      scheme: "xyz",
      minzoom: Math.min(...vectorLayers.map(({ minzoom }) => minzoom)),
      maxzoom: Math.max(...vectorLayers.map(({ maxzoom }) => maxzoom)),
      ...(box ? { bounds: degreesOfBox(box) } : {}),
      vector_layers: vectorLayers,
    };
  }

  /** Reads the division anew when the day has changed: another edition may be in force, other people may lead. */
  async renew(): Promise<void> {
    const day = this.rows.today();
    if (day === this.day) return;
    await this.follow([{ layer: "areas", ids: [], bbox: null, rev: 0 }]);
    this.day = day;
  }

  /**
   * Takes over committed changes; those of one layer together.
   * @returns for each layer where its tiles changed, in world units
   */
  follow(changes: readonly TileChange[]): Promise<{ layer: TileLayer; box: WorldBox }[]> {
    const done = this.following.then(() => this.followNow(changes));
    this.following = done.catch(() => undefined);
    return done;
  }

  private async followNow(changes: readonly TileChange[]): Promise<{ layer: TileLayer; box: WorldBox }[]> {
    const touched: { layer: TileLayer; box: WorldBox }[] = [];
    for (const [layer, source] of this.sources) {
      const change = joinChanges(changes.filter((one) => one.layer === layer));
      if (!change) continue;
      if (layer === "areas") this.networks = await this.rows.networks();
      const box = await source.follow(change);
      this.shownTiles.forget();
      if (!box) continue;
      this.cache.evict(layer, box);
      touched.push({ layer, box });
    }
    return touched;
  }
}

/** One change in place of several of one layer; what has no ids or no box stands for all or anywhere. */
function joinChanges(changes: readonly TileChange[]): TileChange | undefined {
  return changes.reduce<TileChange | undefined>((joined, change) => {
    if (!joined) return change;
    return {
      layer: change.layer,
      ids: joined.ids.length === 0 || change.ids.length === 0 ? [] : [...joined.ids, ...change.ids],
      bbox: joined.bbox && change.bbox && joinBboxes(joined.bbox, change.bbox),
      rev: Math.max(joined.rev, change.rev),
    };
  }, undefined);
}

function joinBboxes(a: Bbox, b: Bbox): Bbox {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}

function keyOf({ layers, z, x, y, view }: TileQuery): string {
  const names = layers.join(",");
  return names.includes("areas")
    ? `${names}/${z}/${x}/${y}/${view.network}/${view.edition}`
    : `${names}/${z}/${x}/${y}`;
}

function unknownNetwork(code: string, networks: readonly NetworkRef[]) {
  return problem("network.unknown", {
    detail: `没有网络「${code.slice(0, 40)}」。`,
    fix: "请改用 allowed 中的网络代码。",
    pointer: "network",
    allowed: networks.map((network) => network.code),
  });
}
