import { expect, test } from "vitest";
import * as dictionaries from "../../../data/vocabulary/dictionaries.ts";
import { factWords } from "../../../data/vocabulary/fact_words.ts";
import { frameWords } from "../../../data/vocabulary/frame_words.ts";
import { say, sayCode, type Words } from "../../../data/vocabulary/language.ts";
import { layerGroupNames, tileLayerNames } from "../../../data/vocabulary/layer_words.ts";
import * as access from "../../../data/vocabulary/access_words.ts";
import { adminWords } from "../../../data/vocabulary/admin_words.ts";
import * as checks from "../../../data/vocabulary/check_words.ts";
import { findingWords } from "../../../data/vocabulary/finding_words.ts";
import { panoramaWords } from "../../../data/vocabulary/panorama_words.ts";
import { problemWords } from "../../../data/vocabulary/problem_words.ts";
import { problemCodes } from "../../../data/schema/problem_codes.ts";

const { factDictionaries, ...plainDictionaries } = dictionaries;
const tables: Record<string, Words> = {
  ...plainDictionaries,
  factWords,
  frameWords,
  panoramaWords,
  layerGroupNames,
  tileLayerNames,
  adminWords,
  ...access,
  ...checks,
  findingWords,
  problemWhat: Object.fromEntries(Object.entries(problemWords).map(([code, [what]]) => [code, what])),
  problemNext: Object.fromEntries(Object.entries(problemWords).map(([code, [, next]]) => [code, next])),
};
const wordings = Object.entries(tables).flatMap(([table, words]) =>
  Object.entries(words).map(([key, [zh, en]]) => ({ name: `${table}.${key}`, zh, en })),
);
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

test("every wording says something in both languages", () => {
  expect(wordings.filter(({ zh, en }) => zh.trim() === "" || en.trim() === "")).toEqual([]);
});

test("both languages of a wording take the same values", () => {
  const wrong = wordings.filter(({ zh, en }) => placeholders(zh).join() !== placeholders(en).join());
  expect(wrong).toEqual([]);
});

test("Chinese uses full-width punctuation, and nothing shouts", () => {
  const wrong = wordings.filter(({ zh, en }) => /[\p{Script=Han}][,;:!?]/u.test(zh) || /[!！]/.test(zh + en));
  expect(wrong).toEqual([]);
});

test("a dictionary names each of its codes differently", () => {
  for (const [name, words] of Object.entries(plainDictionaries)) {
    if (name === "factDictionaries") continue;
    const zh = Object.values(words as Words).map(([chinese]) => chinese);
    const twice = zh.filter((word, index) => zh.indexOf(word) !== index);
    expect({ name, twice }).toEqual({ name, twice: [] });
  }
});

test("roles, contacts and lines of the log are told apart by their words", () => {
  const { roleNames, contactKindNames, auditActionNames, auditOutcomeNames, accountOriginNames } = access;
  for (const words of [roleNames, contactKindNames, auditActionNames, auditOutcomeNames, accountOriginNames]) {
    for (const side of [0, 1] as const) {
      const said = Object.values<readonly [string, string]>(words).map((wording) => wording[side]);
      expect(new Set(said).size).toBe(said.length);
    }
  }
});

test("every failure that a request can meet is worded: what happened, and what comes next", () => {
  expect(Object.keys(problemWords).sort()).toEqual(Object.keys(problemCodes).sort());
});

test("each dictionary of a fact belongs to a fact that has a name", () => {
  const unnamed = Object.keys(factDictionaries).filter((key) => !Object.hasOwn(factWords, key.split(".")[1] ?? ""));
  expect(unnamed).toEqual([]);
});

test("values are put in, and a missing one stays visible", () => {
  expect(say(["版次 {number}", "Edition {number}"], "en", { number: 12 })).toBe("Edition 12");
  expect(say(["版次 {number}", "Edition {number}"], "zh-CN")).toBe("版次 {number}");
});

test("a code that the dictionary does not know is shown as it is", () => {
  expect(sayCode(dictionaries.buildingUses, "home", "zh-CN")).toBe("住宅");
  expect(sayCode(dictionaries.buildingUses, "hangar", "zh-CN")).toBe("hangar");
  expect(sayCode(dictionaries.buildingUses, "toString", "en")).toBe("toString");
});
