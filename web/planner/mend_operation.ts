import type { CheckFault, Mend } from "../../data/schema/check.ts";
import type { PlanOperation } from "../../data/schema/plan_operation.ts";
import { placeOfGeometry } from "./plan_places.ts";
import type { PlannerActions } from "./planner_types.ts";

/** What heals the fault in the suggested way; null where it is not healed by one operation. */
export function mendOperation({ kind, at, geometry }: CheckFault, { act, area }: Mend): PlanOperation | null {
  if (kind === "gap" && act === "give" && at) return { op: "take_uncovered", at, to: area.id };
  const place = placeOfGeometry(geometry);
  if (place.length === 0 || act === "cut_off") return null;
  return { op: "give", to: area.id, place, pieces: false };
}

/** Shows the first way that the draft allows; where none is, the refusal of the last says why. @returns whether one was shown */
export function proposeMend(fault: CheckFault, propose: PlannerActions["propose"]): boolean {
  return fault.mends.some((mend) => {
    const operation = mendOperation(fault, mend);
    return operation !== null && propose(operation) !== null;
  });
}
