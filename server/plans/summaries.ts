import type { Bbox } from "../../data/schema/geometry.ts";
import type { PlanLogEntry, PlanSummary } from "../../data/schema/plan.ts";
import type { Reader } from "../access/reader.ts";
import { mayOf } from "./access.ts";
import type { OperationRow } from "./operation_repository.ts";
import type { PlanRow } from "./repository.ts";

export function summaryOf(plan: PlanRow, reader: Reader, twoPerson: boolean): PlanSummary {
  const { id, name, network, network_name, area, base_edition, current_edition, status, revision } = plan;
  const { author, submitted_by, approved_by, reason, from_day, edition, can_undo, can_redo } = plan;
  const { west, south, east, north } = plan;
  const bbox: Bbox | null = west === null ? null : [west, south!, east!, north!];
  return {
    ...{ id, name, network, network_name, area, base_edition, current_edition, status, revision },
    ...{ author, submitted_by, approved_by, reason, from_day, edition, can_undo, can_redo, bbox },
    made_at: plan.made_at.toISOString(),
    changed_at: plan.changed_at.toISOString(),
    may: mayOf(reader, plan, twoPerson),
  };
}

export function logEntry(row: OperationRow): PlanLogEntry {
  const { seq, revision, state, operation, changed, by, at } = row;
  return {
    ...{ seq, revision, state, operation, changed, by },
    at: at.toISOString(),
    state_since: { revision: row.state_revision, by: row.state_by, at: row.state_at.toISOString() },
  };
}
