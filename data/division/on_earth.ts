import type { Position } from "../schema/geometry.ts";
import type { PlanOperation } from "../schema/plan_operation.ts";

/** Whether every position of an operation is a longitude and a latitude; what is none has no place to be shown. */
export function isOnEarth(operation: PlanOperation): boolean {
  return positionsOf(operation).every(([lon, lat]) => Math.abs(lon) <= 180 && Math.abs(lat) <= 90);
}

function positionsOf(operation: PlanOperation): readonly Position[] {
  switch (operation.op) {
    case "move_vertex":
      return [operation.from, operation.to];
    case "add_vertex":
      return [...operation.between, operation.at];
    case "delete_vertex":
    case "take_uncovered":
      return [operation.at];
    case "reshape":
      return operation.path;
    case "split":
      return operation.by.kind === "line" ? operation.by.line : operation.by.place.flat(2);
    case "give":
    case "add_area":
    case "create_special":
      return operation.place.flat(2);
    case "merge":
    case "remove_special":
    case "group":
    case "set_attributes":
      return [];
  }
}
