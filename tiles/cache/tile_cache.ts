import type { TileLayer } from "../../data/schema/tile_layers.ts";
import { boxesMeet, tileBox, type WorldBox } from "../tile_math.ts";

/** How bytes are sent: compressed with brotli, with gzip, or plain. */
export type Encoding = "br" | "gzip" | "identity";

/** One finished tile. Compressed forms are made when first asked for; `plain` is dropped once there is one. */
export interface CachedTile {
  layers: readonly TileLayer[];
  z: number;
  x: number;
  y: number;
  /** Versions of its layers, from before it was drawn. */
  version: string;
  isEmpty: boolean;
  bodies: Partial<Record<Encoding, Buffer>>;
}

/** What an entry takes besides its bytes, roughly. */
const overhead = 400;

/** Finished tiles, the longest unused dropped first when they take more than `budget` bytes. */
export class TileCache {
  private readonly budget: number;
  private readonly entries = new Map<string, CachedTile>();
  private used = 0;

  /** @param budget - bytes */
  constructor(budget: number) {
    this.budget = budget;
  }

  get bytes(): number {
    return this.used;
  }

  get size(): number {
    return this.entries.size;
  }

  get(key: string): CachedTile | undefined {
    const entry = this.entries.get(key);
    if (entry) {
      this.entries.delete(key);
      this.entries.set(key, entry);
    }
    return entry;
  }

  set(key: string, entry: CachedTile): void {
    this.delete(key);
    this.entries.set(key, entry);
    this.used += weigh(entry);
    this.shrink();
  }

  /** Adds a compressed form to an entry, if it is still here. */
  addBody(key: string, entry: CachedTile, encoding: Encoding, body: Buffer): void {
    const isHere = this.entries.get(key) === entry;
    if (isHere) this.used -= weigh(entry);
    entry.bodies[encoding] = body;
    if (encoding !== "identity") delete entry.bodies.identity;
    if (isHere) this.used += weigh(entry);
    this.shrink();
  }

  /** Drops tiles that carry the layer and meet the box (world units); null = every tile of the layer. */
  evict(layer: TileLayer, box: WorldBox | null): number {
    let count = 0;
    for (const [key, entry] of this.entries) {
      if (!entry.layers.includes(layer)) continue;
      if (box && !boxesMeet(tileBox(entry.z, entry.x, entry.y), box)) continue;
      this.delete(key);
      count++;
    }
    return count;
  }

  private shrink(): void {
    for (const key of this.entries.keys()) {
      if (this.used <= this.budget) return;
      this.delete(key);
    }
  }

  private delete(key: string): void {
    const entry = this.entries.get(key);
    if (!entry) return;
    this.entries.delete(key);
    this.used -= weigh(entry);
  }
}

function weigh({ bodies }: CachedTile): number {
  let bytes = overhead;
  for (const body of Object.values(bodies)) bytes += body.length;
  return bytes;
}
