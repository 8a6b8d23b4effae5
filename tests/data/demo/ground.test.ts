import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { layGround } from "../../../data/demo/ground/lay_ground.ts";
import type { GroundPlan } from "../../../data/demo/ground_plan.ts";
import {
  areaOf,
  findCrossingEdges,
  findCutBuildings,
  findOverlappingBuildings,
  namesOf,
  outlineArea,
  roadParts,
} from "./ground_checks.ts";

const seeds = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"];

/** The rules that no seed may break. */
function expectSound(plan: GroundPlan): void {
  const total = plan.parcels.reduce((sum, parcel) => sum + parcel.area, 0);
  expect(total).toBeCloseTo(outlineArea(plan), 2);
  expect(findCrossingEdges(plan)).toEqual([]);
  expect(findCutBuildings(plan)).toEqual([]);
  expect(findOverlappingBuildings(plan)).toEqual([]);
  expect(roadParts(plan)).toBe(1);
  const names = namesOf(plan);
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
}

describe.each(seeds)("with seed %s", (seed) => {
  test("a district tiles its outline, cuts no building and repeats no name", () => {
    expectSound(layGround({ size: "district", seed }));
  });

  test("a community does the same", () => {
    expectSound(layGround({ size: "community", seed }));
  });

  test("慧泽 and 东街 have their golden figures", () => {
    const plan = layGround({ size: "district", seed });
    expect(placeFigures(plan, "huize")).toMatchObject({ estates: 2, homes: 131 });
    expect(placeFigures(plan, "dongjie")).toMatchObject({ estates: 8, homes: 115 });
    expect(areaOf(plan, "huize") / 1e6).toBeCloseTo(1.4, 1);
    expect(areaOf(plan, "dongjie") / 1e6).toBeCloseTo(1.8, 1);
    expect(placeFigures(plan, "huize").capacity).toBeGreaterThan(3189);
    expect(placeFigures(plan, "dongjie").capacity).toBeGreaterThan(5226);
    expect(placeFigures(plan, "dongjie").offices).toBeGreaterThanOrEqual(18);
    expect(placeFigures(plan, "dongjie").shops).toBeGreaterThanOrEqual(112);
  });
});

test("no estate way lies alone in the corner between railway and border (seed 12)", () => {
  expect(roadParts(layGround({ size: "district", seed: "12" }))).toBe(1);
});

function placeFigures(plan: GroundPlan, place: string) {
  const own = plan.buildings.filter((building) => plan.blocks[plan.parcels[building.parcel]!.block]!.place === place);
  const homes = own.filter((building) => building.use === "home");
  return {
    homes: homes.length,
    capacity: homes.reduce((sum, building) => sum + building.capacity, 0),
    estates: new Set(homes.map((building) => building.estate)).size,
    shops: own.filter((building) => building.use === "shop").length,
    offices: own.filter((building) => building.use === "office" || building.use === "public").length,
  };
}

describe("the district of the demo", () => {
  const plan = layGround({ size: "district" });

  test("is about 30 km² of some 500 blocks, 2,000 parcels and 9,500 buildings", () => {
    expect(plan.parcels.reduce((sum, parcel) => sum + parcel.area, 0) / 1e6).toBeCloseTo(30.8, 0);
    expect(plan.blocks.length).toBeGreaterThan(450);
    expect(plan.parcels.length).toBeGreaterThan(1900);
    expect(plan.buildings.length).toBeGreaterThan(9000);
    expect(plan.buildings.length).toBeLessThan(11000);
  });

  test("has these bytes on every machine; regenerate on purpose", () => {
    const bytes = (size: "community" | "district") => JSON.stringify(layGround({ size }));
    expect(createHash("sha256").update(bytes("community")).digest("hex").slice(0, 16)).toBe("980fa55795100a09");
    expect(createHash("sha256").update(bytes("district")).digest("hex").slice(0, 16)).toBe("4d5ce9b44ad59ed9");
  });

  test("is the same each time", () => {
    expect(layGround({ size: "district" })).toEqual(plan);
  });

  test("keeps every coordinate on a whole centimetre", () => {
    const isWhole = (value: number): boolean => Math.abs(Math.round(value * 100) / 100 - value) === 0;
    expect(plan.x.every(isWhole) && plan.y.every(isWhole)).toBe(true);
    expect(plan.buildings.every((building) => building.ring.every(isWhole))).toBe(true);
    expect(plan.features.every((feature) => feature.parts.every((part) => part.every(isWhole)))).toBe(true);
  });

  test("has parcels on both sides of every edge, each parcel ringed by its own edges", () => {
    const sides = new Set(
      plan.edges.flatMap((edge) => [`${edge.from},${edge.to},${edge.left}`, `${edge.to},${edge.from},${edge.right}`]),
    );
    plan.parcels.forEach((parcel, index) => {
      const closed = parcel.ring.every((v, i) =>
        sides.has(`${v},${parcel.ring[(i + 1) % parcel.ring.length]},${index}`),
      );
      expect(closed).toBe(true);
      expect(parcel.area).toBeGreaterThan(0);
    });
    expect(plan.edges.every((edge) => edge.left !== edge.right)).toBe(true);
  });

  test("puts every road edge into one street, which runs west to east", () => {
    const roads = plan.edges.filter((edge) => !["river", "railway", "border", "bank"].includes(edge.class));
    expect(roads.every((edge) => plan.streets[edge.street]?.class === edge.class)).toBe(true);
    const lengths = plan.streets.reduce((sum, street) => sum + street.vertices.length - 1, 0);
    expect(lengths).toBe(roads.length);
    expect(plan.streets.every((street) => plan.x[street.vertices[0]!]! <= plan.x[street.vertices.at(-1)!]!)).toBe(true);
    const unnamed = plan.streets.filter((street) => street.name === null);
    expect(unnamed.every((street) => street.class === "estate_way" || street.class === "field_way")).toBe(true);
  });

  test("has a town of villages among fields and a zone of enterprises", () => {
    const ofPlace = (place: string) => plan.parcels.filter((parcel) => plan.blocks[parcel.block]!.place === place);
    expect(ofPlace("town").length).toBeGreaterThanOrEqual(86);
    expect(ofPlace("town").filter((parcel) => parcel.use === "village").length).toBeGreaterThan(40);
    expect(ofPlace("enterprise_zone").filter((parcel) => parcel.use === "works").length).toBeGreaterThanOrEqual(24);
  });

  test("has sites for every kind of facility that a district needs", () => {
    const kinds = new Set(plan.features.flatMap((feature) => (feature.kind === "site" ? [feature.facility] : [])));
    for (const kind of [
      "school",
      "kindergarten",
      "hospital",
      "clinic",
      "market",
      "park",
      "government",
      "police_station",
      "fire_station",
      "library",
      "culture",
      "sports",
      "elderly_care",
      "bus_station",
      "railway_station",
      "toilet",
      "mall",
      "worship",
    ]) {
      expect(kinds).toContain(kind);
    }
  });
});
