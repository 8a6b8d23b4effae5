import { createVertexTable } from "../division/vertex_table.ts";
import { areaOf } from "../measure/area.ts";
import { boxOf } from "../measure/box.ts";
import type { MultiPolygon, Position, Shape } from "../schema/geometry.ts";
import { compareText } from "./describe_faults.ts";
import type { CheckedThing, ThingKind } from "./division.ts";
import type { DivisionFault, PlacedFault } from "./findings.ts";
import { lengthOfLines, lineCutter } from "./line_in_surface.ts";
import { sharedSurface } from "./shared_surface.ts";
import { areaLocator, surfaceLocator } from "./area_locator.ts";
import type { ThingIndex } from "./thing_index.ts";

/** Of estates: what lies in a gap from this surface and this share on; below, a line was drawn a little off. */
const leastSurface = 1; // m²
const leastShare = 0.01;
/** Metres of road: below, it only touches the gap. */
const leastStretch = 0.5;

/** What of a thing lies in one gap. */
interface Uncovered {
  thing: CheckedThing;
  parent_id: string | null;
  area_m2: number;
  lines: number[][];
}

/**
 * Finds things that lie in a gap: buildings, facilities, legal entities and key units by their point, roads by more
 * than 0.5 m of their length, estates by more than 1 m² and 1 % of their surface. A thing in several gaps comes once.
 *
 * @param gaps - faults of kind `gap`; others are passed over
 * @param options.without - kinds that need not be covered there (bridges over free water)
 * @param options.known - what lies in gaps that were asked of before with the same things; it is added to
 * @returns by kind, name and id; `at` is the thing's point, of a road the middle of its first stretch; `shape` is the
 *   stretch of a road, the gaps that an estate lies in are faults of their own
 */
export function findUncovered(
  gaps: readonly PlacedFault[],
  things: ThingIndex,
  { without = [], known }: { without?: readonly ThingKind[]; known?: KnownGaps } = {},
): DivisionFault[] {
  const found = new Map<CheckedThing, Uncovered>();
  for (const { fault, parent_id } of gaps) {
    if (fault.kind !== "gap") continue;
    const parts = known?.get(fault) ?? partsIn(fault.polygons, things);
    known?.set(fault, parts);
    for (const { thing, ...part } of parts) {
      if (without.includes(thing.kind)) continue;
      const before = found.get(thing);
      found.set(thing, {
        thing,
        parent_id: before ? before.parent_id : parent_id,
        area_m2: (before?.area_m2 ?? 0) + part.area_m2,
        lines: [...(before?.lines ?? []), ...part.lines],
      });
    }
  }
  return [...found.values()].map(faultOf).sort(byKindAndName);
}

type Part = Pick<Uncovered, "area_m2" | "lines">;

/** What lies in gaps, remembered for as long as the gaps are. */
export type KnownGaps = WeakMap<PlacedFault["fault"], readonly (Part & { thing: CheckedThing })[]>;

function partsIn(gap: MultiPolygon, things: ThingIndex): (Part & { thing: CheckedThing })[] {
  const probe = probeGap(gap);
  return things.near(boxOf(gap)).flatMap((index) => {
    const thing = things.things[index]!;
    const part = probe(thing);
    return part ? [{ thing, ...part }] : [];
  });
}

function probeGap(gap: MultiPolygon): (thing: CheckedThing) => Part | null {
  const holds = surfaceLocator(gap);
  let cut: ReturnType<typeof lineCutter> | undefined;
  return ({ kind, shape, at }) => {
    if (kind === "water") return null;
    if (kind === "road") {
      if (shape.type !== "MultiLineString") return null;
      cut ??= lineCutter(gap);
      const lines = cut(shape.lines);
      return lengthOfLines(lines) > leastStretch ? { area_m2: 0, lines } : null;
    }
    if (kind === "estate" && shape.type === "MultiPolygon") {
      const area_m2 = sharedSurface(shape.polygons, gap);
      const isUncovered = area_m2 > leastSurface && area_m2 > leastShare * areaOf(shape.polygons);
      return isUncovered ? { area_m2, lines: [] } : null;
    }
    return holds(at) ? { area_m2: 0, lines: [] } : null;
  };
}

/**
 * Finds things that lie in none of the tops of a whole network and in no gap between them. A road may leave the city:
 * it is missed only when nothing it is joined to touches a top, nor does it.
 */
export function findBeyond(tops: readonly { polygons: MultiPolygon }[], things: ThingIndex): DivisionFault[] {
  const locate = areaLocator(tops);
  const isOut = (at: Position) => locate(at) < 0;
  const beyond = things.things.filter((thing) => {
    if (thing.kind === "water" || thing.kind === "road") return false;
    if (!isOut(thing.at)) return false;
    if (thing.kind !== "estate" || thing.shape.type !== "MultiPolygon") return true;
    const { polygons } = thing.shape;
    return tops.every((top) => sharedSurface(polygons, top.polygons) <= leastSurface);
  });
  const roads = findRoadsApart(things.things, isOut);
  return [...beyond, ...roads]
    .map((thing) => faultOf({ thing, parent_id: null, area_m2: surfaceOfEstate(thing), lines: linesOf(thing.shape) }))
    .sort(byKindAndName);
}

/** Roads of which no vertex, nor one of any road joined to them, lies in a top. */
function findRoadsApart(things: readonly CheckedThing[], isOut: (at: Position) => boolean): CheckedThing[] {
  const roads = things.filter(({ kind, shape }) => kind === "road" && linesOf(shape).length > 0);
  const vertices = createVertexTable(1024);
  const group = roads.map((_, road) => road);
  const find = (road: number): number => {
    let root = road;
    while (group[root] !== root) root = group[root]!;
    for (let next = road; next !== root; ) [next, group[next]] = [group[next]!, root];
    return root;
  };
  const owner: number[] = [];
  const touches = roads.map(({ shape }, road) => {
    let touchesTop = false;
    for (const line of linesOf(shape)) {
      for (let i = 0; i < line.length; i += 2) {
        const vertex = vertices.add(line[i]!, line[i + 1]!);
        if (owner[vertex] === undefined) owner[vertex] = road;
        else group[find(road)] = find(owner[vertex]);
        touchesTop ||= !isOut([line[i]!, line[i + 1]!]);
      }
    }
    return touchesTop;
  });
  const reached = new Set(roads.flatMap((_, road) => (touches[road] ? [find(road)] : [])));
  return roads.filter((_, road) => !reached.has(find(road)));
}

function linesOf(shape: Shape): number[][] {
  return shape.type === "MultiLineString" ? shape.lines.filter((line) => line.length >= 4) : [];
}

function surfaceOfEstate({ kind, shape }: CheckedThing): number {
  return kind === "estate" && shape.type === "MultiPolygon" ? areaOf(shape.polygons) : 0;
}

function faultOf({ thing, parent_id, area_m2, lines }: Uncovered): DivisionFault {
  const { kind, id, name, at, shape } = thing;
  const isRoad = kind === "road";
  return {
    kind: "uncovered",
    area_m2,
    length_m: isRoad ? lengthOfLines(lines) : null,
    area_ids: [],
    parent_id,
    at: isRoad ? middleOf(lines[0]!) : at,
    shape: isRoad ? { type: "MultiLineString", lines } : shape,
    reason: null,
    thing: { kind, id, name },
    inside: null,
    mends: [],
  };
}

function middleOf(line: readonly number[]): Position {
  const middle = 2 * ((line.length >> 1) >> 1);
  if (line.length > 4) return [line[middle]!, line[middle + 1]!];
  return [(line[0]! + line[2]!) / 2, (line[1]! + line[3]!) / 2];
}

function byKindAndName(a: DivisionFault, b: DivisionFault): number {
  const [one, two] = [a.thing!, b.thing!];
  return compareText(one.kind, two.kind) || compareText(one.name, two.name) || compareText(one.id, two.id);
}
