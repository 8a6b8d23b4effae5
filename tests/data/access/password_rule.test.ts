import fc from "fast-check";
import { expect, test } from "vitest";
import { faultsOfPassword } from "../../../data/access/password_rule.ts";

test.each(["Maple-Rain-42", "雨后的Maple树", "fG7$kLm2", "correct Horse 8", "Tr0ub4dor&3x"])(
  "%s is good enough",
  (password) => {
    expect(faultsOfPassword(password, "zhang.san")).toEqual([]);
  },
);

test.each([
  "Admin@123",
  "Admin123!",
  "Admin@123456",
  "P@ssw0rd",
  "Passw0rd!",
  "Password2026!",
  "Qwer1234!",
  "1qaz@WSX",
  "Qwerty@123",
  "Abc123!@#",
  "Aa123456!",
  "Huawei@123",
  "Wangge@2026",
  "Root@1234",
  "Aaa111!!!",
])("%s is among those that are tried first", (password) => {
  expect(faultsOfPassword(password, "zhang.san")).toContain("common");
});

test("every fault is named at once", () => {
  expect(faultsOfPassword("abc", "zhang.san")).toEqual(["short", "classes", "common"]);
  expect(faultsOfPassword("longenoughbutplain", "zhang.san")).toEqual(["classes"]);
  expect(faultsOfPassword("Zhang.San-9x", "zhang.san")).toEqual(["name"]);
});

test("three of the four classes are needed, whichever", () => {
  expect(faultsOfPassword("kfmrwtzq7431", "x1")).toEqual(["classes"]);
  expect(faultsOfPassword("kfmrwtzq743!", "x1")).toEqual([]);
  expect(faultsOfPassword("KFMRWTZQ743!", "x1")).toEqual([]);
  expect(faultsOfPassword("kfmrwtzQ7431", "x1")).toEqual([]);
});

test("no password is so strange that it cannot be judged, and a good one does not become bad by growing", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string(), (password, name) => {
      const faults = faultsOfPassword(password, name);
      expect(new Set(faults).size).toBe(faults.length);
      if (faults.length === 0) expect(faultsOfPassword(`${password}Wq7-nV`, name)).not.toContain("short");
    }),
  );
});
