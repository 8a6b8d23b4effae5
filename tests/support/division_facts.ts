import type { Division } from "../../data/demo/division/division.ts";
import type { GroundPlan } from "../../data/demo/ground_plan.ts";
import type { AreaRow } from "../../data/schema/city_rows.ts";
import type { MultiPolygon, Ring } from "../../data/schema/geometry.ts";

/** Sums of an area over its buildings. */
export interface AreaSums {
  households: number;
  people: number;
  registered: number;
  floating: number;
  let_homes: number;
  /** With at least one household. */
  homes: number;
}

/** Sums of every area but cells, by id; an area holds what its children hold. */
export function sumAreas(plan: GroundPlan, division: Division): Map<number, AreaSums> {
  const sums = new Map<number, AreaSums>();
  const none = () => ({ households: 0, people: 0, registered: 0, floating: 0, let_homes: 0, homes: 0 });
  for (const { id } of division.area) sums.set(id, none());
  plan.buildings.forEach((building, at) => {
    for (const leaves of Object.values(division.leaf)) {
      for (let id: number | null = leaves[building.parcel]!; id !== null; id = areaOf(division, id).parent_id) {
        const sum = sums.get(id)!;
        for (const count of ["households", "people", "registered", "floating", "let_homes"] as const) {
          sum[count] += division.counts[count][at]!;
        }
        if (division.counts.households[at]! > 0) sum.homes += 1;
      }
    }
  });
  return sums;
}

export function areaOf(division: Division, id: number): AreaRow {
  return division.area[id - division.first_id.area]!;
}

/** Areas of a network and an ordinal of level. */
export function areasAt(division: Division, network: string, ordinal: number): AreaRow[] {
  const { id } = division.network.find(({ code }) => code === network)!;
  const level = division.level.find((row) => row.network_id === id && row.ordinal === ordinal)!;
  return division.area.filter((area) => area.level_id === level.id);
}

export function childrenOf(division: Division, id: number): AreaRow[] {
  return division.area.filter((area) => area.parent_id === id);
}

// Degrees · 10⁷ from the origin of the demo city: whole numbers, small enough that areas are exact.
const units = (degrees: number, origin: number) => Math.round((degrees - origin) * 1e7);

/** Twice the surface of a geometry in squares of 10⁻⁷ degrees: exact. */
export function doubleSurface(geom: MultiPolygon): number {
  return geom.flat().reduce((sum, ring) => sum + doubleRing(ring), 0);
}

function doubleRing(ring: Ring): number {
  let sum = 0;
  for (let at = 0; at + 3 < ring.length; at += 2) {
    const [ax, ay] = [units(ring[at]!, 121.4), units(ring[at + 1]!, 33.6)];
    const [bx, by] = [units(ring[at + 2]!, 121.4), units(ring[at + 3]!, 33.6)];
    sum += ax * by - bx * ay;
  }
  return sum;
}

function edgesOf(geom: MultiPolygon): [string, string][] {
  return geom.flat().flatMap((ring) => {
    const points: string[] = [];
    for (let at = 0; at < ring.length; at += 2) points.push(`${ring[at]} ${ring[at + 1]}`);
    return points.slice(1).map((point, at): [string, string] => [points[at]!, point]);
  });
}

/**
 * Whether parts fill a whole edge by edge: each edge of a part is met by its reverse in another part or is an edge of
 * the whole, and each edge of the whole is one of a part. Returns the edges that are not, as text.
 */
export function findLooseEdges(parts: readonly MultiPolygon[], whole: MultiPolygon): string[] {
  const own = new Set<string>();
  const loose: string[] = [];
  for (const [from, to] of parts.flatMap(edgesOf)) {
    if (own.has(`${from}→${to}`)) loose.push(`twice ${from}→${to}`);
    own.add(`${from}→${to}`);
  }
  const outline = new Set(edgesOf(whole).map(([from, to]) => `${from}→${to}`));
  for (const [from, to] of parts.flatMap(edgesOf)) {
    if (!own.has(`${to}→${from}`) && !outline.has(`${from}→${to}`)) loose.push(`${from}→${to}`);
  }
  for (const edge of outline) if (!own.has(edge)) loose.push(`outline ${edge}`);
  return loose;
}
