import type { Draft, DraftArea } from "../../data/division/draft.ts";
import type { MultiPolygon, Position } from "../../data/schema/geometry.ts";
import type { PlanOperation } from "../../data/schema/plan_operation.ts";
import type { WaitingStep } from "./waiting_steps.ts";

/**
 * Operations that make the draft what a stuck step had made of it, whatever a colleague did meanwhile: the ground that
 * its areas had then is given to them; what it made anew is cut out. Attributes are written again.
 *
 * @returns empty where an area that it was about is no more
 */
export function keepMine(draft: Draft, { operation, mine }: Pick<WaitingStep, "operation" | "mine">): PlanOperation[] {
  if (!operation) return [];
  if (operation.op === "set_attributes") return draft.area(operation.area) ? [operation] : [];
  const parents = new Set(draft.areas().map(({ parent_id }) => parent_id));
  const lowest = mine.filter(({ id }) => !parents.has(id));
  const [old, made] = [lowest.filter(({ id }) => draft.area(id)), lowest.filter(({ id }) => !draft.area(id))];
  if (old.length === 0 || made.length > 1) return [];
  const given = old.map(
    (area): PlanOperation => ({
      ...{ op: "give", to: area.id, pieces: true },
      place: placeOf(area.polygons),
    }),
  );
  const [fresh] = made;
  if (!fresh) return given;
  if (operation.op !== "split" || !draft.area(operation.area)) return [];
  const { name, short_name, code } = operation;
  const whole = { ...old.find(({ id }) => id === operation.area) } as DraftArea;
  const ground = [...(whole.polygons ?? []), ...fresh.polygons];
  return [
    { op: "give", to: operation.area, place: placeOf(ground), pieces: true },
    {
      op: "split",
      area: operation.area,
      by: { kind: "polygon", place: placeOf(fresh.polygons) },
      name,
      short_name,
      code,
    },
  ];
}

function placeOf(polygons: MultiPolygon): Position[][][] {
  return polygons.map((polygon) =>
    polygon.map((ring) => {
      const positions: Position[] = [];
      for (let i = 0; i < ring.length; i += 2) positions.push([ring[i]!, ring[i + 1]!]);
      return positions;
    }),
  );
}
