import type { CheckFault, Mend } from "../../data/schema/check.ts";
import type { PlanOperation } from "../../data/schema/plan_operation.ts";
import { placeOfGeometry } from "./plan_places.ts";

/** What heals the fault in the suggested way; null where it is not healed by one operation. */
export function mendOperation({ kind, at, geometry }: CheckFault, { act, area }: Mend): PlanOperation | null {
  if (kind === "gap" && act === "give" && at) return { op: "take_uncovered", at, to: area.id };
  const place = placeOfGeometry(geometry);
  if (place.length === 0 || act === "cut_off") return null;
  return { op: "give", to: area.id, place, pieces: false };
}

/** The first way that can be done. */
export function firstMend(fault: CheckFault): PlanOperation | null {
  for (const mend of fault.mends) {
    const operation = mendOperation(fault, mend);
    if (operation) return operation;
  }
  return null;
}
