import { expect, test } from "vitest";
import { areaWords } from "../../../data/demo/names/area_words.ts";
import { districtCode, districtName, mostDistricts } from "../../../data/demo/names/district_words.ts";

test("no word names two areas in a city of 39 districts", () => {
  const words = Array.from({ length: 39 }, (_, district) => areaWords(district)).flatMap((own) =>
    Object.values(own).flat(),
  );
  expect(new Set(words).size).toBe(words.length);
});

test("every district has words for 8 subdistricts, 6 villages and at least 49 communities", () => {
  for (let district = 0; district < 39; district++) {
    const { subdistricts, villages, communities } = areaWords(district);
    expect(subdistricts).toHaveLength(8);
    expect(villages.length).toBeGreaterThanOrEqual(6);
    expect(communities.length).toBeGreaterThanOrEqual(49);
  }
});

test("a city too large for the words is refused", () => {
  expect(() => areaWords(60)).toThrow(/no words left/);
});

test("districts have names and codes of their own", () => {
  const numbers = Array.from({ length: mostDistricts }, (_, number) => number);
  expect(new Set(numbers.map(districtName)).size).toBe(mostDistricts);
  expect(new Set(numbers.map(districtCode)).size).toBe(mostDistricts);
  expect(() => districtName(mostDistricts)).toThrow(RangeError);
});
