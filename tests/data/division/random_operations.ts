import type { Draft, DraftArea } from "../../../data/division/draft.ts";
import { metresPerDegree } from "../../../data/measure/ellipsoid.ts";
import { poleOf } from "../../../data/measure/pole.ts";
import type { Position } from "../../../data/schema/geometry.ts";
import type { PlanOperation } from "../../../data/schema/plan_operation.ts";

/** What a planner might do next: chances in [0, 1), made into an operation on the draft as it is. */
export interface Wish {
  kind: number;
  chances: number[];
}

const snap = (degrees: number) => Math.round(degrees * 1e9) / 1e9;
const near = (at: Position, metresEast: number, metresNorth: number): Position => {
  const [perLon, perLat] = metresPerDegree(at[1]);
  return [snap(at[0] + metresEast / perLon), snap(at[1] + metresNorth / perLat)];
};

/** @returns null where there is nothing to do it with */
export function operationFor(draft: Draft, { kind, chances }: Wish): PlanOperation | null {
  let used = 0;
  const chance = () => chances[used++ % chances.length]!;
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(chance() * list.length)];
  const areas = draft.areas();
  const parents = new Set(areas.map(({ parent_id }) => parent_id));
  const lowest = areas.filter(({ id }) => !parents.has(id) && id !== "1");
  const area = pick(lowest);
  if (!area) return null;
  const name = `n${Math.floor(chance() * 1e6)}`;
  const made = { name, short_name: name, code: null };
  const makers: (() => PlanOperation | null)[] = [
    () => move(area, chance),
    () => move(area, chance),
    () => {
      const [a, b] = edgeOf(area, chance);
      const middle: Position = [snap((a[0] + b[0]) / 2), snap((a[1] + b[1]) / 2)];
      return { op: "add_vertex", between: [a, b], at: near(middle, 6 * chance() - 3, 6 * chance() - 3) };
    },
    () => ({ op: "delete_vertex", at: edgeOf(area, chance)[0] }),
    () => ({ op: "split", area: area.id, by: lineThrough(area, chance), ...made }),
    () => ({ op: "split", area: area.id, by: lineThrough(area, chance), ...made }),
    () => ({ op: "split", area: area.id, by: { kind: "polygon", place: [[blob(inside(area), chance)]] }, ...made }),
    () => merge(draft, area, lowest, pick),
    () => give(draft, area, chance),
    () => give(draft, area, chance),
    () => reshape(draft, area, chance),
    () => reshape(draft, area, chance),
    () => takeUncovered(draft, area, lowest, chance),
    () => takeUncovered(draft, area, lowest, chance),
    () => addArea(draft, chance, pick, made),
    () => {
      const parent = area.parent_id;
      return parent ? { op: "create_special", place: [[blob(inside(area), chance)]], parent, ...made } : null;
    },
    () => {
      const special = pick(lowest.filter((one) => one.kind === "special"));
      return special ? { op: "remove_special", area: special.id } : null;
    },
    () => {
      const level = area.level - 1;
      const siblings = lowest.filter((one) => one.parent_id === area.parent_id && one.level === area.level);
      const some = siblings.filter((_, i) => i % 3 === Math.floor(chance() * 3)).slice(0, 5);
      return { op: "group", areas: [...new Set([area, ...some].map(({ id }) => id))], level, ...made };
    },
    () => {
      const parent = pick(areas.filter(({ id }) => parents.has(id)));
      return parent ? { op: "set_attributes", area: area.id, set: { parent_id: parent.id, name } } : null;
    },
    () => mergeAbove(areas, parents, pick),
  ];
  return makers[Math.floor(kind * makers.length)]!();
}

function ringOf(area: DraftArea, chance: () => number) {
  const rings = area.polygons.flat();
  return rings[Math.floor(chance() * rings.length)]!;
}

function edgeOf(area: DraftArea, chance: () => number): [Position, Position] {
  const ring = ringOf(area, chance);
  const i = 2 * Math.floor(chance() * (ring.length / 2 - 1));
  return [
    [ring[i]!, ring[i + 1]!],
    [ring[i + 2]!, ring[i + 3]!],
  ];
}

function inside(area: DraftArea): Position {
  return poleOf(area.polygons);
}

function move(area: DraftArea, chance: () => number): PlanOperation {
  const [from] = edgeOf(area, chance);
  const reach = chance() < 0.8 ? 12 : 120;
  const over = chance() < 0.1 ? { over: true } : {};
  return { op: "move_vertex", ...over, from, to: near(from, reach * (chance() - 0.5), reach * (chance() - 0.5)) };
}

function blob(at: Position, chance: () => number): Position[] {
  const size = 3 + 50 * chance() ** 2;
  const middle = near(at, 40 * (chance() - 0.5), 40 * (chance() - 0.5));
  const corners = 3 + Math.floor(chance() * 7);
  const ring = Array.from({ length: corners }, (_, i) => {
    const [angle, reach] = [(2 * Math.PI * i) / corners, size * (0.6 + 0.4 * chance())];
    return near(middle, reach * Math.cos(angle), reach * Math.sin(angle));
  });
  return [...ring, ring[0]!];
}

/** Through the middle, with a bend; sometimes from vertex to vertex, so that it meets nodes. */
function lineThrough(area: DraftArea, chance: () => number) {
  const at = inside(area);
  const new_side = chance() < 0.5 ? ("left" as const) : ("right" as const);
  if (chance() < 0.3) {
    const line = [
      edgeOf(area, chance)[0],
      near(at, 4 * (chance() - 0.5), 4 * (chance() - 0.5)),
      edgeOf(area, chance)[0],
    ];
    return { kind: "line" as const, line, new_side };
  }
  const [angle, reach] = [2 * Math.PI * chance(), 20 + 120 * chance()];
  const bend = near(at, 6 * (chance() - 0.5), 6 * (chance() - 0.5));
  const from = near(at, reach * Math.cos(angle), reach * Math.sin(angle));
  const to = near(at, -reach * Math.cos(angle + 0.5), -reach * Math.sin(angle + 0.5));
  return { kind: "line" as const, line: [from, bend, to], new_side };
}

function besides(draft: Draft, area: DraftArea): string[] {
  const xs = area.polygons.flat(2).filter((_, i) => i % 2 === 0);
  const ys = area.polygons.flat(2).filter((_, i) => i % 2 === 1);
  const arcs = draft.arcsIn(Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys));
  const ids = arcs.flatMap(({ left, right }) => (left === area.id ? [right] : right === area.id ? [left] : []));
  return [...new Set(ids.filter((id) => id !== null))].sort();
}

function merge(
  draft: Draft,
  area: DraftArea,
  lowest: readonly DraftArea[],
  pick: <T>(list: readonly T[]) => T | undefined,
): PlanOperation | null {
  const parent = area.parent_id;
  const fits = (id: string) =>
    lowest.some((one) => one.id === id && one.parent_id === parent && one.level === area.level);
  const other = pick(besides(draft, area).filter(fits));
  return other ? { op: "merge", keep: area.id, areas: [other] } : null;
}

function mergeAbove(
  areas: readonly DraftArea[],
  parents: ReadonlySet<string | null>,
  pick: <T>(list: readonly T[]) => T | undefined,
): PlanOperation | null {
  const above = areas.filter(({ id }) => parents.has(id) && id !== "1");
  const keep = pick(above);
  const other = pick(above.filter(({ id, level }) => id !== keep?.id && level === keep?.level));
  return keep && other ? { op: "merge", keep: keep.id, areas: [other.id] } : null;
}

function give(draft: Draft, area: DraftArea, chance: () => number): PlanOperation | null {
  const others = besides(draft, area);
  const to = others[Math.floor(chance() * others.length)];
  if (to === undefined) return null;
  const place =
    chance() < 0.5
      ? [[blob(edgeOf(area, chance)[0], chance)]]
      : [[blob(inside(area), chance)], [blob(edgeOf(area, chance)[0], chance)]];
  const from = chance() < 0.5 ? [area.id] : undefined;
  return { op: "give", to, place, pieces: chance() < 0.4, ...(from ? { from } : {}) };
}

/** Mostly by an area that has a vertex in common with the uncovered ground. */
function takeUncovered(
  draft: Draft,
  area: DraftArea,
  lowest: readonly DraftArea[],
  chance: () => number,
): PlanOperation | null {
  const gaps = draft.uncovered();
  const gap = gaps[Math.floor(chance() * gaps.length)];
  if (!gap) return null;
  const corners = cornersOf(gap.polygons);
  const beside = lowest.filter(({ polygons }) => [...cornersOf(polygons)].some((corner) => corners.has(corner)));
  const to = chance() < 0.8 ? (beside[Math.floor(chance() * beside.length)] ?? area) : area;
  return { op: "take_uncovered", at: gap.at, to: to.id };
}

function cornersOf(polygons: DraftArea["polygons"]): Set<string> {
  const corners = new Set<string>();
  for (const ring of polygons.flat())
    for (let i = 0; i < ring.length; i += 2) corners.add(`${ring[i]!.toFixed(8)} ${ring[i + 1]!.toFixed(8)}`);
  return corners;
}

function addArea(
  draft: Draft,
  chance: () => number,
  pick: <T>(list: readonly T[]) => T | undefined,
  made: { name: string; short_name: string; code: null },
): PlanOperation | null {
  const uncovered = pick(draft.uncovered());
  if (!uncovered) return null;
  const parent = uncovered.parent_id;
  const level = parent === null ? 1 : draft.area(parent)!.level + 1;
  const [ring] = uncovered.polygons[0]!;
  const whole = Array.from({ length: ring!.length / 2 }, (_, i): Position => [ring![2 * i]!, ring![2 * i + 1]!]);
  const place = chance() < 0.5 ? [[whole]] : [[blob(uncovered.at, () => chance() / 2)]];
  const kind = chance() < 0.7 ? ("basic" as const) : ("special" as const);
  return { op: "add_area", place, level, parent, kind, ...made };
}

function reshape(draft: Draft, area: DraftArea, chance: () => number): PlanOperation | null {
  const [at] = edgeOf(area, chance);
  const arcs = draft.arcsIn(at[0], at[1], at[0], at[1]).filter(({ movable, line }) => movable && line.length >= 6);
  const arc = arcs[Math.floor(chance() * arcs.length)];
  if (!arc) return null;
  const count = arc.line.length / 2;
  const first = Math.floor(chance() * (count - 1));
  const last = Math.min(count - 1, first + 1 + Math.floor(chance() * 5));
  const position = (i: number): Position => [arc.line[2 * i]!, arc.line[2 * i + 1]!];
  const steps = 1 + Math.floor(chance() * 4);
  const path = [position(first)];
  for (let i = 1; i <= steps; i++) {
    const share = i / (steps + 1);
    const [a, b] = [position(first), position(last)];
    const on: Position = [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])];
    path.push(near(on, 10 * (chance() - 0.5), 10 * (chance() - 0.5)));
  }
  path.push(position(last));
  return { op: "reshape", path: chance() < 0.5 ? path : path.reverse() };
}
