import { expect, test } from "vitest";
import { say } from "../../../data/vocabulary/language.ts";
import { classifyNesting, crosswalkCsv, isNested, sortRows } from "../../../web/panorama/crosswalk_rows.ts";
import type { Speak } from "../../../web/ui/use_words.ts";
import { aCrosswalkRow, aGrid } from "../../support/a_check_report.ts";

const speak: Speak = (wording, values) => say(wording, "zh-CN", values);
const rows = [
  aCrosswalkRow("01", 1),
  aCrosswalkRow("02", 0.6, 0.4),
  aCrosswalkRow("03", 0.5, 0.3, 0.2),
  aCrosswalkRow("04", 0.3),
];
const names = (sorted: typeof rows) => sorted.map(({ area }) => area.short_name.slice(-2));

test("rows are sorted by code, by the largest part and by the number of parts", () => {
  expect(names(sortRows(rows, "code"))).toEqual(["01", "02", "03", "04"]);
  expect(names(sortRows(rows, "share"))).toEqual(["04", "03", "02", "01"]);
  expect(names(sortRows(rows, "parts"))).toEqual(["03", "02", "01", "04"]);
});

test("an area nests when all but a thousandth lies in one", () => {
  expect(isNested(aCrosswalkRow("05", 0.9995))).toBe(true);
  expect(isNested(aCrosswalkRow("05", 0.998))).toBe(false);
});

test("each area falls into one class of the map", () => {
  expect(classifyNesting(rows)).toEqual([[1], [], [], [2, 3], [4]]);
});

test("the file has a byte order mark, quotes what needs it, tells formulas to be text, and writes the rest", () => {
  const odd = aCrosswalkRow("06", 0.7);
  odd.area = aGrid("06", { short_name: '=1+1,"x"' });
  const csv = crosswalkCsv({ from: "governance", to: "fire", area: aGrid("00"), rows: [odd], nested: 0 }, speak);
  expect(csv.startsWith("\uFEFF网格编码,网格,")).toBe(true);
  const lines = csv.split("\r\n");
  expect(lines[1]).toBe('900102001002006,"\'=1+1,""x""",F1,XF-01,700,70,70,70,0,');
  expect(lines[2]).toContain("不在任何网格,300,30,30,30,0,");
  expect(lines.at(-1)).toBe("");
});
