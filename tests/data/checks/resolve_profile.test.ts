import { expect, test } from "vitest";
import { type ProfiledArea, resolveProfiles } from "../../../data/checks/resolve_profile.ts";

function area(id: string, parent_id: string | null, change: Partial<ProfiledArea<string>> = {}): ProfiledArea<string> {
  return { id, parent_id, profile: null, child_profile: null, level_profile: null, ...change };
}
const resolve = (...areas: ProfiledArea<string>[]) => Object.fromEntries(resolveProfiles(areas));

test("an area's own profile goes before what its parent sets, and that before its level's", () => {
  const level_profile = "level";
  expect(
    resolve(
      area("community", null, { child_profile: "set by the community" }),
      area("own", "community", { profile: "own", level_profile }),
      area("set", "community", { level_profile }),
      area("other", null),
      area("level", "other", { level_profile }),
      area("none", "other"),
    ),
  ).toEqual({
    community: null,
    own: "own",
    set: "set by the community",
    other: null,
    level: "level",
    none: null,
  });
});

test("what a parent sets for those below is no limit of its own", () => {
  expect(resolve(area("town", null, { child_profile: "grids" }))).toEqual({ town: null });
});

test("in an uneven tree the nearest one above counts, however many levels there are between", () => {
  // a street sets one for all; its village sets another, and that one's large grid frees its sub-grids
  expect(
    resolve(
      area("street", null, { child_profile: "of the street" }),
      area("grid right below", "street"),
      area("community", "street", { profile: "community" }),
      area("grid", "community"),
      area("village", "street", { child_profile: "large grids" }),
      area("large grid", "village", { child_profile: "free" }),
      area("sub-grid", "large grid", { level_profile: "level" }),
    ),
  ).toMatchObject({
    "grid right below": "of the street",
    grid: "of the street",
    "large grid": "large grids",
    "sub-grid": "free",
  });
});

test("a parent that is not among them sets nothing", () => {
  expect(resolve(area("grid", "unknown", { level_profile: "level" }))).toEqual({ grid: "level" });
});
