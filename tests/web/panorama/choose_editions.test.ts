import fc from "fast-check";
import { expect, test } from "vitest";
import type { Edition } from "../../../data/schema/network.ts";
import { chooseEditions } from "../../../web/panorama/choose_editions.ts";
import { formatView, parseView } from "../../../web/ui/view_address.ts";

const anEdition = (number: number): Edition => ({ number, from_day: `2026-01-0${number}`, to_day: null, note: "" });
/** Newest first, as the server lists them. */
const three = [3, 2, 1].map(anEdition);
const brief = (pair: ReturnType<typeof chooseEditions>) => [
  pair.kind,
  ...("from" in pair ? [pair.from.number] : []),
  ...("to" in pair ? [pair.to.number] : []),
];

test("the edition on the map is compared with the one before, or with the one that the address names", () => {
  expect(brief(chooseEditions(three, 3, null))).toEqual(["pair", 2, 3]);
  expect(brief(chooseEditions(three, 2, null))).toEqual(["pair", 1, 2]);
  expect(brief(chooseEditions(three, 3, 1))).toEqual(["pair", 1, 3]);
});

test("what cannot be compared is told apart", () => {
  expect(chooseEditions([], 1, null)).toEqual({ kind: "none" });
  expect(chooseEditions([anEdition(1)], 1, null)).toEqual({ kind: "single", only: anEdition(1) });
  expect(chooseEditions([anEdition(1)], 1, 1)).toMatchObject({ kind: "single" });
  expect(chooseEditions([anEdition(1)], 1, 7)).toEqual({ kind: "unknown", number: 7 });
  expect(chooseEditions(three, 1, null)).toMatchObject({ kind: "first", to: { number: 1 }, next: { number: 2 } });
  expect(brief(chooseEditions(three, 2, 2))).toEqual(["same", 2]);
  expect(brief(chooseEditions(three, 1, 3))).toEqual(["reversed", 3, 1]);
  expect(chooseEditions(three, 3, 9)).toEqual({ kind: "unknown", number: 9 });
  expect(chooseEditions(three, 9, 1)).toEqual({ kind: "unknown", number: 9 });
});

test("a pair always goes from the older to the newer edition", () => {
  const number = fc.integer({ min: 0, max: 12 });
  fc.assert(
    fc.property(fc.uniqueArray(number, { maxLength: 10 }), number, fc.option(number), (numbers, drawn, former) => {
      const pair = chooseEditions(numbers.sort((a, b) => b - a).map(anEdition), drawn, former);
      if (pair.kind !== "pair") return;
      expect(pair.from.number).toBeLessThan(pair.to.number);
      expect(pair.to.number).toBe(drawn);
    }),
  );
});

test("the address keeps the panel and both editions, and ignores a former one that is no number", () => {
  const view = parseView("?panel=editions&former=1&edition=2");
  expect(view).toMatchObject({ panel: "editions", former: 1, edition: 2 });
  expect(formatView(view)).toBe("?edition=2&former=1&panel=editions");
  for (const wrong of ["0", "-1", "x", "1.5", ""]) expect(parseView(`?former=${wrong}`).former).toBe(null);
});
