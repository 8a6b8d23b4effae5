import { describe, expect, test } from "vitest";
import {
  compareEditions,
  drawEdition,
  type EditionArea,
  type EditionInput,
} from "../../../data/division/draw_edition.ts";
import { areaOf } from "../../../data/measure/area.ts";
import type { MultiPolygon } from "../../../data/schema/geometry.ts";
import { aPlanarDivision } from "../../support/planar_division.ts";
import { square } from "../../support/small_city.ts";

function area(id: string, polygons: MultiPolygon, more: Partial<EditionArea> = {}): EditionArea {
  return { id, parent_id: null, level: 1, code: id, kind: "basic", lowest: true, polygons, ...more };
}

const moves = (before: EditionArea[], after: EditionArea[], special_over = false) =>
  compareEditions({ before, after, special_over })
    .moved.filter(({ lowest }) => lowest)
    .map(({ from, to, area_m2 }) => `${from}→${to} ${Math.round(area_m2 / 100) * 100}`)
    .sort();

function positionsOf(ring: readonly number[]): [number, number][] {
  return Array.from({ length: ring.length / 2 }, (_, i) => [ring[2 * i]!, ring[2 * i + 1]!]);
}

describe("what two editions differ by", () => {
  const [west, east] = [square(0, 0), square(1, 0)];
  const one = Math.round(areaOf(west) / 100) * 100;

  test("is the ground between lowest areas, also where an area is divided further for the first time", () => {
    const both: MultiPolygon = [...west, ...east];
    const community = area("c", both);
    const divided = [
      area("c", both, { lowest: false }),
      area("w", west, { level: 2, parent_id: "c" }),
      area("e", east, { level: 2, parent_id: "c" }),
    ];
    expect(moves([community], divided)).toEqual([`c→e ${one}`, `c→w ${one}`]);
    expect(moves(divided, [community])).toEqual([`e→c ${one}`, `w→c ${one}`]);
  });

  test("keeps special areas that lie over the others apart", () => {
    const special = area("s", east, { kind: "special" });
    const before = [area("g", square(0, 0, 2)), special];
    const after = [area("g", square(0, 0, 2)), area("s", west, { kind: "special" })];
    expect(moves(before, after, true)).toEqual([`null→s ${one}`, `s→null ${one}`]);
  });

  test("is nothing where only the way in which rings are written differs", () => {
    const turned = [[positionsOf(west[0]![0]!).reverse().flat()]];
    expect(moves([area("g", west)], [area("g", turned)])).toEqual([]);
  });
});

describe("hues of a new edition", () => {
  const division = aPlanarDivision({ columns: 12, rows: 12, areas: 60, detail: 1, seed: 3 });
  const areas = division.areas.map(({ id, polygons }) => area(id, polygons));
  const input = (more: Partial<EditionInput>): EditionInput => ({
    ...{ before: [], after: areas, special_over: false, beside: [], hues: new Map() },
    ...{ code_patterns: new Map(), taken_codes: new Set(), parent_codes: new Map(), fresh: new Set() },
    ...more,
  });

  test("differ between neighbours, and stay where the ground did", () => {
    const first = drawEdition(input({}));
    if (!first.ok) throw new Error(first.why);
    const hueOf = (id: string) => first.edition.facts.get(id)!.hue;
    expect(first.edition.borders.filter(({ a, b }) => hueOf(a) === hueOf(b))).toEqual([]);
    // two areas become one
    const [kept, gone] = areas as [EditionArea, EditionArea];
    const merged = area(kept.id, [...kept.polygons, ...gone.polygons]);
    const rest = areas.slice(2);
    const second = drawEdition(
      input({
        before: [kept, gone],
        after: [merged],
        beside: rest.map(({ id, polygons }) => ({ id, level: 1, code: id, polygons, hue: hueOf(id) })),
        hues: new Map([[kept.id, hueOf(kept.id)]]),
      }),
    );
    if (!second.ok) throw new Error(second.why);
    expect(second.edition.recoloured.size / rest.length).toBeLessThanOrEqual(0.05);
    const now = (id: string) => second.edition.facts.get(id)?.hue ?? second.edition.recoloured.get(id) ?? hueOf(id);
    expect(second.edition.borders.filter(({ a, b }) => now(a) === now(b))).toEqual([]);
  });
});
