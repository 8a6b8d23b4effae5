import fc from "fast-check";
import { expect, test } from "vitest";
import { landingPage } from "../../../server/sign_in/landing_page.ts";

test.each(["/", "/?map=15/33.6/121.4&sel=area:governance:001", "/planner/7", "/admin#accounts", "/g/网格?lang=en"])(
  "%s is a page to land on",
  (to) => {
    expect(decodeURI(landingPage(to))).toBe(to);
  },
);

test.each([
  undefined,
  "",
  "evil.test",
  "//evil.test",
  "/\\evil.test",
  "\\/evil.test",
  "/\t/evil.test",
  "/\n/evil.test",
  "/.//evil.test",
  "/a/..//evil.test",
  "/%2e//evil.test/",
  "https://evil.test/",
  "javascript:alert(1)",
  "/api/session/identity?to=/",
])("%j leads to the first page instead", (to) => {
  expect(landingPage(to)).toBe("/");
});

test("wherever it leads, a browser stays with us", () => {
  const nasty = fc.string({
    unit: fc.constantFrom("/", "\\", ".", "%2e", "%2f", "@", ":", "evil.test", "?", "#", "\t", " "),
  });
  fc.assert(
    fc.property(fc.oneof(nasty, fc.webUrl(), fc.string()), fc.boolean(), (rest, rooted) => {
      const landed = new URL(landingPage(rooted ? `/${rest}` : rest), "https://atlas.test/sign-in");
      expect(landed.origin).toBe("https://atlas.test");
    }),
    { numRuns: 2000 },
  );
});
