import { expect, test } from "vitest";
import { isCreditCode, makeCreditCode, unusedCreditPrefix } from "../../../data/demo/registers/credit_code.ts";
import { drawName } from "../../../data/demo/registers/person_names.ts";
import { isImpossiblePhone, makePhone } from "../../../data/demo/registers/phones.ts";
import { drawPortrait } from "../../../data/demo/registers/portraits.ts";
import { randomFor } from "../../../data/demo/random.ts";

test("a credit code of the standard's own kind has a valid check character", () => {
  // The example that other checkers of GB 32100-2015 use.
  expect(isCreditCode("91350100M000100Y43")).toBe(true);
  expect(isCreditCode("91350100M000100Y44")).toBe(false);
  expect(isCreditCode("91350100M000100I43")).toBe(false);
});

test("every credit code made is valid, unlike its neighbours, and begins as no registry's does", () => {
  const codes = Array.from({ length: 2000 }, (_, serial) => makeCreditCode("900102", serial));
  expect(codes.every(isCreditCode)).toBe(true);
  expect(new Set(codes).size).toBe(codes.length);
  // Authorities of GB 32100-2015: 1–9, A, N, Y.
  expect(codes.every((code) => code.startsWith(unusedCreditPrefix) && !/^[1-9ANY]/.test(code))).toBe(true);
});

test("changing one character of a credit code is noticed", () => {
  const code = makeCreditCode("900102", 4711);
  for (let at = 2; at < 18; at++) {
    const other = code[at] === "7" ? "8" : "7";
    expect(isCreditCode(code.slice(0, at) + other + code.slice(at + 1))).toBe(false);
  }
});

test("phones have a form that China's numbering plan gives to no subscriber and no service, and never repeat", () => {
  const phones = Array.from({ length: 50_000 }, (_, serial) => makePhone("900102", serial));
  expect(phones.every(isImpossiblePhone)).toBe(true);
  expect(new Set(phones).size).toBe(phones.length);
  // Mobiles begin with 13–19, landlines with 0 or 2–8, service numbers have at most eight digits.
  expect(phones.some((phone) => /^1[3-9]|^[02-8]/.test(phone) || phone.length <= 8)).toBe(false);
  expect(makePhone("900103", 1)).not.toBe(makePhone("900102", 1));
});

test("names are two to three characters and frequent surnames are frequent", () => {
  const names = Array.from({ length: 4000 }, (_, index) =>
    drawName(randomFor(`name/${index}`), index % 2 ? "male" : "female", "middle"),
  );
  expect(names.every((name) => /^\p{Script=Han}{2,3}$/u.test(name))).toBe(true);
  const share = (surname: string) => names.filter((name) => name.startsWith(surname)).length / names.length;
  expect(share("王")).toBeGreaterThan(share("常") * 5);
  expect(new Set(names.map((name) => name[0])).size).toBeGreaterThan(80);
});

test("a portrait is one small closed drawing, the same for the same person", () => {
  const draw = (key: string) => drawPortrait(randomFor(key), { sex: "female", generation: "young", dress: "jacket" });
  const portrait = draw("a");
  expect(portrait).toBe(draw("a"));
  expect(portrait.startsWith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96">')).toBe(true);
  expect(portrait.endsWith("</svg>")).toBe(true);
  expect(portrait.length).toBeLessThan(2048);
  expect(portrait).not.toMatch(/NaN|undefined|script|href/);
  expect(new Set(Array.from({ length: 60 }, (_, index) => draw(`p${index}`))).size).toBeGreaterThan(50);
});
