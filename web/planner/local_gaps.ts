import type { Draft } from "../../data/division/draft.ts";
import { boxOf } from "../../data/measure/box.ts";
import { lengthOf } from "../../data/measure/distance.ts";
import type { AreaRef } from "../../data/schema/area.ts";
import type { CheckFault, Mend } from "../../data/schema/check.ts";
import type { MultiPolygon, Position } from "../../data/schema/geometry.ts";
import type { PlanSummary } from "../../data/schema/plan.ts";

/**
 * Faults of the draft as far as it knows itself: the uncovered ground of now. What the server said of a gap that is
 * still the same stays, with its mends; other faults wait for the server's word.
 */
export function gapsOf(
  draft: Draft,
  known: readonly CheckFault[],
  plan: Pick<PlanSummary, "network" | "area">,
): CheckFault[] {
  const former = known.filter(({ kind }) => kind === "gap");
  const gaps = draft.uncovered().map(({ parent_id, polygons, at, area_m2 }): CheckFault => {
    const same = former.find((fault) => Math.abs(fault.area_m2 - area_m2) < 0.01 && near(fault.at, at));
    if (same) return same;
    return {
      ...{ key: `gap:${at.join(",")}`, kind: "gap", area_m2, length_m: null, areas: [], at, reason: null, thing: null },
      parent: parent_id === null ? null : refOf(draft, parent_id, plan),
      geometry: geometryOf(polygons),
      ...{ inside: null, mends: mendsOf(draft, polygons, plan) },
    };
  });
  return [...gaps, ...known.filter(({ kind }) => kind !== "gap")];
}

/** The neighbour with the longest common border first: it may take the gap. */
function mendsOf(draft: Draft, polygons: MultiPolygon, plan: Pick<PlanSummary, "network" | "area">): Mend[] {
  const corners = new Set<string>();
  for (const ring of polygons.flat()) {
    for (let i = 0; i < ring.length; i += 2) corners.add(`${ring[i]} ${ring[i + 1]}`);
  }
  const metres = new Map<string, number>();
  for (const { left, right, line } of draft.arcsIn(...boxOf(polygons))) {
    const beside = left === null ? right : right === null ? left : null;
    const isOfGap = corners.has(`${line[0]} ${line[1]}`) && corners.has(`${line[2]} ${line[3]}`);
    if (beside !== null && isOfGap) metres.set(beside, (metres.get(beside) ?? 0) + lengthOf(line));
  }
  return [...metres]
    .sort((a, b) => b[1] - a[1])
    .flatMap(([id, border_m]) => {
      const area = refOf(draft, id, plan);
      return area ? [{ act: "give" as const, area, border_m, changes: [] }] : [];
    });
}

function near(a: Position | null, b: Position): boolean {
  return a !== null && Math.abs(a[0] - b[0]) < 1e-7 && Math.abs(a[1] - b[1]) < 1e-7;
}

function refOf(draft: Draft, id: string, { network, area }: Pick<PlanSummary, "network" | "area">): AreaRef | null {
  if (area?.id === id) return area;
  const found = draft.area(id);
  if (!found) return null;
  const { name, short_name, level, code } = found;
  return { id, network, code: code ?? "", name, short_name, level, role: "grid" };
}

function geometryOf(polygons: MultiPolygon): CheckFault["geometry"] {
  const coordinates = polygons.map((polygon) =>
    polygon.map((ring) => {
      const positions: Position[] = [];
      for (let i = 0; i < ring.length; i += 2) positions.push([ring[i]!, ring[i + 1]!]);
      return positions;
    }),
  );
  return { type: "MultiPolygon", coordinates };
}
