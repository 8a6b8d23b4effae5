import { type GuardedLayer, layerPolicy } from "../../data/access/policy.ts";
import { type LayerGroup, type LayerSwitches, layerGroups } from "../../data/cartography/style_options.ts";
import type { Register } from "../../data/schema/record.ts";
import { type Tiers, tierOf } from "../ui/reader.ts";

/** Groups of the layer list whose things are guarded, and the layer whose policy guards them. */
const guardOfGroup: Partial<Record<LayerGroup, GuardedLayer>> = {
  key_units: "key_units",
  hydrants: "components",
  components: "components",
  pipes: "pipes",
};

/** Every group, in the order of the layer list. */
const groups = Object.keys(layerGroups) as LayerGroup[];

/** True where the public sees nothing of the layer: who sees it, sees it in the own areas only. */
export function isOfOwnAreas(layer: GuardedLayer): boolean {
  return !layerPolicy[layer].some(({ roles }) => roles.includes("public"));
}

/** The groups that this reader sees something of, and whether only in the own areas. */
export function offeredGroups(session: Tiers): { group: LayerGroup; ownAreas: boolean }[] {
  return groups
    .map((group) => ({ group, guard: guardOfGroup[group] }))
    .filter(({ guard }) => guard === undefined || tierOf(session, guard) > 0)
    .map(({ group, guard }) => ({ group, ownAreas: guard !== undefined && isOfOwnAreas(guard) }));
}

/** What the address wishes to see, without what the reader may not: nothing of that is asked for. */
export function allowedSwitches(session: Tiers, wished: LayerSwitches): LayerSwitches {
  const offered = new Set(offeredGroups(session).map(({ group }) => group));
  const shut = groups.filter((group) => !offered.has(group)).map((group) => [group, false] as const);
  return { ...wished, ...Object.fromEntries(shut) };
}

/** True where the reader sees nothing of the register anywhere. */
export function isShut(session: Tiers, register: Register): boolean {
  return tierOf(session, register) === 0;
}
