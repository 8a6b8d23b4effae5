import type { Draft, DraftArea } from "../../data/division/draft.ts";
import { type DraftOptions, openDraft } from "../../data/division/open_draft.ts";
import type { MultiPolygon, Ring } from "../../data/schema/geometry.ts";
import { seeded } from "../data/division/dissection.ts";
import { aPlanarDivision, type DivisionShape } from "./planar_division.ts";

/** An area of a draft; what is not said is that of a plain grid. */
export function aDraftArea(area: Partial<DraftArea> & { id: string; polygons: MultiPolygon }): DraftArea {
  return {
    parent_id: null,
    level: 2,
    code: null,
    name: `网格${area.id}`,
    short_name: area.id,
    kind: "basic",
    profile_id: null,
    child_profile_id: null,
    ...area,
  };
}

/** @throws Error if the areas have faults */
export function anOpenDraft(areas: readonly DraftArea[], options: DraftOptions): Draft {
  const draft = openDraft(areas, options);
  if ("faults" in draft)
    throw new Error(`the division has ${draft.faults.length} faults, ${draft.faults[0]?.kind} first`);
  return draft;
}

export interface DraftShape extends DivisionShape {
  /** One in so many areas is left out: its ground is uncovered. */
  uncovered?: number;
  /** One in so many vertices is known to one side of a straight border only, and drawn up to 0.4 mm beside it. */
  loose?: number;
  /** Whole network: no area above. */
  whole?: boolean;
}

/** The areas of a plan over one area (id 1), or of a whole network; lowest areas have ids from 100 and level 5. */
export function draftAreas(shape: DraftShape): DraftArea[] {
  const { areas, container } = aPlanarDivision(shape);
  const random = seeded(shape.seed + 1);
  const own = shape.whole ? [] : [aDraftArea({ id: "1", level: 1, code: "own", polygons: container })];
  const lowest = areas.flatMap(({ polygons }, i) => {
    if (shape.uncovered && Math.floor(random() * shape.uncovered) === 0 && i > 0) return [];
    const loosened = shape.loose
      ? polygons.map((polygon) => polygon.map((ring) => loosen(ring, shape.loose!, random)))
      : polygons;
    const parent_id = shape.whole ? null : "1";
    return [aDraftArea({ id: `${100 + i}`, parent_id, level: 5, code: `c${i}`, polygons: loosened })];
  });
  return [...own, ...lowest];
}

/** Puts vertices beside straight edges, moves some by less than 0.4 mm, turns the ring and starts elsewhere. */
function loosen(ring: Ring, oneIn: number, random: () => number): Ring {
  const snap = (degrees: number) => Math.round(degrees * 1e9) / 1e9;
  const off = () => (random() - 0.5) * 3.2e-9;
  const laid: [number, number][] = [];
  for (let i = 0; i + 3 < ring.length; i += 2) {
    const shaken = Math.floor(random() * oneIn) === 0;
    laid.push(shaken ? [snap(ring[i]! + off()), snap(ring[i + 1]! + off())] : [ring[i]!, ring[i + 1]!]);
    if (Math.floor(random() * oneIn) > 0) continue;
    const share = 0.2 + 0.6 * random();
    const [x, y] = [ring[i]! + share * (ring[i + 2]! - ring[i]!), ring[i + 1]! + share * (ring[i + 3]! - ring[i + 1]!)];
    laid.push([snap(x + off()), snap(y + off())]);
  }
  const start = Math.floor(random() * laid.length);
  const turned = [...laid.slice(start), ...laid.slice(0, start)];
  if (random() < 0.5) turned.reverse();
  return [...turned, turned[0]!].flat();
}
