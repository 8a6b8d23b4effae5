import { regionsOf } from "../../data/access/decide.ts";
import { type Action, actionPolicy } from "../../data/access/policy.ts";
import type { PlanSummary } from "../../data/schema/plan.ts";
import type { Reader } from "../access/reader.ts";
import type { PlanRow } from "./repository.ts";

export type May = PlanSummary["may"][number];
type PlanAction = Extract<Action, "edit_plans" | "approve_plans" | "read_plans" | "give_reasons">;

/**
 * Whether a role of the reader allows the action everywhere that the plan reaches: in its own area, or, of a whole
 * network, in every top. A network that has none yet is nobody's, so the role alone decides.
 */
export function reaches(
  action: PlanAction,
  { grants }: Pick<Reader, "grants">,
  plan: Pick<PlanRow, "around">,
): boolean {
  // a region of one organisation is no place to draw in: areas are held by nobody
  const regions = regionsOf(actionPolicy[action], grants).filter(({ organisation_id }) => organisation_id === null);
  const isIn = (granted: readonly string[]) =>
    regions.some(({ area_id }) => area_id === null || granted.includes(area_id));
  return regions.length > 0 && plan.around.every(isIn);
}

/** Who wrote in the plan or submitted it says nothing about whether it is right, where two persons are asked for. */
export function tookPart({ account }: Reader, plan: Pick<PlanRow, "writers" | "submitted_by">): boolean {
  return account !== null && (plan.writers.includes(account.id) || plan.submitted_by?.id === account.id);
}

const openStates: PlanRow["status"][] = ["draft", "submitted", "approved"];

/** What the reader may do with the plan as it is now. */
export function mayOf(reader: Reader, plan: PlanRow, twoPerson: boolean): May[] {
  const { status, is_retired, base_edition, current_edition } = plan;
  const edits = reaches("edit_plans", reader, plan);
  const approves = reaches("approve_plans", reader, plan);
  const decides = approves && !(twoPerson && tookPart(reader, plan));
  const isOpen = openStates.includes(status);
  const rules: Record<May, boolean> = {
    edit: edits && status === "draft" && !is_retired,
    submit: edits && status === "draft" && !is_retired,
    withdraw: edits && status === "submitted",
    approve: decides && status === "submitted" && !is_retired,
    reject: approves && (status === "submitted" || status === "approved"),
    publish: decides && status === "approved" && !is_retired,
    discard: edits && isOpen,
    rebase: edits && isOpen && !is_retired && base_edition !== current_edition,
    comment: isOpen,
  };
  return (Object.keys(rules) as May[]).filter((what) => rules[what]);
}
