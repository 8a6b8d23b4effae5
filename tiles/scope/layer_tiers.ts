import { highestTier, tierRules } from "../../data/access/decide.ts";
import { layerPolicy } from "../../data/access/policy.ts";
import { type TileLayer, tileLayers } from "../../data/schema/tile_layers.ts";
import type { ValueTable } from "../encode/value_table.ts";
import { attributeKeys } from "../resident/vector_layers.ts";
import type { FeatureLayer } from "../rows.ts";
import { latestZoom, zoomRanges } from "../zoom_ranges.ts";

/** What of a feature is drawn in one tier of a layer. */
export interface TierView {
  /** 1 for each attribute that is left out, in the order of the layer's keys; null = none. */
  hidden: Uint8Array | null;
  /** Numbers (of the value table) of the kinds that are left out. */
  withoutKinds: ReadonlySet<number>;
  /** Place of `kind` among the keys. */
  kindKey: number;
  /**
   * First zoom of every feature where the attribute that decides it is left out: the zoom at which a feature appears
   * would tell it. 0 = each has its own.
   */
  zoom: number;
}

/** How many tiers a layer has. */
export function tierCount(layer: TileLayer): number {
  return layerPolicy[layer].length;
}

/** The tier that everybody reaches everywhere. */
export function publicTier(layer: TileLayer): number {
  return highestTier(layer, []);
}

/** Whether somebody sees more in tiles of the layer than others, so that its features must know where they belong. */
export function isGuarded(layer: TileLayer): boolean {
  return guarded.has(layer);
}

const guarded = new Set(tileLayers.filter((layer) => layer !== "areas" && tilesDiffer(layer)));

function tilesDiffer(layer: FeatureLayer): boolean {
  const keys = attributeKeys(layer);
  const from = publicTier(layer);
  if (from === 0) return true;
  return layerPolicy[layer]
    .slice(from - 1, -1)
    .some(({ hides, without_kinds }) => without_kinds.length > 0 || keys.some((key) => hides.includes(key)));
}

/** What each tier of the layer shows; views[n − 1] is of tier n. */
export function tierViews(layer: FeatureLayer, keys: readonly string[], table: ValueTable): TierView[] {
  const decisive = zoomRanges[layer].by?.attribute;
  return Array.from({ length: tierCount(layer) }, (_, i) => {
    const { hides, without_kinds } = tierRules(layer, i + 1)!;
    return {
      hidden: keys.some((key) => hides.includes(key))
        ? Uint8Array.from(keys, (key) => (hides.includes(key) ? 1 : 0))
        : null,
      withoutKinds: new Set(without_kinds.map((kind) => table.numberOf(kind))),
      kindKey: keys.indexOf("kind"),
      zoom: decisive !== undefined && hides.includes(decisive) ? latestZoom(layer) : 0,
    };
  });
}
