import { colourAreas } from "../../../data/cartography/colouring.ts";
import type { BorderArc, DraftArea } from "../../../data/division/draft.ts";
import { poleOf } from "../../../data/measure/pole.ts";
import type { GeoJsonGeometry } from "../../../data/schema/check.ts";
import type { Line, MultiPolygon } from "../../../data/schema/geometry.ts";
import type { DraftFeature } from "../../map/draft_source.ts";
import type { Planner } from "../planner_types.ts";
import { lowestAreas } from "./lowest_areas.ts";

/** What is known of the published edition: where its borders run and who leads its areas. */
export interface PublishedFacts {
  isFormer(line: Line): boolean;
  leaderOf(id: string): string | null;
}

/** Words of one area: 「418户 李建国」. */
export type WordFacts = (area: DraftArea, leader: string | null) => string;

/** Draws the draft as features; what did not change is the same object with the same key. */
export class DraftDrawing {
  readonly #hues = new Map<string, number>();
  /** Faces and labels belong to an area object: drafts put a new one for each that changes. */
  readonly #poles = new WeakMap<DraftArea, [number, number]>();
  #numbers = new WeakMap<object, number>();
  #count = 0;
  #arcs: readonly BorderArc[] = [];

  /** All borders of the draft as they were last drawn, each once. */
  get arcs(): readonly BorderArc[] {
    return this.#arcs;
  }

  draw(planner: Planner, published: PublishedFacts, wordFacts: WordFacts): DraftFeature[] {
    const { draft, plan, figures } = planner;
    const lowest = lowestAreas(draft);
    this.#arcs = draft.arcsIn(-180, -90, 180, 90);
    this.#colour(lowest);
    const parents = new Map(draft.areas().map(({ id, parent_id }) => [id, parent_id]));
    const top = plan.area === null ? undefined : draft.area(plan.area.id);
    return [
      ...(top ? [veilAround(top, this.#numberOf(top))] : []),
      ...lowest.map((area) => this.#face(area)),
      ...this.#arcs.map((arc) => arcFeature(arc, roleOf(arc, parents, published))),
      ...lowest.map((area) =>
        this.#label(area, wordFacts(area, published.leaderOf(area.id)), figures.get(area.id)?.area_m2 ?? 0),
      ),
    ];
  }

  #face(area: DraftArea): DraftFeature {
    const hue = this.#hues.get(area.id) ?? 1;
    return {
      key: `face ${area.id} ${this.#numberOf(area.polygons)} ${hue}`,
      geometry: geometryOf(area.polygons),
      properties: { mark: "face", area: area.id, hue },
    };
  }

  #label(area: DraftArea, facts: string, size: number): DraftFeature {
    const at = this.#poles.get(area) ?? poleOf(area.polygons);
    this.#poles.set(area, at);
    const number = /\d+$/.exec(area.short_name)?.[0] ?? area.short_name;
    return {
      key: `label ${area.id} ${at.join(" ")} ${number} ${facts}`,
      geometry: { type: "Point", coordinates: [...at] },
      properties: { mark: "label", area: area.id, number, facts, size },
    };
  }

  /** Areas keep their hue while it is legal: drafts recolour what changed. */
  #colour(lowest: readonly DraftArea[]): void {
    const index = new Map(lowest.map(({ id }, i) => [id, i]));
    const pairs = this.#arcs.flatMap(({ left, right }) => {
      const [a, b] = [index.get(left ?? ""), index.get(right ?? "")];
      return a === undefined || b === undefined || a === b ? [] : [{ a, b }];
    });
    const former = new Map(lowest.flatMap(({ id }, i) => (this.#hues.has(id) ? [[i, this.#hues.get(id)!]] : [])));
    const hues = colourAreas([...index.values()], pairs, former);
    for (const [id, i] of index) this.#hues.set(id, hues.get(i) ?? 1);
  }

  /** Objects are told apart by number: a shape that did not change is the same object. */
  #numberOf(object: object): number {
    const known = this.#numbers.get(object);
    if (known !== undefined) return known;
    this.#numbers.set(object, ++this.#count);
    return this.#count;
  }
}

function roleOf(
  arc: BorderArc,
  parents: ReadonlyMap<string, string | null>,
  published: PublishedFacts,
): "own" | "upper" | "kept" | "changed" {
  if (!arc.movable) return "own";
  if (!published.isFormer(arc.line)) return "changed";
  const [left, right] = [arc.left, arc.right].map((id) => (id === null ? null : (parents.get(id) ?? null)));
  return left === right ? "kept" : "upper";
}

function arcFeature({ line, left, right }: BorderArc, role: "own" | "upper" | "kept" | "changed"): DraftFeature {
  return {
    key: `arc ${left} ${right} ${role} ${digest(line)}`,
    geometry: { type: "LineString", coordinates: pairs(line) },
    properties: { mark: "arc", role },
  };
}

/** Ends, length and a sum of all coordinates: two borders of one draft never agree in all of them. */
function digest(line: Line): string {
  let sum = 0;
  for (let i = 0; i < line.length; i++) sum = (sum * 31 + Math.round(line[i]! * 1e9)) % 9_007_199_254;
  return `${line[0]} ${line[1]} ${line.at(-2)} ${line.at(-1)} ${line.length} ${sum}`;
}

function veilAround({ polygons }: DraftArea, number: number): DraftFeature {
  const world = [
    [-180, -85],
    [180, -85],
    [180, 85],
    [-180, 85],
    [-180, -85],
  ];
  const holes = polygons.map(([exterior]) => pairs(exterior!).reverse());
  return {
    key: `veil ${number}`,
    geometry: { type: "Polygon", coordinates: [world, ...holes] },
    properties: { mark: "veil" },
  };
}

export function geometryOf(polygons: MultiPolygon): GeoJsonGeometry {
  return { type: "MultiPolygon", coordinates: polygons.map((rings) => rings.map(pairs)) };
}

function pairs(line: Line): [number, number][] {
  const positions: [number, number][] = [];
  for (let i = 0; i < line.length; i += 2) positions.push([line[i]!, line[i + 1]!]);
  return positions;
}
