import { expect, test } from "vitest";
import type { BorderArc } from "../../../data/division/draft.ts";
import type { Position } from "../../../data/schema/geometry.ts";
import { findSnap } from "../../../web/planner/tools/find_snap.ts";
import { hullOf, movedBy } from "../../../web/planner/tools/positions.ts";
import { reachBorder } from "../../../web/planner/tools/reach_border.ts";

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
