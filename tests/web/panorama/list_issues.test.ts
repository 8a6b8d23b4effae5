import { expect, test } from "vitest";
import { countIssues, findIssue, groupWarnings, orderIssues } from "../../../web/panorama/list_issues.ts";
import { aFault, aReport, aWarning } from "../../support/a_check_report.ts";

const cut = aWarning({ key: "cut:1", kind: "cut_building", figures: [] });
const reason = { id: "1", text: "有理由", by: "李文博", at: "2026-11-24T08:00:00Z" };
const base = aReport();
const report = aReport({
  summary: {
    ...base.summary,
    counts: { faults: { gap: 3000 }, warnings: { population: 2, cut_building: 1 }, without_reason: 2 },
  },
  faults: [aFault({ key: "gap-1" }), aFault({ key: "gap-2" })],
  warnings: [cut, aWarning({ key: "p:1" }), aWarning({ key: "p:2", reason })],
  free_water: [aFault({ key: "water-1" })],
});

test("faults come first, then warnings by kind, then notes: next and previous walk the list as it is seen", () => {
  expect(orderIssues(report)).toEqual(["gap-1", "gap-2", "p:1", "p:2", "cut:1", "water-1"]);
});

test("counts are those of the summary, also where the list is cut", () => {
  expect(countIssues(report)).toEqual({ faults: 3000, warnings: 3, notes: 1 });
});

test("a group says how many of it have no reason yet", () => {
  expect(groupWarnings(report).map(({ kind, count, withoutReason }) => [kind, count, withoutReason])).toEqual([
    ["population", 2, 1],
    ["cut_building", 1, 1],
  ]);
});

test("a key is found whatever it is of, and one that is gone is none", () => {
  expect(findIssue(report, "gap-2")?.kind).toBe("fault");
  expect(findIssue(report, "p:2")?.kind).toBe("warning");
  expect(findIssue(report, "water-1")?.kind).toBe("note");
  expect(findIssue(report, "gap-9")).toBeNull();
  expect(findIssue(report, null)).toBeNull();
});
