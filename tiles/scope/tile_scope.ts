import { createHash } from "node:crypto";
import { type TileLayer, tileLayers } from "../../data/schema/tile_layers.ts";
import { latOfWorld, lonOfWorld, tileBox } from "../tile_math.ts";
import { isGuarded, publicTier, tierCount } from "./layer_tiers.ts";
import type { DegreeBox } from "./region_shape.ts";
import type { ScopeRegion, Shown, TileScope } from "./shown.ts";

/** Beyond any rounding of world units and degrees. */
const slack = 1e-7;

/** Longer ones are shortened to their hash. */
const longestName = 60;

/** Everything there is, to everybody who asks: for drawing without a question of scope. */
export function everythingOf(layer: TileLayer): Shown {
  return uniform(tierCount(layer));
}

/** What those see of a layer who show no token. */
export function publicOf(layer: TileLayer): Shown {
  return ofEverybody.get(layer)!;
}

const uniform = (tier: number): Shown => ({ tier, raising: [], name: String(tier) });
const ofEverybody = new Map(tileLayers.map((layer) => [layer, uniform(publicTier(layer))]));

export function isNothing({ tier, raising }: Shown): boolean {
  return tier === 0 && raising.length === 0;
}

/**
 * What a scope shows of a layer in a tile. Wholly inside or outside of every region it is one tier for all features,
 * and the same for everybody in that tier; only where a border runs, or holders count, it depends on the feature.
 *
 * @param reach - world units by which something that belongs to a feature may lie outside of the tile it is drawn in
 */
export function shownIn(
  scope: TileScope,
  layer: TileLayer,
  reach: number,
  [z, x, y]: readonly [number, number, number],
): Shown {
  if (!isGuarded(layer)) return publicOf(layer);
  const tiers = scope.get(layer) ?? [];
  const box = degreesOf(z, x, y, reach);
  const raising: (readonly ScopeRegion[])[] = [];
  for (let tier = tiers.length; tier > 0; tier--) {
    const some: ScopeRegion[] = [];
    for (const region of tiers[tier - 1]!) {
      const meeting = region.shape?.meet(box) ?? "inside";
      if (meeting === "outside") continue;
      if (meeting === "inside" && !region.holders) return named(tier, raising);
      some.push(region);
    }
    if (some.length > 0) raising[tier - 1] = some;
  }
  return named(0, raising);
}

function named(tier: number, sparse: readonly (readonly ScopeRegion[] | undefined)[]): Shown {
  const raising = Array.from(sparse, (regions) => regions ?? []);
  if (raising.length === 0) return uniform(tier);
  const parts = raising.map((regions, i) => {
    const names = [...new Set(regions.map(({ name }) => name))].sort();
    return names.length === 0 ? "" : `_${i + 1}.${names.join(".")}`;
  });
  const long = parts.join("");
  const short = long.length > longestName ? `_${createHash("sha256").update(long).digest("hex").slice(0, 24)}` : long;
  return { tier, raising, name: `${tier}${short}` };
}

function degreesOf(z: number, x: number, y: number, reach: number): DegreeBox {
  const [left, top, right, bottom] = tileBox(z, x, y);
  return [
    lonOfWorld(left - reach) - slack,
    latOfWorld(bottom + reach) - slack,
    lonOfWorld(right + reach) + slack,
    latOfWorld(top - reach) + slack,
  ];
}
