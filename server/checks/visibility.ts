import { type Region, regionsOf, tierRegions, tierRules } from "../../data/access/decide.ts";
import { type Action, actionPolicy, type GuardedLayer } from "../../data/access/policy.ts";
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

/** Where the reader sees hydrants, whoever holds them. */
export function hydrantRegions(grants: readonly Grant[]): Region[] {
  const showing = tierRegions("components", grants).filter(
    (_, i) => !tierRules("components", i + 1)!.without_kinds.includes("hydrant"),
  );
  return wholeRegions(showing.flat());
}

/** Where a role of the reader allows the action for areas, which nobody holds. */
export function regionsFor(action: Action, grants: readonly Grant[]): Region[] {
  return wholeRegions(regionsOf(actionPolicy[action], grants));
}

function wholeRegions(regions: readonly Region[]): Region[] {
  return regions.filter(({ organisation_id }) => organisation_id === null);
}
