import { coverOf } from "../coverage/judge.ts";
import type { MultiPolygon } from "../schema/geometry.ts";
import type { CheckedArea, Division } from "./division.ts";

/** Who must cover whom. */
export interface AreaTree {
  areas: readonly CheckedArea[];
  byId: ReadonlyMap<string, CheckedArea>;
  /** Areas that the division as a whole consists of: its top, or all without a parent in it. */
  roots: readonly CheckedArea[];
  /** Children that together must cover the area (null: of a whole network, which has no outline). */
  piecesOf(id: string | null): readonly CheckedArea[];
  /** Children that lie over those: special areas where the rules say `over`. */
  overOf(id: string | null): readonly CheckedArea[];
  /** Pieces that no others divide: they cover the ground once. In the order of the areas. */
  lowest: readonly CheckedArea[];
  /** Parent in this division. */
  parentOf(area: CheckedArea): CheckedArea | null;
}

/**
 * Sorts the areas of a division. With `over`, special areas of a basic parent lie over its pieces; a special parent
 * (an enterprise zone) has pieces of its own, special as they are.
 */
export function growAreaTree({ areas, top_id, rules }: Pick<Division, "areas" | "top_id" | "rules">): AreaTree {
  const byId = new Map(areas.map((area) => [area.id, area]));
  const parentOf = ({ id, parent_id }: CheckedArea) =>
    id === top_id || parent_id === null ? null : (byId.get(parent_id) ?? null);
  const pieces = new Map<string | null, CheckedArea[]>();
  const over = new Map<string | null, CheckedArea[]>();
  for (const area of areas) {
    const parent = parentOf(area);
    const liesOver = rules.special_areas === "over" && area.kind === "special" && parent?.kind !== "special";
    const lists = liesOver && area.id !== top_id ? over : pieces;
    const key = parent?.id ?? null;
    const list = lists.get(key);
    if (list) list.push(area);
    else lists.set(key, [area]);
  }
  const piecesOf = (id: string | null) => pieces.get(id) ?? [];
  const roots = piecesOf(null);
  const covering = new Set<CheckedArea>(roots);
  // parents come before their children
  for (const area of covering) for (const piece of piecesOf(area.id)) covering.add(piece);
  return {
    areas,
    byId,
    roots,
    piecesOf,
    overOf: (id) => over.get(id) ?? [],
    lowest: areas.filter((area) => covering.has(area) && piecesOf(area.id).length === 0),
    parentOf,
  };
}

/** What an area covers: of an invalid one what its rings hold by the even–odd rule, as the coverage check takes it. */
export function surfaceOf({ id, polygons }: CheckedArea): MultiPolygon {
  return coverOf({ id, polygons }).polygons;
}
