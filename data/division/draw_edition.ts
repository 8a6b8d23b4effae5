import { poleOf } from "../measure/pole.ts";
import { areaOf } from "../measure/area.ts";
import type { MultiPolygon, Position } from "../schema/geometry.ts";
import { type HuedArea, hueAreas } from "./edition_hues.ts";
import { type LineagePart, traceLineage } from "./lineage.ts";
import { findMovedGround, type MovedGround } from "./moved_ground.ts";
import { giveCodes } from "./next_codes.ts";

/** An area as it holds in one edition. */
export interface EditionArea {
  /** Of the published area, or that of the draft. */
  id: string;
  parent_id: string | null;
  /** Ordinal; 1 is the top. */
  level: number;
  /** Null: to be given. */
  code: string | null;
  kind: "basic" | "special";
  polygons: MultiPolygon;
  /** Nothing is below it in this edition. */
  lowest: boolean;
}

/** A division before and after, as far as it changed; areas that are alike in both may be left out of both. */
export interface TwoEditions {
  before: readonly EditionArea[];
  after: readonly EditionArea[];
  /** Special areas lie over the others and are compared among themselves. */
  special_over: boolean;
}

export interface EditionInput extends TwoEditions {
  /** Areas that stay as they are, of the levels that change and near what does, with their hues. */
  beside: readonly HuedArea[];
  /** Former hue of the areas before. */
  hues: ReadonlyMap<string, number>;
  /** How codes are made, by level. */
  code_patterns: ReadonlyMap<number, string>;
  /** Codes that the network ever gave out, of whatever area. */
  taken_codes: ReadonlySet<string>;
  /** Codes of areas that are not in `after` but are parents there. */
  parent_codes: ReadonlyMap<string, string>;
  /** Areas of `after` that are new to the network and want a code of their own. */
  fresh: ReadonlySet<string>;
}

/** Ground that changed hands between areas of a level; 0: only between lowest areas, or those of several levels. */
export interface LevelGround extends MovedGround {
  level: number;
  lowest: boolean;
}

/** What is known of the new edition once it is worked out; what is written is made of it. */
export interface DrawnEdition {
  /** Of each area after: where its label stands, its surface, its hue. */
  facts: Map<string, { at: Position; area_m2: number; hue: number }>;
  /** Areas that stay as they are but for their hue; while there are any, all areas of the level are wanted beside. */
  recoloured: Map<string, number>;
  /** Codes for fresh areas without one. */
  codes: Map<string, string>;
  /** Borders of areas whose ground changed, each once. */
  borders: { a: string; b: string; border_m: number }[];
  /** Ids of areas whose ground is another, new and former ones among them. */
  reshaped: Set<string>;
  lineage: (LineagePart & { level: number })[];
  /** By level, and of the lowest areas. */
  moved: LevelGround[];
}

export type Drawing =
  | { ok: true; edition: DrawnEdition }
  /** A level below a parent has no codes left. */
  | { ok: false; why: "no_codes"; parent_id: string | null; level: number };

/** Works out what follows from the shapes of a new edition. The same input gives the same edition. */
export function drawEdition(input: EditionInput): Drawing {
  const { before, after } = input;
  const facts = new Map(
    after.map(({ id, polygons }) => [id, { at: poleOf(polygons), area_m2: areaOf(polygons), hue: 0 }]),
  );
  const reshaped = findReshaped(before, after);
  const codes = codesOf(input, facts);
  if (!codes.ok) return { ok: false, why: "no_codes", ...codes.where };
  const codeOf = (area: EditionArea) => codes.codes.get(area.id) ?? area.code ?? "";
  const coloured = hueAreas({
    areas: after.map((area) => ({ ...area, code: codeOf(area), hue: input.hues.get(area.id) ?? null })),
    reshaped,
    beside: input.beside,
  });
  for (const [id, hue] of coloured.hues) {
    const fact = facts.get(id);
    if (fact) fact.hue = hue;
  }
  return {
    ok: true,
    edition: {
      facts,
      recoloured: coloured.recoloured,
      codes: codes.codes,
      borders: coloured.borders,
      reshaped,
      ...compareEditions(input),
    },
  };
}

/** Ground that changed hands, level by level and among the lowest areas; and where every area comes from. */
export function compareEditions({ before, after, special_over }: TwoEditions): Pick<DrawnEdition, "lineage" | "moved"> {
  const isOver = new Map([...before, ...after].map(({ id, kind }) => [id, special_over && kind === "special"]));
  const found: Pick<DrawnEdition, "lineage" | "moved"> = { lineage: [], moved: [] };
  for (const over of special_over ? [false, true] : [false]) {
    const here = ({ id }: EditionArea) => isOver.get(id) === over;
    compareCoverages(before.filter(here), after.filter(here), found);
  }
  return found;
}

function compareCoverages(
  before: readonly EditionArea[],
  after: readonly EditionArea[],
  found: Pick<DrawnEdition, "lineage" | "moved">,
): void {
  // an area that changed its level is compared where it is now
  const levelOf = new Map([...before, ...after].map(({ id, level }) => [id, level]));
  const lowest: LevelGround[] = [];
  for (const level of [...new Set(levelOf.values())].sort((a, b) => a - b)) {
    const here = ({ id }: EditionArea) => levelOf.get(id) === level;
    const [olds, news] = [before.filter(here), after.filter(here)];
    const ground = findMovedGround(olds, news);
    for (const part of traceLineage(olds.map(measured), news.map(measured), ground))
      found.lineage.push({ ...part, level });
    const low = [olds.filter(isLowest), news.filter(isLowest)] as const;
    const areAllLowest = low[0].length === olds.length && low[1].length === news.length;
    if (areAllLowest) for (const one of ground) lowest.push({ ...one, level, lowest: true });
    else {
      for (const one of ground) found.moved.push({ ...one, level, lowest: false });
      for (const one of findMovedGround(...low)) lowest.push({ ...one, level: 0, lowest: true });
    }
  }
  // what came from nowhere or went there may have gone to, or come from, a lowest area of another level
  const isOpen = lowest.some(({ from, to }) => from === null || to === null);
  const levels = new Set([...before, ...after].filter(isLowest).map(({ id }) => levelOf.get(id)));
  if (!isOpen || levels.size < 2) {
    for (const one of lowest) found.moved.push(one);
    return;
  }
  for (const one of lowest) if (one.level > 0) found.moved.push({ ...one, lowest: false });
  for (const one of findMovedGround(before.filter(isLowest), after.filter(isLowest))) {
    found.moved.push({ ...one, level: 0, lowest: true });
  }
}

function isLowest({ lowest }: EditionArea): boolean {
  return lowest;
}

function measured({ id, polygons }: EditionArea) {
  return { id, area_m2: areaOf(polygons) };
}

function findReshaped(before: readonly EditionArea[], after: readonly EditionArea[]): Set<string> {
  const olds = new Map(before.map((area) => [area.id, area]));
  const reshaped = new Set<string>();
  for (const { id, polygons } of after) {
    const old = olds.get(id);
    olds.delete(id);
    if (!old || !isSameGround(old.polygons, polygons)) reshaped.add(id);
  }
  for (const id of olds.keys()) reshaped.add(id);
  return reshaped;
}

/** Position by position: a ring that begins elsewhere counts as another one, which costs a row and nothing else. */
export function isSameGround(one: MultiPolygon, other: MultiPolygon): boolean {
  if (one.length !== other.length) return false;
  return one.every((polygon, i) => {
    const rings = other[i]!;
    if (polygon.length !== rings.length) return false;
    return polygon.every(
      (ring, j) => ring.length === rings[j]!.length && ring.every((value, k) => value === rings[j]![k]),
    );
  });
}

type Codes =
  | { ok: true; codes: Map<string, string> }
  | { ok: false; where: { parent_id: string | null; level: number } };

/** From the top down, since a code begins with the parent's. */
function codesOf(input: EditionInput, facts: DrawnEdition["facts"]): Codes {
  const { after, fresh, code_patterns, taken_codes, parent_codes } = input;
  const given = new Map(parent_codes);
  const taken = new Set(taken_codes);
  for (const { id, code } of after) {
    if (code === null) continue;
    given.set(id, code);
    taken.add(code);
  }
  const groups = new Map<string, EditionArea[]>();
  for (const area of after) {
    if (area.code !== null || !fresh.has(area.id)) continue;
    const key = `${area.level} ${area.parent_id ?? ""}`;
    groups.set(key, [...(groups.get(key) ?? []), area]);
  }
  const codes = new Map<string, string>();
  for (const areas of [...groups.values()].sort((a, b) => a[0]!.level - b[0]!.level)) {
    const { parent_id, level } = areas[0]!;
    const found = giveCodes(
      areas.map(({ id, polygons }) => ({ id, at: facts.get(id)!.at, height: heightOf(polygons) })),
      {
        pattern: code_patterns.get(level)!,
        parent_code: parent_id === null ? "" : given.get(parent_id)!,
        taken,
      },
    );
    if (!found) return { ok: false, where: { parent_id, level } };
    for (const [id, code] of found) {
      codes.set(id, code);
      given.set(id, code);
      taken.add(code);
    }
  }
  return { ok: true, codes };
}

function heightOf(polygons: MultiPolygon): number {
  let [south, north] = [Infinity, -Infinity];
  for (const [exterior] of polygons) {
    for (let i = 1; i < exterior!.length; i += 2) {
      south = Math.min(south, exterior![i]!);
      north = Math.max(north, exterior![i]!);
    }
  }
  return north - south;
}
