import { colourAreas } from "../cartography/colouring.ts";
import type { MultiPolygon } from "../schema/geometry.ts";
import { buildArcs } from "./arcs.ts";
import { findNeighbours } from "./neighbours.ts";

export interface HuedArea {
  id: string;
  level: number;
  code: string;
  polygons: MultiPolygon;
  hue: number;
}

export interface HuesAsked {
  /** Areas of the new edition that changed in any way; `hue` is the former one. */
  areas: readonly (Omit<HuedArea, "hue"> & { hue: number | null })[];
  /** Those whose ground changed. */
  reshaped: ReadonlySet<string>;
  /** Areas that stay as they are, all that touch a changed one among them. */
  beside: readonly HuedArea[];
}

export interface HuesGiven {
  hues: Map<string, number>;
  /** Of the areas beside those that had to take another hue; none where it can be helped. */
  recoloured: Map<string, number>;
  /** Borders with an area whose ground changed, of each level by itself. */
  borders: { a: string; b: string; border_m: number }[];
}

/**
 * Hues of a new edition, level by level: who keeps their ground keeps their hue, and so does whoever can.
 *
 * Areas beside are fixed first: a changed one that would show the hue of such a neighbour is coloured anew. Should that
 * leave no way, the neighbours of the changed areas are set free, too; then all areas of the level are needed beside, for
 * others must not clash with those.
 */
export function hueAreas({ areas, reshaped, beside }: HuesAsked): HuesGiven {
  const given: HuesGiven = { hues: new Map(), recoloured: new Map(), borders: [] };
  for (const level of new Set(areas.map((area) => area.level))) {
    const here = <T extends { level: number }>(some: readonly T[]) => some.filter((area) => area.level === level);
    hueLevel(here(areas), here(beside), reshaped, given);
  }
  return given;
}

function hueLevel(
  areas: HuesAsked["areas"],
  beside: readonly HuedArea[],
  reshaped: ReadonlySet<string>,
  given: HuesGiven,
): void {
  const all = [...areas, ...beside].sort((a, b) => (a.code < b.code ? -1 : 1));
  // the kernel numbers faces from 1
  const numbers = new Map(all.map(({ id }, i) => [id, i + 1]));
  const ground = areas.some(({ id }) => reshaped.has(id));
  const arcs = ground ? buildArcs(all.map(({ id, polygons }) => ({ id: numbers.get(id)!, polygons }))) : [];
  const pairs = findNeighbours(arcs);
  for (const { a, b, border_m } of pairs) {
    const [one, other] = [all[a - 1]!.id, all[b - 1]!.id];
    if (reshaped.has(one) || reshaped.has(other)) given.borders.push({ a: one, b: other, border_m });
  }
  const fixed = new Map(beside.map(({ id, hue }) => [numbers.get(id)!, hue]));
  const former = new Map(fixed);
  for (const { id, hue } of areas) if (hue !== null) former.set(numbers.get(id)!, hue);
  for (const { a, b } of pairs) {
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      if (fixed.has(other) && !fixed.has(one) && former.get(one) === fixed.get(other)) former.delete(one);
    }
  }
  const ids = all.map((_, i) => i + 1);
  let hues = colourAreas(ids, pairs, former);
  const isDisturbed = () => [...fixed].some(([number, hue]) => hues.get(number) !== hue);
  if (isDisturbed()) {
    for (const { a, b } of pairs) {
      if (fixed.has(a) !== fixed.has(b)) former.delete(fixed.has(a) ? a : b);
    }
    hues = colourAreas(ids, pairs, former);
  }
  for (const [number, hue] of hues) {
    const { id } = all[number - 1]!;
    given.hues.set(id, hue);
    if (fixed.has(number) && fixed.get(number) !== hue) given.recoloured.set(id, hue);
  }
}
