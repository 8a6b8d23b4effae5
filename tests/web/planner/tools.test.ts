import { expect, test } from "vitest";
import type { BorderArc } from "../../../data/division/draft.ts";
import type { Position } from "../../../data/schema/geometry.ts";
import { say } from "../../../data/vocabulary/language.ts";
import { findSnap } from "../../../web/planner/tools/find_snap.ts";
import { hullOf, movedBy } from "../../../web/planner/tools/positions.ts";
import { givenOf } from "../../../web/planner/tools/given_things.ts";
import { arrowStep } from "../../../web/planner/tools/map_cursor.ts";
import { wordMeasure } from "../../../web/planner/tools/measure_tool.ts";
import { pushOverBorders, reachBorder } from "../../../web/planner/tools/reach_border.ts";

const start: Position = [121.4, 33.6];
/** m east and north of `start` */
const at = (east: number, north: number) => movedBy(start, east, north);

function anArc(...positions: Position[]): BorderArc {
  return { left: "1", right: "2", line: positions.flat(), movable: true };
}

const reach = [1e-4, 1e-4] as const;

test("a vertex of a border attracts before the border itself", () => {
  const arc = anArc(at(0, 0), at(100, 0));
  expect(findSnap({ at: at(4, 1), reach, arcs: [arc], ground: null })).toMatchObject({ kind: "node", at: at(0, 0) });
});

test("between its vertices a border attracts to the nearest position on it", () => {
  const snap = findSnap({ at: at(50, 3), reach, arcs: [anArc(at(0, 0), at(100, 0))], ground: null });
  expect(snap?.kind).toBe("border");
  expect(snap?.stretch).toBe(0);
  expect(snap?.at[0]).toBeCloseTo(at(50, 0)[0], 7);
});

test("nothing attracts from further than the reach", () => {
  expect(findSnap({ at: at(50, 30), reach, arcs: [anArc(at(0, 0), at(100, 0))], ground: null })).toBeNull();
});

test("a place is led to the border over the ground between them, and a little beyond", () => {
  const place = hullOf([at(40, 10), at(60, 10), at(60, 40), at(40, 40)]);
  const [[ring] = []] = reachBorder(place, [anArc(at(0, 0), at(100, 0))]);
  const lats = (ring ?? []).map(([, lat]) => lat);
  expect(Math.max(...lats)).toBe(at(0, 10)[1]);
  expect(Math.min(...lats)).toBeLessThan(start[1]);
});

test("a border that is too far is not reached for", () => {
  const place = hullOf([at(40, 110), at(60, 110), at(60, 140), at(40, 140)]);
  expect(reachBorder(place, [anArc(at(0, 0), at(100, 0))])).toEqual([]);
});

test("arrows move by a metre, with Shift by ten, and the faster the longer they are held", () => {
  expect(arrowStep({ code: "ArrowUp", shiftKey: false })).toEqual([0, 1]);
  expect(arrowStep({ code: "ArrowLeft", shiftKey: true })).toEqual([-10, 0]);
  expect(arrowStep({ code: "ArrowRight", shiftKey: false }, 11)).toEqual([4, 0]);
  expect(arrowStep({ code: "KeyA", shiftKey: false })).toBeNull();
});

test("a block whose streets are borders reaches a little over them, and stays on the others", () => {
  const ring = [at(0, 0), at(100, 0), at(100, 100), at(0, 100), at(0, 0)];
  const pushed = pushOverBorders(ring, [anArc(at(-10, 0), at(110, 0))]);
  expect(pushed[0]).toEqual(pushed.at(-1));
  expect(pushed[0]![1]).toBeLessThan(at(0, -0.5)[1]);
  expect(pushed.slice(2, 4)).toEqual([at(100, 100), at(0, 100)]);
});

const square = (east: number, north: number, size: number) =>
  [
    at(east, north),
    at(east + size, north),
    at(east + size, north + size),
    at(east, north + size),
    at(east, north),
  ].flat();

test("pieces that tiles cut from an estate are one thing, its blocks are several", () => {
  const estate = { kind: "estate" as const, id: 7, name: "花园", lines: [] as number[][], road: null };
  const cut = givenOf({ ...estate, polygons: [[square(0, 0, 50)], [square(45, 0, 50)]] });
  expect(cut).toHaveLength(1);
  const blocks = givenOf({ ...estate, polygons: [[square(0, 0, 50)], [square(80, 0, 50)]] });
  expect(new Set(blocks.map(({ key }) => key)).size).toBe(2);
});

test("a line is measured in metres, and from three points on the ground that it encloses", () => {
  const words = (...path: Position[]) => wordMeasure(path, { say: (wording, values) => say(wording, "zh-CN", values) });
  expect(words(at(0, 0), at(30, 40))).toEqual(["距离 50.0 米"]);
  expect(words(at(0, 0), at(100, 0), at(100, 100))).toEqual(["距离 200 米", "围成 5,000 平方米"]);
});
