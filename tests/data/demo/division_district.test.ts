import { expect, test } from "vitest";
import { divide, firstNumbers } from "../../../data/demo/division/divide.ts";
import { byHouseholds } from "../../../data/demo/division/governance.ts";
import { layGround } from "../../../data/demo/ground/lay_ground.ts";
import { areaOf, areasAt, childrenOf, sumAreas } from "../../support/division_facts.ts";

const plan = layGround({ size: "district" });
const division = divide(plan, {
  seed: "1",
  county: "900102",
  county_name: "海州区",
  district: 0,
  gridsFor: byHouseholds,
  district_level: false,
  first: firstNumbers,
});
const sums = sumAreas(plan, division);
const huize = division.places.huize!;
const dongjie = division.places.dongjie!;
const profileOf = (id: number | null) => division.profile.find((profile) => profile.id === id)!;

test("慧泽 has 27 grids, 3,189 households and 9,470 people in 131 residential buildings", () => {
  expect(areaOf(division, huize).name).toBe("慧泽社区");
  expect(childrenOf(division, huize)).toHaveLength(27);
  expect(sums.get(huize)).toMatchObject({ households: 3189, people: 9470, homes: 131 });
});

test("every grid of 慧泽 is inside its own profile and outside 300–500 households", () => {
  const profile = profileOf(areaOf(division, huize).child_profile_id);
  expect(profile).toMatchObject({ households_min: 90, households_max: 150 });
  const grids = childrenOf(division, huize).map((grid) => sums.get(grid.id)!.households);
  expect(grids.filter((count) => count < 90 || count > 150)).toEqual([]);
  expect(grids.filter((count) => count < 300 || count > 500)).toHaveLength(27);
  expect(profileOf(areaOf(division, huize).profile_id).households_max).toBeGreaterThan(3189);
});

test("东街 has 5,226 households, 15,930 people and 84 let homes in 115 residential buildings", () => {
  expect(areaOf(division, dongjie).name).toBe("东街社区");
  expect(sums.get(dongjie)).toMatchObject({ households: 5226, people: 15930, let_homes: 84, homes: 115 });
});

test("东街 has 11–17 grids of 300–500 households and is itself above the 3,000 of its level", () => {
  const grids = childrenOf(division, dongjie);
  expect(grids.length).toBeGreaterThanOrEqual(11);
  expect(grids.length).toBeLessThanOrEqual(17);
  const outside = grids.filter(({ id }) => sums.get(id)!.households < 300 || sums.get(id)!.households > 500);
  expect(outside.map(({ name }) => name)).toEqual([]);
  const level = division.level.find(({ id }) => id === areaOf(division, dongjie).level_id)!;
  expect(areaOf(division, dongjie).profile_id).toBeNull();
  expect(profileOf(level.profile_id).households_max).toBe(3000);
});

test("the district has 8 subdistricts, a town and a zone, and 57 communities", () => {
  const roots = areasAt(division, "governance", 1);
  expect(roots.filter(({ name }) => name.endsWith("街道"))).toHaveLength(8);
  expect(roots.map(({ name }) => name)).toEqual(expect.arrayContaining(["柳塘镇", "海源经济开发区"]));
  expect(roots).toHaveLength(10);
  expect(areasAt(division, "governance", 2)).toHaveLength(57);
});

test("the town has 6 villages, 17 large grids and 86 sub-grids, and limits on the large grids only", () => {
  const villages = childrenOf(division, division.places.town!);
  expect(villages).toHaveLength(6);
  const large = villages.flatMap(({ id }) => childrenOf(division, id));
  expect(large).toHaveLength(17);
  const subs = large.flatMap(({ id }) => childrenOf(division, id));
  expect(subs).toHaveLength(86);
  expect(areasAt(division, "governance", 4)).toHaveLength(86);
  for (const grid of large) {
    const own = villages.find(({ id }) => id === grid.parent_id)!;
    expect(profileOf(own.child_profile_id).households_max).not.toBeNull();
    expect(profileOf(grid.child_profile_id)).toMatchObject({ households_min: null, households_max: null });
  }
});

test("the zone has 8 special grids right below it, some of several pieces, and nobody lives there", () => {
  const zone = areaOf(division, division.places.enterprise_zone!);
  const grids = childrenOf(division, zone.id);
  const gridLevel = areasAt(division, "governance", 3)[0]!.level_id;
  expect(grids).toHaveLength(8);
  expect(new Set(grids.map(({ level_id }) => level_id))).toEqual(new Set([gridLevel]));
  expect(grids.every(({ kind }) => kind === "special")).toBe(true);
  expect(grids.filter(({ geom }) => geom.length > 1).length).toBeGreaterThanOrEqual(4);
  expect(sums.get(zone.id)!.households).toBe(0);
});

test("every community carries its own profile for its grids, with the rule it comes from", () => {
  const own = areasAt(division, "governance", 2).map((community) => community.child_profile_id);
  expect(new Set(own).size).toBe(57);
  for (const id of own) expect(profileOf(id).source).toMatch(/^《.+》：.+/);
});

test("grids of other communities mostly hold 300–500 households", () => {
  const others = areasAt(division, "governance", 2).filter(
    ({ id, parent_id }) => id !== huize && parent_id !== division.places.town,
  );
  const grids = others.flatMap(({ id }) => childrenOf(division, id)).map(({ id }) => sums.get(id)!.households);
  const inside = grids.filter((count) => count >= 300 && count <= 500);
  expect(inside.length / grids.length).toBeGreaterThan(0.85);
});

test("57 communities have 310 fire grids, each in one community, many across community grids", () => {
  expect(areasAt(division, "fire", 2)).toHaveLength(57);
  const small = areasAt(division, "fire", 3);
  expect(small).toHaveLength(310);
  const gridsOf = new Map<number, Set<number>>();
  const communitiesOf = new Map<number, Set<number>>();
  division.leaf.fire.forEach((fire, parcel) => {
    gridsOf.set(fire, (gridsOf.get(fire) ?? new Set()).add(division.grid[parcel]!));
    communitiesOf.set(fire, (communitiesOf.get(fire) ?? new Set()).add(division.community[parcel]!));
  });
  expect(small.filter(({ id }) => communitiesOf.get(id)!.size !== 1)).toEqual([]);
  expect(small.filter(({ id }) => gridsOf.get(id)!.size > 1).length).toBeGreaterThan(100);
});

test("police districts do not follow communities", () => {
  const stationsOf = new Map<number, Set<number | null>>();
  division.leaf.police.forEach((grid, parcel) => {
    const community = division.community[parcel]!;
    stationsOf.set(community, (stationsOf.get(community) ?? new Set()).add(areaOf(division, grid).parent_id));
  });
  expect([...stationsOf.values()].filter((stations) => stations.size > 1).length).toBeGreaterThan(5);
});

test("about 3,000 cells of about 10,000 m² cover the district", () => {
  const cells = areasAt(division, "cells", 2);
  expect(cells.length).toBeGreaterThan(2600);
  expect(cells.length).toBeLessThan(3600);
});

test("there is a river community, an old quarter and a rural edge", () => {
  const inZone = (zone: string) =>
    new Set(
      plan.parcels.flatMap(({ block }, parcel) =>
        plan.blocks[block]!.zone === zone ? [division.community[parcel]!] : [],
      ),
    );
  const names = (ids: Set<number>) => [...ids].map((id) => areaOf(division, id).name);
  expect(names(inZone("river"))).toContain("临江社区");
  expect(names(inZone("old"))).toContain("鼓楼社区");
  expect(names(inZone("rural")).filter((name) => name.endsWith("村"))).toHaveLength(6);
});
