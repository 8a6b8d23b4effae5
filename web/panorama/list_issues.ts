import {
  type CheckFault,
  type CheckReport,
  type CheckWarning,
  type WarningKind,
  warningKinds,
} from "../../data/schema/check.ts";

/** Warnings of one kind, in the order of the report. */
export interface WarningGroup {
  kind: WarningKind;
  warnings: readonly CheckWarning[];
  /** All of the kind, also those that the list leaves out. */
  count: number;
  withoutReason: number;
}

/** Kinds in the order of the schema; those without a warning are left out. */
export function groupWarnings({ warnings, summary }: Pick<CheckReport, "warnings" | "summary">): WarningGroup[] {
  return warningKinds.flatMap((kind) => {
    const ofKind = warnings.filter((warning) => warning.kind === kind);
    if (ofKind.length === 0) return [];
    return [
      {
        kind,
        warnings: ofKind,
        count: Math.max(ofKind.length, summary.counts.warnings[kind] ?? 0),
        withoutReason: ofKind.filter(({ reason }) => reason === null).length,
      },
    ];
  });
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

/** What stands in the head: errors, warnings, notes. Counts are true even where lists are cut. */
export function countIssues(report: CheckReport): { faults: number; warnings: number; notes: number } {
  const far = report.hydrants && report.hydrants.far_count > 0 ? 1 : 0;
  return {
    faults: sum(report.summary.counts.faults),
    warnings: sum(report.summary.counts.warnings),
    notes: report.free_water.length + far,
  };
}

/** Keys in the order in which the list shows them. */
export function orderIssues(report: CheckReport): string[] {
  return [
    ...report.faults.map(({ key }) => key),
    ...groupWarnings(report).flatMap(({ warnings }) => warnings.map(({ key }) => key)),
    ...report.free_water.map(({ key }) => key),
  ];
}

export type FoundIssue =
  | { kind: "fault"; fault: CheckFault }
  | { kind: "warning"; warning: CheckWarning }
  | { kind: "note"; fault: CheckFault };

export function findIssue(report: CheckReport, key: string | null): FoundIssue | null {
  if (key === null) return null;
  const fault = report.faults.find((each) => each.key === key);
  if (fault) return { kind: "fault", fault };
  const warning = report.warnings.find((each) => each.key === key);
  if (warning) return { kind: "warning", warning };
  const water = report.free_water.find((each) => each.key === key);
  return water ? { kind: "note", fault: water } : null;
}
