import { describe, expect, test } from "vitest";
import { centreOf } from "../../../data/demo/division/area_tree.ts";
import { divide, firstNumbers } from "../../../data/demo/division/divide.ts";
import { parcelPlaces } from "../../../data/demo/division/plan_graph.ts";
import { byHouseholds } from "../../../data/demo/division/governance.ts";
import { layGround } from "../../../data/demo/ground/lay_ground.ts";
import type { AreaRow } from "../../../data/schema/city_rows.ts";
import { childrenOf, doubleSurface, findLooseEdges, sumAreas } from "../../support/division_facts.ts";

// What must never break, whatever the ground looks like; the golden figures hold for the first alone.
describe.each(["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"])("seed %s", (seed) => {
  const plan = layGround({ size: "district", seed });
  const division = divide(plan, {
    seed,
    county: "900102",
    county_name: "海州区",
    district: 0,
    gridsFor: byHouseholds,
    district_level: false,
    first: firstNumbers,
  });
  const sums = sumAreas(plan, division);
  const parents = division.area.filter(({ id }) => division.area.some(({ parent_id }) => parent_id === id));
  const rootsOf = (network: number) =>
    division.area.filter((row) => row.network_id === network && row.parent_id === null);

  test("children tile their parent: surfaces add up exactly and every edge is met", () => {
    for (const parent of parents) {
      const children = childrenOf(division, parent.id).map(({ geom }) => geom);
      const whole = children.reduce((sum, geom) => sum + doubleSurface(geom), 0);
      expect(whole, parent.name).toBe(doubleSurface(parent.geom));
      expect(findLooseEdges(children, parent.geom), parent.name).toEqual([]);
    }
  });

  test("all networks cover the same ground", () => {
    const surfaces = [1, 2, 3, 4].map((network) =>
      rootsOf(network).reduce((sum, { geom }) => sum + doubleSurface(geom), 0),
    );
    expect(new Set(surfaces).size).toBe(1);
  });

  test("codes are unique in their network, begin with their parent's and rise from west to east", () => {
    const codes = new Set(division.area.map(({ network_id, code }) => `${network_id} ${code}`));
    expect(codes.size).toBe(division.area.length);
    for (const parent of parents) {
      const children = childrenOf(division, parent.id);
      const own = children.map(({ code }) => code);
      expect(own).toEqual([...own].sort());
      if (parent.network_id === 1)
        expect(
          own.every((code) => code.startsWith(parent.code)),
          parent.name,
        ).toBe(true);
    }
  });

  test("grids are numbered from west to east by their centres", () => {
    const parcels = new Map<number, number[]>();
    for (const leaves of [division.grid, division.leaf.fire, division.leaf.police]) {
      leaves.forEach((id, parcel) => {
        parcels.set(id, [...(parcels.get(id) ?? []), parcel]);
      });
    }
    const places = parcelPlaces(plan);
    const longitudes = (parent: AreaRow) =>
      childrenOf(division, parent.id).flatMap(({ id }) =>
        parcels.has(id) ? [centreOf(parcels.get(id)!, places)[0]] : [],
      );
    for (const parent of parents) {
      const west = longitudes(parent);
      expect(west, parent.name).toEqual([...west].sort((a, b) => a - b));
    }
  });

  test("short names are unique in each network where grids are", () => {
    const grids = division.area.filter(
      ({ parent_id, level_id }) => parent_id !== null && level_id !== 2 && level_id !== 6,
    );
    const names = new Set(grids.map((row: AreaRow) => `${row.network_id} ${row.short_name}`));
    expect(names.size).toBe(grids.length);
  });

  test("the golden sums hold, and 慧泽 has 27 grids inside its own limits", () => {
    const { huize, dongjie } = division.places;
    expect(sums.get(huize!)).toMatchObject({ households: 3189, people: 9470 });
    expect(sums.get(dongjie!)).toMatchObject({ households: 5226, people: 15930, let_homes: 84 });
    const grids = childrenOf(division, huize!).map(({ id }) => sums.get(id)!.households);
    expect(grids).toHaveLength(27);
    expect(grids.filter((households) => households < 90 || households > 150)).toEqual([]);
  });

  test("there are 57 communities, 310 fire grids and 17 → 86 grids in the town", () => {
    const countOf = (level: number) => division.area.filter(({ level_id }) => level_id === level).length;
    expect({ communities: countOf(2), subs: countOf(4), fire: countOf(7) }).toEqual({
      communities: 57,
      subs: 86,
      fire: 310,
    });
  });

  test("somebody lives in every ordinary grid", () => {
    const empty = division.area.filter(
      ({ id, level_id, kind }) =>
        (level_id === 3 || level_id === 4) && kind === "basic" && sums.get(id)!.households === 0,
    );
    expect(empty.map(({ name }) => name)).toEqual([]);
  });

  test("people are the registered and the floating, and no house lets more homes than it has", () => {
    const { people, registered, floating, households, let_homes } = division.counts;
    people.forEach((count, at) => {
      expect(registered[at]! + floating[at]!).toBe(count);
      expect(let_homes[at]!).toBeLessThanOrEqual(households[at]!);
    });
  });
});
