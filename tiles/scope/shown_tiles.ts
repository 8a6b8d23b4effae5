import type { TileLayer } from "../../data/schema/tile_layers.ts";
import type { Shown, TileScope } from "./shown.ts";
import { publicOf, shownIn } from "./tile_scope.ts";

/** What of each layer one tile shows, and how it is told from the same tile for others. */
export interface ShownTile {
  /** By layer, in the order asked for. */
  shown: readonly Shown[];
  /** Of the cache entry. */
  key: string;
  /** Ends the version of the tile; "" where everybody gets this one. */
  mark: string;
  /** What `reachOf` each layer was when it was decided. */
  reaches: readonly number[];
}

/** A tile as it is asked for, without its form. */
interface AskedTile {
  layers: readonly TileLayer[];
  z: number;
  x: number;
  y: number;
  scope?: TileScope;
}

const none: readonly number[] = [];

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
    if (!scope) return { shown: layers.map(publicOf), key, mark: "", reaches: none };
    let known = this.remembered.get(scope);
    if (!known || known.size >= mostRemembered) {
      known = new Map();
      this.remembered.set(scope, known);
    }
    const before = known.get(key);
    if (before) return before;
    const decided = this.decide(key, scope, asked);
    known.set(key, decided);
    return decided;
  }

  /** What the i-th layer shows by the rows of this moment: they may have changed since it was decided. */
  now(i: number, { layers, z, x, y, scope }: AskedTile, decided: ShownTile): Shown {
    if (!scope) return decided.shown[i]!;
    const reach = this.reachOf(layers[i]!);
    return reach === decided.reaches[i] ? decided.shown[i]! : shownIn(scope, layers[i]!, reach, [z, x, y]);
  }

  private decide(key: string, scope: TileScope, { layers, z, x, y }: AskedTile): ShownTile {
    const reaches = layers.map(this.reachOf);
    const shown = layers.map((layer, i) => shownIn(scope, layer, reaches[i]!, [z, x, y]));
    const isPublic = layers.every((layer, i) => shown[i]!.name === publicOf(layer).name);
    const mark = isPublic ? "" : `-s${shown.map(({ name }) => name).join("-")}`;
    return { shown, key: key + mark, mark, reaches };
  }

  /** To be called when rows changed: something longer may have come, and belong to places farther away. */
  forget(): void {
    this.remembered = new WeakMap();
  }
}
