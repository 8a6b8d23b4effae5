import fc from "fast-check";
import { expect, test } from "vitest";
import { safeReturn } from "../../../web/ui/sign_in_address.ts";

const origin = "https://atlas.example.org";

test("a path of ours is gone back to, with its query", () => {
  expect(safeReturn("/?sel=key_unit:1&map=16/33.6/121.4", origin)).toBe("/?sel=key_unit:1&map=16/33.6/121.4");
  expect(safeReturn("/admin/accounts?account=12", origin)).toBe("/admin/accounts?account=12");
});

test.each([
  null,
  "",
  "https://evil.example",
  "//evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "/\t/evil.example",
  "javascript:alert(1)",
  "/sign-in",
  "/sign-in?to=/",
  "account",
])("«%s» leads to the map", (to) => {
  expect(safeReturn(to, origin)).toBe("/");
});

test("whatever somebody writes, nobody leaves our origin", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("/", "\\", ".", ":", "@", "a", "\t", "\n", " ", "?", "#", "%") }),
      (to) => {
        expect(new URL(safeReturn(to, origin), origin).origin).toBe(origin);
      },
    ),
  );
});
