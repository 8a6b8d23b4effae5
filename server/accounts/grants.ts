import { adminRolesOf } from "../../data/access/decide.ts";
import { adminRoles, type Grant } from "../../data/access/roles.ts";
import type { GrantInput } from "../../data/schema/account.ts";
import type { Outcome } from "../../data/schema/problem.ts";
import type { Queries } from "../db/db.ts";
import { knownOrganisations, type Place, placesByKey, successorsOf } from "./places.ts";
import {
  type AdminRole,
  adminHoldsEverywhere,
  adminsCombined,
  areaNeeded,
  noSuchArea,
  noSuchOrganisation,
  notYetInForce,
  retiredArea,
  wallForScreens,
} from "./refusals.ts";

const isAdmin = (role: string): role is AdminRole => (adminRoles as readonly string[]).includes(role);

/** The same grant has the same key. */
export const grantKey = ({ role, area_id, organisation_id }: Grant): string =>
  `${role} ${area_id ?? "*"} ${organisation_id ?? "*"}`;

/**
 * Checks what an account is to be given, and finds the ids of its places. The first fault is told with its place.
 * @param held - what it has already: that stays possible where its area was retired since, so that an account can
 *   still be renamed or disabled
 */
export async function resolveGrants(
  db: Queries,
  inputs: readonly GrantInput[],
  { held, day }: { held: readonly Grant[]; day: string },
): Promise<Outcome<Grant[]>> {
  const admins = adminRolesOf(inputs).filter(isAdmin);
  if (admins.length > 1) return adminsCombined(admins);
  const places = await placesByKey(
    db,
    inputs.flatMap(({ area }) => area ?? []),
    day,
  );
  const organisations = await knownOrganisations(
    db,
    inputs.flatMap(({ organisation_id }) => organisation_id ?? []),
  );
  const heldKeys = new Set(held.map(grantKey));
  const grants = new Map<string, Grant>();
  for (const [index, input] of inputs.entries()) {
    const { role, area, organisation_id } = input;
    if (role === "wall") return wallForScreens(index);
    if (isAdmin(role) && (area !== null || organisation_id !== null)) return adminHoldsEverywhere(index);
    if (!isAdmin(role) && area === null) return areaNeeded(index);
    if (organisation_id !== null && !organisations.has(organisation_id)) return noSuchOrganisation(index);
    const place = area === null ? null : places.get(area);
    if (place === undefined) return noSuchArea(area!, index);
    const grant = { role, area_id: place?.id ?? null, organisation_id };
    if (place && !heldKeys.has(grantKey(grant))) {
      const refused = await refusePlace(db, place, { index, day });
      if (refused) return refused;
    }
    grants.set(grantKey(grant), grant);
  }
  return { ok: true, value: [...grants.values()] };
}

/** Why nothing can be granted on an area; null where it is in force. */
export async function refusePlace(
  db: Queries,
  place: Place,
  { index, day }: { index: number; day: string },
): Promise<ReturnType<typeof retiredArea> | null> {
  if (place.state === "in_force") return null;
  if (place.state === "coming") return notYetInForce(`${place.network}:${place.code}`, index);
  const successors = await successorsOf(db, [place.id], day);
  return retiredArea(place, successors.get(place.id) ?? [], index);
}
