import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CoverageArea } from "../../../data/coverage/fault.ts";
import { chainMovedGround, findMovedGround, type MovedGround } from "../../../data/division/moved_ground.ts";
import { draftAreas, anOpenDraft } from "../../support/draft_division.ts";
import { aPlanarDivision } from "../../support/planar_division.ts";
import { square } from "../../support/small_city.ts";
import { operationFor } from "./random_operations.ts";

/** Surface by who had it and who has it. */
function sums(ground: readonly MovedGround[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const { from, to, area_m2 } of ground) found.set(`${from}→${to}`, (found.get(`${from}→${to}`) ?? 0) + area_m2);
  return found;
}

/** Places up to the width of rounding may be in one of them alone. */
function expectAlike(one: readonly MovedGround[], other: readonly MovedGround[]): void {
  const [a, b] = [sums(one), sums(other)];
  for (const key of new Set([...a.keys(), ...b.keys()])) {
    expect([key, Math.abs((a.get(key) ?? 0) - (b.get(key) ?? 0)) < 2]).toEqual([key, true]);
  }
}

function chainOf(editions: readonly (readonly CoverageArea[])[]): MovedGround[] {
  return chainMovedGround(editions.slice(1).map((after, i) => findMovedGround(editions[i]!, after)));
}

describe("ground that moved over several editions", () => {
  test("is told by its first and its last owner, and not at all where it came back", () => {
    const [west, east] = [square(0, 0), square(1, 0)];
    const both = [...west, ...east];
    const editions = [
      [
        { id: "a", polygons: west },
        { id: "b", polygons: east },
      ],
      [{ id: "a", polygons: both }],
      [
        { id: "a", polygons: west },
        { id: "c", polygons: east },
      ],
    ];
    expect(chainOf(editions).map(({ from, to }) => `${from}→${to}`)).toEqual(["b→c"]);
    expect(chainOf([...editions, editions[0]!])).toEqual([]);
  });

  test("is what the first and the last edition differ by, where all is drawn anew each time", () => {
    const redrawn = (seed: number) => aPlanarDivision({ columns: 7, rows: 6, areas: 20, detail: 3, seed }).areas;
    const editions = [redrawn(1), redrawn(2), redrawn(3), redrawn(4)];
    expectAlike(chainOf(editions), findMovedGround(editions[0]!, editions[3]!));
  });

  const chance = fc.noBias(fc.nat(999_999).map((value) => value / 1e6));
  const wish = fc.record({ kind: chance, chances: fc.array(chance, { minLength: 12, maxLength: 12 }) });

  test("is what the first and the last edition differ by, after any steps in each of them", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.array(wish, { minLength: 24, maxLength: 24 }),
        (seed, wishes) => {
          const areas = draftAreas({ columns: 4, rows: 4, areas: 8, detail: 2, seed, uncovered: 6 });
          const draft = anOpenDraft(areas, { top_id: "1" });
          const lowest = (): CoverageArea[] => {
            const parents = new Set(draft.areas().map(({ parent_id }) => parent_id));
            return draft.areas().filter(({ id }) => !parents.has(id) && id !== "1");
          };
          const editions = [lowest()];
          for (const [i, one] of wishes.entries()) {
            const operation = operationFor(draft, one);
            if (operation) draft.apply(operation);
            if (i % 6 === 5) editions.push(lowest());
          }
          expectAlike(chainOf(editions), findMovedGround(editions[0]!, editions.at(-1)!));
        },
      ),
      { numRuns: process.env.QUALITY === "1" ? 500 : 30 },
    );
  });

  test("adds up to nothing where nothing moved", () => {
    expect(chainMovedGround([])).toEqual([]);
    expect(chainMovedGround([[], []])).toEqual([]);
  });
});
