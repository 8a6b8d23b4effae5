import { type BorderLength, borderOnRoads } from "../../../data/checks/border_on_roads.ts";
import { shareOnRoads } from "../../../data/checks/inner_borders.ts";
import { indexRoads, type RoadIndex } from "../../../data/checks/road_index.ts";
import type { BorderArc, DraftArea } from "../../../data/division/draft.ts";
import { boxOf } from "../../../data/measure/box.ts";
import type { Bbox, Line } from "../../../data/schema/geometry.ts";
import type { CityGround } from "../map/city_ground.ts";

/**
 * How much of an area's border runs on roads, as the checks count it: borders of the plan's own area are left out, they
 * cannot be drawn elsewhere.
 */
export class RoadShares {
  readonly #ground: CityGround;
  #roads: { version: number; index: RoadIndex } | null = null;
  #known = new WeakMap<DraftArea, BorderLength>();

  constructor(ground: CityGround) {
    this.#ground = ground;
  }

  /** @returns 0…1; null where no road is known, or no border that counts */
  of(area: DraftArea, arcsNear: (box: Bbox) => readonly BorderArc[]): number | null {
    const roads = this.#indexed();
    if (!roads) return null;
    const known = this.#known.get(area);
    if (known) return shareOnRoads(known);
    const fixed = fixedStretches(arcsNear(boxOf(area.polygons)));
    const sum = { length_m: 0, on_roads_m: 0 };
    for (const line of area.polygons.flat().flatMap((ring) => innerLines(ring, fixed))) {
      const { length_m, on_roads_m } = borderOnRoads(line, roads);
      sum.length_m += length_m;
      sum.on_roads_m += on_roads_m;
    }
    this.#known.set(area, sum);
    return shareOnRoads(sum);
  }

  #indexed(): RoadIndex | null {
    const { version } = this.#ground;
    if (this.#roads?.version === version) return this.#roads.index;
    const roads = this.#ground.near([-180, -90, 180, 90]).filter(({ kind }) => kind === "road");
    if (roads.length === 0) return null;
    const things = roads.map(({ lines, road }) => ({
      ...{ kind: "road" as const, road_class: road },
      shape: { type: "MultiLineString" as const, lines },
    }));
    this.#roads = { version, index: indexRoads(things) };
    this.#known = new WeakMap();
    return this.#roads.index;
  }
}

/** Stretches of border that this plan cannot move. */
function fixedStretches(arcs: readonly BorderArc[]): ReadonlySet<string> {
  const stretches = new Set<string>();
  for (const { line, movable } of arcs) {
    for (let i = 2; !movable && i < line.length; i += 2) stretches.add(stretchKey(line, i));
  }
  return stretches;
}

/** Parts of a ring between stretches that are left out. */
function innerLines(ring: Line, fixed: ReadonlySet<string>): Line[] {
  const lines: number[][] = [];
  let open: number[] | null = null;
  for (let i = 2; i < ring.length; i += 2) {
    if (fixed.has(stretchKey(ring, i))) open = null;
    else if (open) open.push(ring[i]!, ring[i + 1]!);
    else {
      open = [ring[i - 2]!, ring[i - 1]!, ring[i]!, ring[i + 1]!];
      lines.push(open);
    }
  }
  return lines;
}

/** The same in both directions. */
function stretchKey(line: Line, end: number): string {
  const [ax, ay, bx, by] = [line[end - 2]!, line[end - 1]!, line[end]!, line[end + 1]!];
  return ax < bx || (ax === bx && ay < by) ? `${ax} ${ay} ${bx} ${by}` : `${bx} ${by} ${ax} ${ay}`;
}
