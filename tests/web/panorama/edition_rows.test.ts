import { describe, expect, test } from "vitest";
import { say } from "../../../data/vocabulary/language.ts";
import { boxOfPieces, findRow, listChanges, marksOf } from "../../../web/panorama/changes_on_map.ts";
import { csvText } from "../../../web/panorama/csv_file.ts";
import { differenceLines } from "../../../web/panorama/edition_csv.ts";
import { type ChangedArea, compareEditions, orderRows, wordCodes } from "../../../web/panorama/edition_rows.ts";
import type { Speak } from "../../../web/ui/use_words.ts";
import { aGrid } from "../../support/a_check_report.ts";
import { aChange, aDifference, aStep } from "../../support/a_difference.ts";

const speak: Speak = (wording, values) => say(wording, "zh-CN", values);
const comparison = compareEditions(aDifference());
const rowOf = (code: string): ChangedArea => orderRows(comparison).find(({ key }) => key.endsWith(code))!;

describe("what two editions differ by", () => {
  test("is grouped by what became of each grid, every grid once, in the order of codes", () => {
    const groups = comparison.groups.map(({ fate, rows }) => [fate, ...rows.map(({ key }) => key.slice(-2))]);
    expect(groups).toEqual([
      ["split", "01"],
      ["merged", "02"],
      ["reshaped", "04", "05", "06", "07"],
      ["new", "11"],
      ["retired", "03"],
      ["renamed", "08", "12"],
      ["upper", "02", "03"],
    ]);
  });

  test("adds up: what was kept, changed and retired is the older edition, with what is new the newer", () => {
    expect(comparison.counts).toEqual({ kept: 3, reshaped: 4, split: 1, merged: 1, new: 1, retired: 1 });
    const { kept, reshaped, split, merged, retired } = comparison.counts;
    expect(kept + reshaped + split + merged + retired).toBe(10);
    expect(kept + reshaped + split + merged + comparison.counts.new).toBe(10);
  });

  test("counts ground and households once, and not those of a grid that only got another code", () => {
    expect(comparison).toMatchObject({ area_m2: 15_500, households: 150, hidden: "none" });
    expect(comparison.moved.length).toBe(5);
  });

  test("says of each grid what it won and lost, from whom and to whom", () => {
    const figures = (code: string) => {
      const { gained, lost, from, to } = rowOf(code);
      return [gained, lost, from.map((area) => area?.short_name ?? null), to.map((area) => area?.short_name ?? null)];
    };
    const nothing = { area_m2: 0, households: 0 };
    expect(figures("2001")).toEqual([nothing, { area_m2: 5000, households: 50 }, [], ["慧泽11"]].slice(0, 4));
    expect(figures("2002")).toEqual([{ area_m2: 9000, households: 90 }, nothing, ["慧泽03"], []]);
    expect(figures("2006")).toEqual([{ area_m2: 300, households: 0 }, nothing, [null], []]);
    expect(figures("2007")).toEqual([nothing, { area_m2: 200, households: 0 }, [], [null]]);
    expect(rowOf("2003")).toMatchObject({ was: { code: "900102001002003" }, is: null });
    expect(rowOf("2011")).toMatchObject({ was: null, is: { code: "900102001002011" } });
  });

  test("is empty where nothing changed", () => {
    const same = compareEditions(aDifference({ changes: [], lineage: [], renamed: [] }));
    expect(same).toMatchObject({ groups: [], counts: { kept: 10 }, households: 0, hidden: "none" });
  });

  test("does not make a sum of households that the reader sees only in part", () => {
    const [a, b, c] = [aGrid("01"), aGrid("02"), aGrid("03")];
    const lineage = [a, b, c].map((area) => aStep("reshaped", area, area));
    const unseen = aChange(b, a, { households: null, people: null });
    const part = compareEditions(aDifference({ changes: [aChange(c, a), unseen], lineage, renamed: [] }));
    expect(part).toMatchObject({ hidden: "part", households: 10 });
    const gains = orderRows(part).map(({ gained, lost }) => [gained.households, lost.households]);
    expect(gains).toEqual([
      [null, 0],
      [0, null],
      [0, 10],
    ]);
    const all = compareEditions(aDifference({ changes: [unseen], lineage, renamed: [] }));
    expect(all).toMatchObject({ hidden: "all", households: null });
  });
});

describe("codes before and after", () => {
  const [news, gone] = [new Set([aGrid("11").id]), new Set([aGrid("03").id])];
  const codes = (code: string) => wordCodes(rowOf(code), news, gone);

  test("tell of a split what it became, of a merger what went into it", () => {
    expect(codes("2001")).toEqual({ before: ["900102001002001"], after: ["…001", "…011"] });
    expect(codes("2002")).toEqual({ before: ["900102001002002", "…003"], after: ["…002"] });
    expect(codes("2011")).toEqual({ before: ["900102001002001"], after: ["…011"] });
    expect(codes("2003")).toEqual({ before: ["900102001002003"], after: ["…002"] });
    expect(codes("2012")).toEqual({ before: ["900102001002009"], after: ["…012"] });
  });

  test("are one code where it stayed, and whole where they have nothing in common", () => {
    expect(codes("2004")).toEqual({ before: ["900102001002004"], after: [] });
    const row = { ...rowOf("2012"), was: aGrid("09", { code: "XF-1" }), is: aGrid("12", { code: "9001" }) };
    expect(wordCodes(row, news, gone)).toEqual({ before: ["XF-1"], after: ["9001"] });
  });
});

describe("the map of a comparison", () => {
  test("has a face for each piece in their order, then a spot for each, which says whose it was", () => {
    const [first] = comparison.moved;
    const drawn = listChanges(comparison.moved, new Set([first!]), speak, (text) => text);
    expect(drawn.map(({ properties }) => properties.mark)).toEqual([
      ...comparison.moved.map(() => "face"),
      ...comparison.moved.map(() => "spot"),
    ]);
    expect(drawn[0]!.properties).toEqual({ mark: "face", look: "moved", text: "原 慧泽03", size: 9000, chosen: 1 });
    expect(drawn.filter(({ properties }) => properties.chosen === 1).length).toBe(2);
    expect(drawn.map(({ properties }) => properties.text)).toContain("原未划入");
  });

  test("looks at the borders of both sides, each area once", () => {
    expect(marksOf(1, comparison.moved)).toEqual({ former: 1, areas: [3, 2, 1, 11, 4, 5, 6, 7], level: 3 });
  });

  test("goes to the box of what a row is about", () => {
    expect(boxOfPieces([])).toBe(null);
    expect(boxOfPieces(rowOf("2002").pieces)).toEqual([121.401, 33.6, 121.402, 33.601]);
    expect(findRow(orderRows(comparison), "governance:900102001002003")?.fate).toBe("retired");
    expect(findRow(orderRows(comparison), "governance:900102001002010")).toBe(null);
  });
});

test("the table has a line for each row; ground of nobody is said, and what is hidden is left empty", () => {
  const lines = differenceLines(comparison, speak);
  expect(lines.length).toBe(1 + orderRows(comparison).length);
  expect(lines[1]).toEqual([
    ...["分割", "900102001002001", "慧泽01", "900102001002001", "慧泽01", "", "900102001002011", 0, 5000, 0, 50],
  ]);
  expect(lines.find((line) => line[1] === "900102001002007")).toContain("不属任何区域");
  expect(csvText(lines)).toContain(
    "\r\n合并,900102001002002,慧泽02,900102001002002,慧泽02,900102001002003,,9000,0,90,0\r\n",
  );
});
