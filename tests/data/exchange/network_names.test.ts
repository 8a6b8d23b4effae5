import { expect, test } from "vitest";
import { nameNetwork } from "../../../data/exchange/network_names.ts";

test("a network is named by its Latin letters, without accents", () => {
  expect(nameNetwork("Krems an der Donau", "镇")).toEqual({
    code: "krems_an_der_donau",
    prefix: "KREMSANDERDONAU",
    name: "Krems an der Donau",
    mark: "镇",
  });
  expect(nameNetwork("  12 Saint-Étienne!", "镇").code).toBe("saint_etienne");
});

test("a name without Latin letters gives a code as well, always the same, and its first character as mark", () => {
  const names = nameNetwork("网格区", "镇");
  expect(names.code).toMatch(/^net_[a-z0-9]+$/);
  expect(names.mark).toBe("网");
  expect(nameNetwork("网格区", "镇")).toEqual(names);
  expect(nameNetwork("网格县", "镇").code).not.toBe(names.code);
});

test("codes and prefixes fit what the database takes", () => {
  for (const name of ["A".repeat(90), "a b c ".repeat(20), "9", "_", "ß", "Ⅳ区"]) {
    const { code, prefix } = nameNetwork(name, "区");
    expect(code).toMatch(/^[a-z][a-z0-9_]{0,30}$/);
    expect(prefix).toMatch(/^[A-Z][A-Z0-9]{0,15}$/);
  }
});
