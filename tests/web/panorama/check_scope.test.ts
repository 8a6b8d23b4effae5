import { expect, test } from "vitest";
import type { GrantFact } from "../../../data/schema/session.ts";
import { mayCheck, ownAreas, scopeOf } from "../../../web/panorama/check_scope.ts";
import { aGrid } from "../../support/a_check_report.ts";

const grant = (role: GrantFact["role"], area: GrantFact["area"]): GrantFact => ({ role, area, organisation: null });
const north = aGrid("01", { code: "A" });
const south = aGrid("02", { code: "B" });

test("an address goes before the reader's own area, and that before the whole network", () => {
  const planner = { grants: [grant("planner", south), grant("planner", north)] };
  expect(scopeOf({ scope: "X" }, planner, "governance")).toBe("X");
  expect(scopeOf({ scope: null }, planner, "governance")).toBe("A");
  expect(scopeOf({ scope: "whole" }, planner, "governance")).toBeNull();
  expect(scopeOf({ scope: null }, null, "governance")).toBeNull();
});

test("only grants that allow checks count, in this network, each area once; one for everywhere is for all", () => {
  const grants = [grant("worker", north), grant("planner", south), grant("approver", south)];
  expect(ownAreas({ grants }, "governance")).toEqual([south]);
  expect(ownAreas({ grants }, "fire")).toEqual([]);
  expect(ownAreas({ grants: [...grants, grant("supervisor", null)] }, "governance")).toEqual([null]);
});

test("who may check is said by the session", () => {
  expect(mayCheck({ actions: ["read_map", "check_division"] })).toBe(true);
  expect(mayCheck({ actions: ["read_map"] })).toBe(false);
});
