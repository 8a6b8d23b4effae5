import { type BoxIndex, createBoxIndex } from "../../../data/coverage/box_index.ts";
import type { BorderArc, Draft, DraftArea } from "../../../data/division/draft.ts";
import { aroundLine, boxOf } from "../../../data/measure/box.ts";
import { poleOf } from "../../../data/measure/pole.ts";
import type { GeoJsonGeometry } from "../../../data/schema/check.ts";
import type { Bbox, Line, MultiPolygon } from "../../../data/schema/geometry.ts";
import type { DraftChange, DraftFeature } from "../../map/draft_source.ts";
import type { DraftFigures, Planner } from "../planner_types.ts";
import { DraftHues } from "./draft_hues.ts";
import type { FormerBorders } from "./former_borders.ts";
import { lowestAreas } from "./lowest_areas.ts";

/** What stands below the number of an area: 「418户 李建国」. */
export interface AreaWords {
  facts: string;
  /** Whether the count is outside the limits. */
  limit: "over" | "under" | "";
}
export type WordFacts = (area: DraftArea) => AreaWords;

interface Drawn {
  area: DraftArea;
  hue: number;
  /** All that the label says. */
  words: string;
  figures: DraftFigures | undefined;
  /** Of the area above: it sets limits. */
  limits: string | null;
}

/** Draws the draft as features, and after each change only those that are others: of 12,000 areas a handful. */
export class DraftDrawing {
  #draft: Draft | null = null;
  #version: number | null = null;
  readonly #hues = new DraftHues();
  readonly #areas = new Map<string, Drawn>();
  /** Borders by key; `role` as drawn. */
  readonly #arcs = new Map<string, { arc: BorderArc; role: string }>();
  readonly #keys = new Map<BorderArc, string>();
  #index: BoxIndex = createBoxIndex([]);
  #count = 0;
  #veil: MultiPolygon | null = null;
  #boxes: BoxIndex = createBoxIndex([]);
  #isFirst = false;
  /** Areas whose label steps aside for a card. */
  #quiet: ReadonlySet<string> = new Set();

  /** Borders whose box meets a box. */
  arcsNear(box: Bbox): BorderArc[] {
    return this.#index.near(box).map((key) => this.#arcs.get(key)!.arc);
  }

  /** Ids of lowest areas whose box meets a box. */
  areasNear(box: Bbox): string[] {
    return this.#boxes.near(box);
  }

  /** @param quiet - areas that are drawn without their label */
  draw(planner: Planner, former: FormerBorders, wordFacts: WordFacts, quiet: ReadonlySet<string>): DraftChange {
    const { draft, plan } = planner;
    const anew = draft !== this.#draft;
    if (anew) this.#forget(draft);
    const put: DraftFeature[] = [];
    const drop: string[] = [];
    const lowest = lowestAreas(draft);
    const recolour = this.#takeBorders(draft, drop);
    this.#isFirst = anew;
    if (anew) this.#boxes = createBoxIndex(lowest.map(({ id, polygons }) => [id, boxOf(polygons)] as const));
    for (const [id, { area }] of this.#areas) {
      if (draft.area(id) === area) continue;
      this.#recheckArcsOf(id);
      if (draft.area(id) && this.#isLowest(lowest, id)) continue;
      this.#areas.delete(id);
      this.#hues.forget(id);
      this.#boxes.set(id, null);
      drop.push(`face ${id}`, `label ${id}`);
    }
    const hues = this.#hues.update(lowest, recolour, (id) => planner.looks.get(id)?.hue ?? null);
    for (const area of lowest) this.#drawArea(area, hues.get(area.id) ?? 1, planner, wordFacts, quiet, put, drop);
    this.#quiet = quiet;
    this.#drawArcs(draft, former, put);
    const top = plan.area === null ? undefined : draft.area(plan.area.id);
    if (top && this.#veil !== top.polygons) put.push(veilAround(top));
    this.#veil = top?.polygons ?? null;
    return { anew, put, drop };
  }

  /** The edition of before is known better: borders may be others than was thought. */
  recheck(): void {
    for (const drawn of this.#arcs.values()) drawn.role = "";
  }

  #forget(draft: Draft): void {
    this.#draft = draft;
    this.#version = null;
    this.#veil = null;
    this.#areas.clear();
    this.#hues.clear();
  }

  #lowestSet: { of: readonly DraftArea[]; ids: Set<string> } | null = null;
  #isLowest(lowest: readonly DraftArea[], id: string): boolean {
    if (this.#lowestSet?.of !== lowest) this.#lowestSet = { of: lowest, ids: new Set(lowest.map((area) => area.id)) };
    return this.#lowestSet.ids.has(id);
  }

  /** @returns areas beside borders that came */
  #takeBorders(draft: Draft, drop: string[]): Set<string> {
    const { version, anew, come, gone } = draft.bordersSince(this.#version);
    this.#version = version;
    if (anew) {
      drop.push(...this.#arcs.keys());
      this.#arcs.clear();
      this.#keys.clear();
      this.#hues.clearBorders();
    }
    for (const arc of gone) {
      const key = this.#keys.get(arc);
      if (key === undefined) continue;
      this.#keys.delete(arc);
      this.#arcs.delete(key);
      this.#index.set(key, null);
      this.#hues.dropBorder(arc);
      drop.push(key);
    }
    const entries: [string, Bbox][] = [];
    for (const arc of come) {
      const key = `arc ${++this.#count}`;
      this.#keys.set(arc, key);
      this.#arcs.set(key, { arc, role: "" });
      this.#hues.addBorder(arc);
      entries.push([key, aroundLine(arc.line)]);
    }
    if (anew) this.#index = createBoxIndex(entries);
    else for (const [key, box] of entries) this.#index.set(key, box);
    return new Set(come.flatMap(({ left, right }) => [left ?? "", right ?? ""]));
  }

  /** An area that changed may have another one above: what its borders separate is another thing. */
  #recheckArcsOf(id: string): void {
    const beside = this.#hues.bordersOf(id);
    for (const arc of beside) {
      const drawn = this.#arcs.get(this.#keys.get(arc) ?? "");
      if (drawn) drawn.role = "";
    }
  }

  #drawArea(
    area: DraftArea,
    hue: number,
    { draft, figures }: Planner,
    wordFacts: WordFacts,
    quiet: ReadonlySet<string>,
    put: DraftFeature[],
    drop: string[],
  ): void {
    const { id, polygons } = area;
    const before = this.#areas.get(id);
    const counted = figures.get(id);
    const limits = draft.area(area.parent_id ?? "")?.child_profile_id ?? null;
    const wasQuiet = this.#quiet.has(id);
    if (before?.area === area && before.hue === hue && before.figures === counted && before.limits === limits) {
      if (wasQuiet === quiet.has(id)) return;
    }
    if (before?.area.polygons !== polygons || before.hue !== hue) put.push(faceFeature(area, hue));
    if (before?.area.polygons !== polygons && !this.#isFirst) this.#boxes.set(id, boxOf(polygons));
    const { facts, limit } = wordFacts(area);
    const words = `${numberOf(area)} ${limit} ${facts}`;
    this.#areas.set(id, { area, hue, words, figures: counted, limits });
    if (quiet.has(id)) drop.push(`label ${id}`);
    else if (wasQuiet || before?.words !== words || before.area.polygons !== polygons)
      put.push(labelFeature(area, facts, limit, counted?.area_m2 ?? 0));
  }

  #drawArcs(draft: Draft, former: FormerBorders, put: DraftFeature[]): void {
    for (const [key, drawn] of this.#arcs) {
      if (drawn.role !== "") continue;
      const role = roleOf(drawn.arc, draft, former);
      drawn.role = role;
      put.push({
        key,
        geometry: { type: "LineString", coordinates: pairs(drawn.arc.line) },
        properties: { mark: "arc", role },
      });
    }
  }

  /** Everything is said anew: other words, another language. */
  reword(): void {
    for (const drawn of this.#areas.values()) drawn.figures = undefined;
  }
}

function roleOf(arc: BorderArc, draft: Draft, former: FormerBorders): "own" | "upper" | "kept" | "changed" {
  if (!arc.movable) return "own";
  const [left, right] = [arc.left, arc.right].map((id) => (id === null ? undefined : draft.area(id)));
  const isWhereItWas = [left, right].every((area) => area !== undefined && former.isUntouched(area));
  if (!isWhereItWas && !former.isFormer(arc)) return "changed";
  return (left?.parent_id ?? null) === (right?.parent_id ?? null) ? "kept" : "upper";
}

function faceFeature({ id, polygons }: DraftArea, hue: number): DraftFeature {
  return { key: `face ${id}`, geometry: geometryOf(polygons), properties: { mark: "face", area: id, hue } };
}

const poles = new WeakMap<MultiPolygon, [number, number]>();

/** Where the name of an area stands: as far from its borders as can be. */
export function labelPlace({ polygons }: DraftArea): [number, number] {
  const known = poles.get(polygons) ?? poleOf(polygons);
  poles.set(polygons, known);
  return known;
}

function labelFeature(area: DraftArea, facts: string, limit: AreaWords["limit"], size: number): DraftFeature {
  return {
    key: `label ${area.id}`,
    geometry: { type: "Point", coordinates: [...labelPlace(area)] },
    properties: { mark: "label", area: area.id, number: numberOf(area), facts, limit, size },
  };
}

function numberOf({ short_name }: DraftArea): string {
  return /\d+$/.exec(short_name)?.[0] ?? short_name;
}

function veilAround({ polygons }: DraftArea): DraftFeature {
  const world = [
    [-180, -85],
    [180, -85],
    [180, 85],
    [-180, 85],
    [-180, -85],
  ];
  const holes = polygons.map(([exterior]) => pairs(exterior!).reverse());
  return {
    key: "veil",
    geometry: { type: "Polygon", coordinates: [world, ...holes] },
    properties: { mark: "veil" },
  };
}

export function geometryOf(polygons: MultiPolygon): GeoJsonGeometry {
  return { type: "MultiPolygon", coordinates: polygons.map((rings) => rings.map(pairs)) };
}

export function pairs(line: Line): [number, number][] {
  const positions: [number, number][] = [];
  for (let i = 0; i < line.length; i += 2) positions.push([line[i]!, line[i + 1]!]);
  return positions;
}
