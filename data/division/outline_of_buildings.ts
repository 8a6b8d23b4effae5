import { arrangeFaces } from "../coverage/arrangement.ts";
import { createEdge, type Edge } from "../coverage/edge.ts";
import { nodeEdges } from "../coverage/node_edges.ts";
import { bordersOf, traceOutline } from "../coverage/trace_outline.ts";
import { aroundLine, boxesMeet } from "../measure/box.ts";
import { metresPerDegree } from "../measure/ellipsoid.ts";
import type { MultiPolygon, Ring } from "../schema/geometry.ts";
import { isCounterClockwise, unitsPerDegree } from "./ring_facts.ts";
import { createVertexTable } from "./vertex_table.ts";

/** Metres round the buildings that go with them: a lane's half. */
const yard = 4;
/** Metres that stay between the place and a building that does not go along. */
const distance = 0.6;

/** Rings [x, y, …] in metres, counter-clockwise, not closed. */
type Hull = number[];

/**
 * A place round a group of buildings that is fit to be given to a neighbour: the convex hull of the group, 4 m wider.
 * Where that would cut or swallow other buildings, hulls of single buildings and of pairs that have nothing between
 * them are joined instead, and what still comes too near another building is cut back to 0.6 m from it.
 *
 * @param group - footprints in degrees, exterior first
 * @param others - footprints near that stay where they are
 * @returns valid polygons, exteriors counter-clockwise; none for no buildings
 */
export function outlineOfBuildings(group: readonly MultiPolygon[], others: readonly MultiPolygon[] = []): MultiPolygon {
  const footprints = group.flatMap((polygons) => polygons.flatMap(([exterior]) => (exterior ? [exterior] : [])));
  if (footprints.length === 0) return [];
  const [lon, lat] = [footprints[0]![0]!, footprints[0]![1]!];
  const [perLon, perLat] = metresPerDegree(lat);
  const flat = (ring: Ring) => ring.map((value, i) => (i % 2 === 0 ? (value - lon) * perLon : (value - lat) * perLat));
  const degrees = (value: number, i: number) => {
    const unsnapped = i % 2 === 0 ? lon + value / perLon : lat + value / perLat;
    return Math.round(unsnapped * unitsPerDegree);
  };
  const mine = footprints.map(flat);
  const foreign = others.flatMap((polygons) =>
    polygons.flatMap(([exterior]) => (exterior ? [hullOf(flat(exterior))] : [])),
  );
  const whole = widen(hullOf(mine.flat()), yard);
  const hulls = meetsAny(whole, foreign) ? pairHulls(mine, foreign) : [whole];
  const reach = aroundLine(hulls.flat());
  const kept = foreign.map((hull) => widen(hull, distance)).filter((hull) => boxesMeet(aroundLine(hull), reach));
  // what goes must stay whole, even beside a building that stays; one that stands in its court does stay
  const cores = group.flatMap((polygons) => polygons.flatMap((rings) => rings.map((ring, i) => openRing(ring, i > 0))));
  return combine(
    hulls.map((hull) => hull.map(degrees)),
    kept.map((hull) => hull.map(degrees)),
    cores.map((ring) => ring.map((value) => Math.round(value * unitsPerDegree))),
  );
}

/** Without its last position, exteriors counter-clockwise and holes clockwise. */
function openRing(ring: Ring, isHole: boolean): number[] {
  const open = ring.slice(0, -2);
  if (isCounterClockwise(ring) !== isHole) return open;
  return Array.from({ length: open.length }, (_, i) => open[open.length - 2 - i + 2 * (i % 2)]!);
}

/** Hulls of single buildings, and of neighbours if nothing that stays lies between them: nearest first, as a tree. */
function pairHulls(mine: readonly number[][], foreign: readonly Hull[]): Hull[] {
  const hulls = mine.map((ring) => widen(hullOf(ring), yard));
  const middles = mine.map((ring) => {
    const [west, south, east, north] = aroundLine(ring);
    return [(west + east) / 2, (south + north) / 2] as const;
  });
  // Prim's tree: of those not joined yet, each knows the nearest that is
  const nearest = mine.map((_, i) => ({ to: 0, far: i === 0 ? -1 : between(middles[0]!, middles[i]!) }));
  for (let round = 1; round < mine.length; round++) {
    let next = -1;
    nearest.forEach(({ far }, i) => {
      if (far >= 0 && (next < 0 || far < nearest[next]!.far)) next = i;
    });
    const bridge = widen(hullOf([...mine[next]!, ...mine[nearest[next]!.to]!]), yard / 2);
    if (!meetsAny(bridge, foreign)) hulls.push(bridge);
    nearest[next]!.far = -1;
    nearest.forEach((one, i) => {
      const far = between(middles[next]!, middles[i]!);
      if (one.far > far) nearest[i] = { to: next, far };
    });
  }
  return hulls;
}

function between(a: readonly [number, number], b: readonly [number, number]): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}

/** Andrew's monotone chain. */
function hullOf(line: readonly number[]): Hull {
  const points = Array.from({ length: line.length / 2 }, (_, i) => [line[2 * i]!, line[2 * i + 1]!] as const);
  points.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const half = (list: typeof points) => {
    const chain: (readonly [number, number])[] = [];
    for (const point of list) {
      while (chain.length > 1) {
        const [a, b] = [chain.at(-2)!, chain.at(-1)!];
        if ((b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0]) > 0) break;
        chain.pop();
      }
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  return [...half(points), ...half([...points].reverse())].flat();
}

/** A convex ring grown by a distance, corners cut off with one edge. */
function widen(hull: Hull, by: number): Hull {
  const corners: number[] = [];
  const count = hull.length / 2;
  for (let i = 0; i < count; i++) {
    const [ax, ay] = [hull[2 * i]!, hull[2 * i + 1]!];
    const j = (i + 1) % count;
    const [bx, by2] = [hull[2 * j]!, hull[2 * j + 1]!];
    const length = Math.hypot(bx - ax, by2 - ay);
    if (length === 0) continue;
    const [outX, outY] = [((by2 - ay) / length) * by, (-(bx - ax) / length) * by];
    corners.push(ax + outX, ay + outY, bx + outX, by2 + outY);
  }
  return hullOf(corners);
}

function meetsAny(hull: Hull, others: readonly Hull[]): boolean {
  const box = aroundLine(hull);
  return others.some((other) => boxesMeet(aroundLine(other), box) && !isApart(hull, other) && !isApart(other, hull));
}

/** Is there an edge of the one that has all of the other on its right? */
function isApart(one: Hull, other: Hull): boolean {
  const count = one.length / 2;
  for (let i = 0; i < count; i++) {
    const j = (i + 1) % count;
    const [ax, ay, bx, by] = [one[2 * i]!, one[2 * i + 1]!, one[2 * j]!, one[2 * j + 1]!];
    let apart = true;
    for (let k = 0; k < other.length && apart; k += 2) {
      apart = (bx - ax) * (other[k + 1]! - ay) - (by - ay) * (other[k]! - ax) <= 0;
    }
    if (apart) return true;
  }
  return false;
}

/** Hulls without what is kept, and cores, on the grid, exactly. Rings are open, with what they hold on the left. */
function combine(hulls: readonly number[][], kept: readonly number[][], cores: readonly number[][]): MultiPolygon {
  const points = createVertexTable(256, 1);
  const edges: Edge[] = [];
  const keptStep = 2 ** 16; // more than there are hulls
  const add = (ring: readonly number[], areaStep: number, containerStep: number) => {
    const nodes = Array.from({ length: ring.length / 2 }, (_, i) => points.add(ring[2 * i]!, ring[2 * i + 1]!));
    nodes.forEach((from, i) => {
      const to = nodes[(i + 1) % nodes.length]!;
      if (from !== to) edges.push(createEdge(points, { from, to, areaStep, containerStep, wall: false, origin: null }));
    });
  };
  for (const ring of hulls) add(ring, 1, 0);
  for (const ring of kept) add(ring, keptStep, 0);
  for (const ring of cores) add(ring, 0, 1);
  const arrangement = arrangeFaces(nodeEdges(edges, points), points);
  const regionOf = Int32Array.from({ length: arrangement.faces }, (_, face) => {
    const sum = arrangement.areas[face]!;
    return arrangement.containers[face]! > 0 || (sum > 0 && sum < keptStep) ? 0 : -1;
  });
  return traceOutline(arrangement, regionOf, bordersOf(arrangement, regionOf, 1), 0);
}
