import { expect, test } from "vitest";
import { type Language, say } from "../../../data/vocabulary/language.ts";
import { formatPlace, type Voice, wordFault, wordWarning } from "../../../web/ui/word_issue.ts";
import { aFault, aGrid, aWarning } from "../../support/a_check_report.ts";

function aVoice(language: Language = "zh-CN", scope: string | null = null): Voice {
  return { language, scope, name: (text) => text, speak: (wording, values) => say(wording, language, values) };
}

test("a gap is said with its size, the areas beside it and what lies in it", () => {
  const words = wordFault(aFault({ inside: { buildings: 3, households: 42, people: 130 } }), aVoice());
  expect(words.title).toBe("空隙 1,240 m²");
  expect(words.chip).toBe("空隙 1,240 m²");
  expect(words.where).toBe("慧泽09 与慧泽11 · 属慧泽社区");
  expect(words.sentence).toBe("慧泽09 与慧泽11 之间有空隙 1,240 m²。内有 3 幢楼、42 户、130 人。");
});

test("the judged area is not named again with each issue", () => {
  expect(wordFault(aFault(), aVoice("zh-CN", "900102001002")).where).toBe("慧泽09 与慧泽11");
});

test("an overlap of two names both numbers on the map", () => {
  const words = wordFault(aFault({ kind: "overlap", area_m2: 320 }), aVoice());
  expect(words.chip).toBe("09∩11 重叠 320 m²");
  expect(words.sentence).toBe("慧泽09 与慧泽11 重叠 320 m²。");
});

test("a road that lies in no area is measured in metres, any other thing is named", () => {
  const road = { kind: "road", id: "7", name: "东街" };
  const words = wordFault(aFault({ kind: "uncovered", areas: [], thing: road, length_m: 86, area_m2: 0 }), aVoice());
  expect([words.title, words.chip]).toEqual(["道路未覆盖 86 m", "未覆盖 86 m"]);
  expect(words.sentence).toBe("道路「东街」有 86 m 不在任何网格内。");
  const house = { kind: "building", id: "8", name: "" };
  expect(wordFault(aFault({ kind: "uncovered", areas: [], thing: house }), aVoice()).sentence).toBe(
    "楼栋 8 不在任何网格内。",
  );
});

test("of many areas the line names the first and how many there are, the sentence all", () => {
  const areas = ["01", "02", "03", "04"].map((number) => aGrid(number));
  const words = wordFault(aFault({ areas, parent: null }), aVoice());
  expect(words.where).toBe("慧泽01 等 4 个区域");
  expect(words.sentence).toContain("慧泽01、慧泽02、慧泽03 与慧泽04");
});

test("a figure above or below its limits says which, and the map points the same way", () => {
  const over = wordWarning(aWarning(), aVoice());
  expect([over.title, over.chip]).toEqual(["慧泽02 612 户，超出 300–500", "▲612户"]);
  const figures = [{ what: "households", value: 214, limits: [300, 500] as [number, number], fits: false }];
  expect(wordWarning(aWarning({ figures }), aVoice()).chip).toBe("▼214户");
  const open = [{ what: "households", value: 5226, limits: [null, 3000] as [null, number], fits: false }];
  expect(wordWarning(aWarning({ figures: open }), aVoice()).title).toBe("慧泽02 5,226 户，超出 3,000");
});

test("a duty that nobody holds is vacant, not zero people", () => {
  const duty = { code: "leader", name: "网格长", name_en: "Grid leader" };
  const figures = [{ what: "holders", value: 0, limits: [1, 1] as [number, number], fits: false }];
  const warning = aWarning({ kind: "staffing", duty, figures });
  expect(wordWarning(warning, aVoice()).title).toBe("慧泽02 网格长待配备");
  expect(wordWarning(warning, aVoice("en")).title).toBe("慧泽02 Grid leader vacant");
});

test("surfaces are written as large as they are", () => {
  expect([0.0004, 0.064, 3.14, 1240, 2_500_000].map(formatPlace)).toEqual([
    "<0.01 m²",
    "0.06 m²",
    "3.1 m²",
    "1,240 m²",
    "2.50 km²",
  ]);
});
