import { describe, expect, test } from "vitest";
import { giveCodes } from "../../../data/division/next_codes.ts";

const rule = (taken: string[], pattern = "{parent}{number:3}") => ({
  pattern,
  parent_code: "011",
  taken: new Set(taken),
});
const at = (id: string, lon: number, lat: number) => ({ id, at: [lon, lat] as [number, number], height: 0.01 });

describe("codes of new areas", () => {
  test("run from west to east, row by row from the north, although middles of a row are not on one line", () => {
    const areas = [at("se", 2, 0), at("ne", 2, 0.0101), at("nw", 1, 0.0099), at("sw", 1, 0.0002)];
    expect([...giveCodes(areas, rule([]))!]).toEqual([
      ["nw", "011001"],
      ["ne", "011002"],
      ["sw", "011003"],
      ["se", "011004"],
    ]);
  });

  test("go on behind the highest that was ever given, whether it still is or not", () => {
    expect(giveCodes([at("a", 0, 0)], rule(["011001", "011017", "012099", "0110001"]))).toEqual(
      new Map([["a", "011018"]]),
    );
  });

  test("take what never was once the numbers have run out, and end when nothing is left", () => {
    const most = Array.from({ length: 9 }, (_, i) => `011${i + 1}`).filter((code) => code !== "0114");
    expect(giveCodes([at("a", 0, 0)], rule(most, "{parent}{number:1}"))).toEqual(new Map([["a", "0114"]]));
    expect(giveCodes([at("a", 0, 0), at("b", 1, 0)], rule(most, "{parent}{number:1}"))).toBeNull();
  });

  test("follow a pattern with words around the number", () => {
    expect(giveCodes([at("a", 0, 0)], rule(["G-011-07x"], "G-{parent}-{number:2}x"))).toEqual(
      new Map([["a", "G-011-08x"]]),
    );
  });
});
