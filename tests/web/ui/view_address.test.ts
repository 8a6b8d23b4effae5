import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type View,
  defaultView,
  dockPanels,
  formatPage,
  formatPlanPage,
  formatView,
  ownKeysOf,
  parseView,
  themes,
} from "../../../web/ui/view_address.ts";

const word = fc.stringMatching(/^[a-z][a-z0-9_]{0,9}$/).filter((text) => text !== "none");
const aView: fc.Arbitrary<View> = fc.record({
  map: fc.option(
    fc.record({
      zoom: fc.integer({ min: 0, max: 2000 }).map((hundredths) => hundredths / 100),
      lat: fc.integer({ min: -8_000_000, max: 8_000_000 }).map((n) => n / 100_000),
      lng: fc.integer({ min: -18_000_000, max: 18_000_000 }).map((n) => n / 100_000),
    }),
  ),
  sel: fc.option(
    fc.record({
      kind: fc.stringMatching(/^[a-z][a-z_]{0,9}$/),
      key: fc.string({ minLength: 1, maxLength: 20 }).filter((text) => !/[\n\r\u2028\u2029]/.test(text)),
    }),
  ),
  layers: fc.dictionary(fc.stringMatching(/^[a-z_]{1,9}$/), fc.boolean(), { maxKeys: 4, noNullPrototype: true }),
  base: fc.option(word),
  lang: fc.constantFrom("zh-CN" as const, "en" as const),
  theme: fc.constantFrom(...themes),
  edition: fc.option(fc.integer({ min: 1, max: 999 })),
  on: fc.constant(null),
  former: fc.option(fc.integer({ min: 1, max: 999 })),
  network: fc.option(word),
  overlay: fc.option(word),
  level: fc.option(fc.integer({ min: 1, max: 6 })),
  q: fc.string({ maxLength: 20 }),
  panel: fc.constantFrom(...dockPanels),
  scope: fc.option(fc.string({ minLength: 1, maxLength: 64 })),
  issue: fc.option(fc.string({ minLength: 1, maxLength: 200 })),
  plan_panel: fc.constant("check" as const),
  mode: fc.constant("edit" as const),
  tool: fc.constant(null),
});

test("a view survives its own address", () => {
  fc.assert(
    fc.property(aView, (view) => {
      expect(parseView(formatView(view))).toEqual(view);
    }),
  );
});

test("any address is read without failing, and read again it says the same", () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.dictionary(fc.constantFrom("map", "sel", "layers", "edition", "on", "level"), fc.string()),
      (text, keys) => {
        const view = parseView(`?${text}&${new URLSearchParams(keys)}`);
        expect(parseView(formatView(view))).toEqual(view);
      },
    ),
  );
});

test("the default view has a bare address", () => {
  expect(formatView(defaultView)).toBe("");
  expect(parseView("")).toEqual(defaultView);
});

test("addresses read as the specification writes them", () => {
  const view = parseView(
    "?map=15/33.59210/121.41142&sel=area:governance:900102001002010&layers=pipes,-roads&edition=9",
  );
  expect(view.map).toEqual({ zoom: 15, lat: 33.5921, lng: 121.41142 });
  expect(view.sel).toEqual({ kind: "area", key: "governance:900102001002010" });
  expect(view.layers).toEqual({ pipes: true, roads: false });
  expect(view.edition).toBe(9);
  expect(formatView(view)).toBe(
    "?map=15/33.59210/121.41142&sel=area:governance:900102001002010&layers=-roads,pipes&edition=9",
  );
});

test("what cannot be read is as if it were absent", () => {
  const view = parseView(
    "?map=99/1/2&sel=nonsense&lang=fr&theme=pink&edition=-1&on=2026-02-30&level=x&panel=attic&base=none",
  );
  expect(view).toEqual(defaultView);
});

test("an edition number goes before a day", () => {
  expect(parseView("?edition=3&on=2026-11-22")).toMatchObject({ edition: 3, on: null });
  expect(parseView("?on=2026-11-22")).toMatchObject({ edition: null, on: "2026-11-22" });
});

test("language and theme come from the reader's memory where the address is silent", () => {
  const base = { ...defaultView, lang: "en" as const, theme: "dark" as const };
  expect(parseView("", base)).toMatchObject({ lang: "en", theme: "dark" });
  expect(parseView("?lang=zh-CN&theme=light", base)).toMatchObject({ lang: "zh-CN", theme: "light" });
});

test("a page without the map keeps its own keys, takes language and theme, and drops where the map looked", () => {
  const view = { ...defaultView, lang: "en" as const, map: { zoom: 15, lat: 33.6, lng: 121.4 } };
  expect(formatPage(view, "?account=12&map=15/33.6/121.4&theme=dark&to=%2Faccount")).toBe(
    "?account=12&to=%2Faccount&lang=en",
  );
  expect(formatPage(defaultView, "?lang=en")).toBe("");
});

test("a page may use a key of the map for itself", () => {
  expect(formatPage(defaultView, "?network=fire&edition=2&map=15/33.6/121.4", ownKeysOf("/certificate"))).toBe(
    "?network=fire&edition=2",
  );
});

test("an open plan says in its address where it is looked at, how, and with which tool", () => {
  const search = "?map=16.5/33.59210/121.41142&panel=compare&mode=swipe&tool=split&issue=gap:1&theme=dark";
  expect(formatPlanPage(parseView(search), "?theme=dark")).toBe(search);
  expect(formatPlanPage(defaultView, "?mode=side&panel=log&tool=split")).toBe("");
  expect(parseView("?mode=upside&panel=areas")).toMatchObject({ mode: "edit", plan_panel: "check", panel: "areas" });
});

test("a view of the panorama keeps nothing of a plan", () => {
  expect(formatView({ ...defaultView, mode: "swipe", plan_panel: "log", tool: "split" })).toBe("");
});
