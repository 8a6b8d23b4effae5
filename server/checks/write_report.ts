import type { CheckReport } from "../../data/schema/check.ts";
import { reasonFinder } from "./answer_reasons.ts";
import type { CheckedDivision } from "./check_protocol.ts";
import type { SubjectFacts } from "./division_repository.ts";
import type { ReasonRow } from "./reason_repository.ts";

export interface Judged {
  network: string;
  facts: Pick<SubjectFacts, "network_name" | "edition" | "rules" | "above">;
  checked: CheckedDivision;
  at: Date;
  /** Of Grid Atlas. */
  version: string;
}

/** What the door answers: the findings with the reasons that were given for the warnings. */
export function writeReport(
  { network, facts, checked, at, version }: Judged,
  reasons: readonly ReasonRow[],
): CheckReport {
  const { area, inputs, container_m2, covered_m2, valid, index, warnings, faults, free_water, measures, hydrants } =
    checked;
  const { network_name, edition, rules, above } = facts;
  const findReason = reasonFinder(reasons, checked, above);
  const counts: Record<string, number> = {};
  let withoutReason = 0;
  for (const warning of index) {
    counts[warning.kind] = (counts[warning.kind] ?? 0) + 1;
    if (!findReason(warning)) withoutReason++;
  }
  return {
    summary: {
      ...{ network, network_name, area, edition, version, rules, inputs, container_m2, covered_m2, valid },
      checked_at: at.toISOString(),
      counts: { faults: checked.fault_counts, warnings: counts, without_reason: withoutReason },
    },
    faults,
    // the list is the head of the index
    warnings: warnings.map((warning, i) => ({ ...warning, reason: findReason(index[i]!) })),
    ...{ free_water, measures, hydrants },
  };
}
