import fc from "fast-check";
import { expect, test } from "vitest";
import type { CoverageArea, Fault } from "../../../data/coverage/fault.ts";
import { findFaults } from "../../../data/coverage/find_faults.ts";
import { startCoverageCheck } from "../../../data/coverage/recheck.ts";
import { aPlanarDivision } from "../../support/planar_division.ts";
import { seeded } from "../division/dissection.ts";

const [metreEast, metreNorth] = [1 / 92_900, 1 / 110_900];

/** Faults without the order of their positions, which says nothing. */
const told = (faults: Fault[]) =>
  faults.map(({ kind, features, area_m2 }) => `${kind} ${[...features].sort().join()} ${area_m2.toFixed(2)}`).sort();

/** One edit: some vertices of an area move, or it goes, or comes back as it was. */
function edit(areas: Map<string, CoverageArea>, original: CoverageArea[], random: () => number) {
  const area = original[Math.floor(random() * original.length)]!;
  const choice = random();
  if (choice < 0.2) return { changed: [], removed: [area.id] };
  if (choice < 0.4) return { changed: [area], removed: [] };
  const reach = random() < 0.5 ? 5 : 0.0003;
  const from = areas.get(area.id) ?? area;
  const polygons = from.polygons.map((polygon) =>
    polygon.map((ring) => {
      const moved = ring.map((value, i) =>
        random() < 0.2 ? value + reach * (random() - 0.5) * (i % 2 === 0 ? metreEast : metreNorth) : value,
      );
      return [...moved.slice(0, -2), moved[0]!, moved[1]!];
    }),
  );
  return { changed: [{ id: area.id, polygons }], removed: [] };
}

test("after any edits, checking only what they touched says the same as checking all", () => {
  fc.assert(
    fc.property(fc.integer(), fc.boolean(), (seed, isBounded) => {
      const division = aPlanarDivision({ columns: 7, rows: 6, areas: 36, detail: 2, seed });
      const container = isBounded ? division.container : undefined;
      const areas = new Map(division.areas.map((area) => [area.id, area]));
      const check = startCoverageCheck(division.areas, container);
      const random = seeded(seed);
      for (let i = 0; i < 8; i++) {
        const { changed, removed } = edit(areas, division.areas, random);
        check.update(changed, removed);
        for (const id of removed) areas.delete(id);
        for (const area of changed) areas.set(area.id, area);
        expect(told(check.faults())).toEqual(told(findFaults([...areas.values()], container)));
      }
    }),
    { numRuns: 60 },
  );
});

test("an edit far from a fault leaves it as it is, the same object", () => {
  const { areas, container } = aPlanarDivision({ columns: 20, rows: 20, areas: 400, detail: 1, seed: 5 });
  const check = startCoverageCheck(areas, container);
  expect(check.faults()).toEqual([]);
  check.update([], ["a0"]);
  const [gap] = check.faults();
  expect(gap).toMatchObject({ kind: "gap" });
  check.update([], ["a399"]);
  expect(check.faults()).toContain(gap);
  check.update([areas[0]!, areas[399]!]);
  expect(check.faults()).toEqual([]);
});

test("more edits than the index keeps apart do no harm", () => {
  const { areas, container } = aPlanarDivision({ columns: 20, rows: 20, areas: 400, detail: 0, seed: 6 });
  const check = startCoverageCheck(areas, container);
  for (const { id } of areas) check.update([], [id]);
  expect(check.faults()).toMatchObject([{ kind: "gap", features: [] }]);
  for (const area of areas) check.update([area]);
  expect(check.faults()).toEqual([]);
});
