import { expect, test } from "vitest";
import { highestTier } from "../../../data/access/decide.ts";
import { type GuardedLayer, layerPolicy } from "../../../data/access/policy.ts";
import type { GrantedRole } from "../../../data/access/roles.ts";
import type { Session } from "../../../data/schema/session.ts";
import { allowedSwitches, isOfOwnAreas, isShut, offeredGroups } from "../../../web/panorama/guarded_layers.ts";

/** What the server says of somebody with one role. */
function sessionOf(role: GrantedRole | null): Session {
  const grants = role === null ? [] : [{ role, area_id: "1", organisation_id: null }];
  const layers = Object.fromEntries(
    Object.keys(layerPolicy).map((layer) => [layer, highestTier(layer as GuardedLayer, grants)]),
  );
  return {
    account: null,
    pending: null,
    layers,
    actions: [],
    public_access: true,
    identity_provider: null,
    demo_accounts: [],
    ends_at: null,
  };
}

test("the public is offered neither pipes nor components nor key units", () => {
  const offered = offeredGroups(sessionOf(null)).map(({ group }) => group);
  expect(offered).toContain("buildings");
  for (const shut of ["pipes", "components", "hydrants", "key_units"]) expect(offered).not.toContain(shut);
});

test("what only a role opens is said to hold in the own areas", () => {
  const own = offeredGroups(sessionOf("fire_liaison")).filter(({ ownAreas }) => ownAreas);
  expect(own.map(({ group }) => group)).toEqual(["key_units", "hydrants", "pipes", "components"]);
  expect(isOfOwnAreas("buildings")).toBe(false);
});

test("a link cannot switch on what the reader may not see, and leaves the rest as it is", () => {
  const wished = { pipes: true, buildings: false };
  expect(allowedSwitches(sessionOf(null), wished)).toMatchObject({ pipes: false, key_units: false, buildings: false });
  expect(allowedSwitches(sessionOf("police_liaison"), wished)).toEqual(wished);
});

test("a register is shut where no tier of it is reached", () => {
  expect(isShut(sessionOf(null), "pipes")).toBe(true);
  expect(isShut(sessionOf(null), "addresses")).toBe(false);
  expect(isShut(sessionOf("worker"), "key_units")).toBe(false);
});
