import type { ContactKind } from "../schema/contact.ts";
import {
  type Action,
  actionPolicy,
  areaCountsPolicy,
  contactPolicy,
  type GuardedLayer,
  layerPolicy,
  phoneless,
  type Tier,
} from "./policy.ts";
import { adminRoles, type Grant, type Role } from "./roles.ts";
import { type Showing, showings } from "./showing.ts";

/**
 * Where a right holds. Null area = everywhere. With an organisation, only what that one or one below it holds.
 * A region of null and null is everything.
 */
export interface Region {
  area_id: string | null;
  organisation_id: string | null;
}

/** What the rules need to know of a thing; whoever asks has looked it up. */
export interface Thing {
  /** Its point lies inside the area as it is in force, or, of a line, some of it. An area itself: it is the area, or its label point lies in it and it is no larger, for a city is not in the grid below its name. */
  isIn: (area_id: string) => boolean;
  /** The organisation, or one below it, holds the thing. */
  isHeldBy: (organisation_id: string) => boolean;
}

/** Everything, everywhere: the region of what is public. */
const everywhere: Region = { area_id: null, organisation_id: null };

/** Where a reader with these grants is in one of the roles. Public roles hold everywhere. */
export function regionsOf(roles: readonly Role[], grants: readonly Grant[]): Region[] {
  if (roles.includes("public")) return [everywhere];
  return grants
    .filter(({ role }) => roles.includes(role))
    .map(({ area_id, organisation_id }) => ({ area_id, organisation_id }));
}

/**
 * Where the reader reaches each tier of a layer, least first; `regions[n - 1]` is of tier n, empty where nowhere. A thing
 * in several counts as of the highest.
 */
export function tierRegions(layer: GuardedLayer, grants: readonly Grant[]): Region[][] {
  return layerPolicy[layer].map(({ roles }) => regionsOf(roles, grants));
}

/** The highest tier of the layer that the reader reaches for the thing; 0 = it is not there for this reader. */
export function tierOf(layer: GuardedLayer, grants: readonly Grant[], thing: Thing): number {
  const regions = tierRegions(layer, grants);
  return regions.findLastIndex((of) => of.some((region) => covers(region, thing))) + 1;
}

/** What a tier shows; undefined for tier 0. */
export function tierRules(layer: GuardedLayer, tier: number): Tier | undefined {
  return layerPolicy[layer][tier - 1];
}

/** The highest tier that the reader reaches anywhere: whether a page offers the layer at all. */
export function highestTier(layer: GuardedLayer, grants: readonly Grant[]): number {
  return tierRegions(layer, grants).findLastIndex((of) => of.length > 0) + 1;
}

function covers(region: Region, thing: Thing): boolean {
  return (
    (region.area_id === null || thing.isIn(region.area_id)) &&
    (region.organisation_id === null || thing.isHeldBy(region.organisation_id))
  );
}

/** Whether a role of the reader allows the action, somewhere. */
export function mayDo(action: Action, grants: readonly Grant[]): boolean {
  return regionsOf(actionPolicy[action], grants).length > 0;
}

/** Whether the reader sees every figure of an area, not only households, people and buildings. */
export function seesAllCounts(grants: readonly Grant[], area: Thing): boolean {
  return regionsOf(areaCountsPolicy.roles, grants).some((region) => covers(region, area));
}

/** How a phone of some owner is shown to the reader. */
export function showingOf(kind: ContactKind, grants: readonly Grant[], owner: Thing): Showing {
  if (grants.some(({ role }) => phoneless.includes(role))) return "none";
  const forRole = contactPolicy[kind];
  const reached = showings.filter((showing) =>
    Object.entries(forRole).some(
      ([role, shows]) => shows === showing && regionsOf([role as Role], grants).some((region) => covers(region, owner)),
    ),
  );
  return reached.at(-1) ?? "none";
}

/** 138****1234: enough to tell two phones apart. Short ones show their last two digits. */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/\D/g, "").length;
  const [head, tail] = digits >= 11 ? [3, 4] : digits >= 7 ? [0, 3] : [0, 2];
  let seen = 0;
  return phone.replace(/\d/g, (digit) => (++seen <= head || seen > digits - tail ? digit : "*"));
}

/** The administrator roles among the grants; more than one must not be. */
export function adminRolesOf(grants: readonly Pick<Grant, "role">[]): Role[] {
  return adminRoles.filter((role) => grants.some((grant) => grant.role === role));
}
