import { type Region, tierRegions, tierRules } from "../../data/access/decide.ts";
import type { GuardedLayer } from "../../data/access/policy.ts";
import type { Grant } from "../../data/access/roles.ts";

/** Layers that the checks read: findings are the same for readers who reach the same tiers of them in the same places. */
const layers = [
  "roads",
  "ground",
  "buildings",
  "estates",
  "facilities",
  "legal_entities",
  "key_units",
  "components",
] as const satisfies GuardedLayer[];

/** Where the reader reaches which tier, as text: part of the name of a result. */
export function visibilityOf(grants: readonly Grant[]): string {
  const regions = layers.map((layer) => tierRegions(layer, grants).map((tier) => tier.map(nameOf).sort()));
  return JSON.stringify(regions);
}

const nameOf = ({ area_id, organisation_id }: Region): string => `${area_id ?? ""}.${organisation_id ?? ""}`;

/** Whether a tier of the components shows hydrants; 0 shows nothing. */
export function showsHydrants(tier: number): boolean {
  const rules = tierRules("components", tier);
  return rules !== undefined && !rules.without_kinds.includes("hydrant");
}

/** Where the reader sees hydrants. */
export function hydrantRegions(grants: readonly Grant[]): Region[] {
  return tierRegions("components", grants)
    .filter((_, i) => showsHydrants(i + 1))
    .flat();
}

/** Regions in which everything counts, whoever holds it: areas are held by nobody. */
export function wholeRegions(regions: readonly Region[]): Region[] {
  return regions.filter(({ organisation_id }) => organisation_id === null);
}
