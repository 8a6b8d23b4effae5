import type { TileLayer } from "../../data/schema/tile_layers.ts";
import { publicOf, type Shown, shownIn, type TileScope } from "./tile_scope.ts";

/** What of each layer one tile shows, and how it is told from the same tile for others. */
export interface ShownTile {
  /** By layer, in the order asked for. */
  shown: readonly Shown[];
  /** Of the cache entry. */
  key: string;
  /** Ends the version of the tile; "" where everybody gets this one. */
  mark: string;
}

/** A tile as it is asked for, without its form. */
interface AskedTile {
  layers: readonly TileLayer[];
  z: number;
  x: number;
  y: number;
  scope?: TileScope;
}

/** Tiles that are remembered for each scope. */
const mostRemembered = 4000;

/** Decides what tiles show, and remembers it, for a map asks for the same ones again and again. */
export class ShownTiles {
  private readonly reachOf: (layer: TileLayer) => number;
  private remembered = new WeakMap<TileScope, Map<string, ShownTile>>();

  /** @param reachOf - how far what belongs to a feature may lie outside of a tile, see TileSource */
  constructor(reachOf: (layer: TileLayer) => number) {
    this.reachOf = reachOf;
  }

  /** @param key - of the tile, whatever is shown of it */
  of(key: string, asked: AskedTile): ShownTile {
    const { layers, scope } = asked;
    if (!scope) return { shown: layers.map(publicOf), key, mark: "" };
    let known = this.remembered.get(scope);
    if (!known || known.size >= mostRemembered) {
      known = new Map();
      this.remembered.set(scope, known);
    }
    const before = known.get(key);
    if (before) return before;
    const decided = this.decide(key, asked);
    known.set(key, decided);
    return decided;
  }

  /** What a layer shows by the rows of this moment. */
  now(layer: TileLayer, { z, x, y, scope }: AskedTile): Shown {
    return scope ? shownIn(scope, layer, this.reachOf(layer), [z, x, y]) : publicOf(layer);
  }

  private decide(key: string, asked: AskedTile): ShownTile {
    const shown = asked.layers.map((layer) => this.now(layer, asked));
    const isPublic = asked.layers.every((layer, i) => shown[i]!.name === publicOf(layer).name);
    const mark = isPublic ? "" : `-s${shown.map(({ name }) => name).join("-")}`;
    return { shown, key: key + mark, mark };
  }

  /** To be called when rows changed: something longer may have come, and belong to places farther away. */
  forget(): void {
    this.remembered = new WeakMap();
  }
}
