import fc from "fast-check";
import { expect, test } from "vitest";
import { distanceToOutline, reachOfHydrants } from "../../../data/checks/hydrant_reach.ts";
import { distanceBetween } from "../../../data/measure/distance.ts";
import { isInRing } from "../../../data/measure/in_ring.ts";
import type { Position } from "../../../data/schema/geometry.ts";
import { aThing, at, box, point, surface } from "../../support/checked_division.ts";

const nowhere = () => null;
const house = (id: string, x: number, y: number, change = {}) =>
  aThing("building", id, surface(box(x, y, x + 20, y + 10)), change);

test("the distance counts from the hydrant to the nearest wall, not to the middle", () => {
  const reach = reachOfHydrants([house("near", 149.9, 0), house("far", 150.5, 0)], [at(0, 5)], 150, () => "G1");
  expect(reach).toMatchObject({ radius_m: 150, hydrants: 1, buildings: 2 });
  expect(reach.far.map(({ building_id, area_id }) => [building_id, area_id])).toEqual([["far", "G1"]]);
  expect(reach.far[0]!.distance_m).toBeCloseTo(distanceBetween(at(0, 5), at(150.5, 5)), 3);
});

test("without any hydrant every building is out of reach, at no distance", () => {
  const { far } = reachOfHydrants([house("1", 0, 0)], [], 150, nowhere);
  expect(far.map(({ distance_m }) => distance_m)).toEqual([null]);
});

test("a building known as a point only is measured to that; other things are not asked about", () => {
  const things = [aThing("building", "1", point(200, 0)), aThing("estate", "2", surface(box(900, 0, 950, 50)))];
  const { far, buildings } = reachOfHydrants(things, [at(0, 0)], 150, nowhere);
  expect([buildings, far.length]).toEqual([1, 1]);
  expect(far[0]!.distance_m).toBeCloseTo(distanceBetween(at(0, 0), at(200, 0)), 3);
});

test("a hydrant in a courtyard is as far as its walls; one inside the building is at 0", () => {
  const block = [[box(0, 0, 100, 100)[0]![0]!, box(30, 30, 70, 70)[0]![0]!]];
  expect(distanceToOutline(block, at(50, 40))).toBeCloseTo(distanceBetween(at(50, 40), at(50, 30)), 3);
  expect(distanceToOutline(block, at(10, 10))).toBe(0);
});

test("agrees with asking every hydrant about every wall, near and far", () => {
  const spot = fc.tuple(fc.integer({ min: -3000, max: 3000 }), fc.integer({ min: -3000, max: 3000 }));
  fc.assert(
    fc.property(
      fc.array(spot, { minLength: 1, maxLength: 60 }),
      fc.array(spot, { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 10, max: 900 }),
      (hydrantSpots, houseSpots, radius) => {
        const hydrants = hydrantSpots.map(([x, y]) => at(x, y));
        const houses = houseSpots.map(([x, y], i) => house(String(i), x, y));
        const { far } = reachOfHydrants(houses, hydrants, radius, nowhere);
        const expected = houseSpots
          .map(([x, y], i) => ({ id: String(i), metres: slowDistance(box(x, y, x + 20, y + 10)[0]![0]!, hydrants) }))
          .filter(({ metres }) => metres > radius);
        expect(far.map(({ building_id }) => building_id)).toEqual(expected.map(({ id }) => id));
        far.forEach(({ distance_m }, i) => {
          expect(distance_m).toBeCloseTo(expected[i]!.metres, 2);
        });
      },
    ),
    { numRuns: 60 },
  );
});

test("of ten thousand hydrants in one corner the nearest is found", () => {
  const hydrants = Array.from({ length: 10_000 }, (_, i) => at(5000 + (i % 100), 5000 + Math.floor(i / 100)));
  const { far } = reachOfHydrants([house("1", 0, 0)], hydrants, 150, nowhere);
  expect(far[0]!.distance_m).toBeCloseTo(distanceBetween(at(5000, 5000), at(20, 10)), 2);
});

/** The wall walked in steps, then again about the best one, in ever smaller ones. */
function slowDistance(ring: number[], hydrants: readonly Position[]): number {
  let least = Infinity;
  for (const hydrant of hydrants) {
    if (isInRing(ring, ...hydrant)) return 0;
    for (let i = 2; i < ring.length; i += 2) {
      let [from, to] = [0, 1];
      const distance = (share: number) =>
        distanceBetween(hydrant, [
          ring[i - 2]! + share * (ring[i]! - ring[i - 2]!),
          ring[i - 1]! + share * (ring[i + 1]! - ring[i - 1]!),
        ]);
      for (let round = 0; round < 30; round++) {
        const [one, two] = [from + (to - from) / 3, to - (to - from) / 3];
        if (distance(one) < distance(two)) to = two;
        else from = one;
      }
      least = Math.min(least, distance((from + to) / 2));
    }
  }
  return least;
}
