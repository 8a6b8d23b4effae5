import type { DraftArea } from "../../data/division/draft.ts";
import type { DraftFigures } from "./planner_types.ts";
import { sideOf } from "./profile_of.ts";

export const orders = ["name", "limits", "households", "people", "area_m2"] as const;

export interface Order {
  by: (typeof orders)[number];
  /** Largest first. */
  down: boolean;
}

export interface GridFacts {
  area: DraftArea;
  figures: DraftFigures;
  limits: [number | null, number | null];
}

/** How far a grid is outside its limits, as a share of the limit that it breaks; 0 within. */
function excessOf({ figures: { households }, limits }: GridFacts): number {
  const side = sideOf(households, limits);
  if (!side) return 0;
  const limit = (side > 0 ? limits[1] : limits[0]) ?? 1;
  return Math.abs(households - limit) / Math.max(1, limit);
}

/** The list in another order; of equals the name decides. */
export function sortGrids<Row extends GridFacts>(rows: readonly Row[], { by, down }: Order): Row[] {
  const byName = (a: Row, b: Row) => a.area.short_name.localeCompare(b.area.short_name, "zh-CN", { numeric: true });
  const value = (row: Row) => (by === "limits" ? excessOf(row) : by === "name" ? 0 : row.figures[by]);
  const turn = down ? -1 : 1;
  return rows.toSorted((a, b) => turn * (by === "name" ? byName(a, b) : value(a) - value(b)) || byName(a, b));
}
