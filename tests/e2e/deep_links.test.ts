import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { mapAtRest, openMap, openPage, withBrowser } from "./browser.ts";

withBrowser();

interface Shown {
  /** px of a fixed place on the ground */
  place: [number, number];
  zoom: number;
  title: string | null;
  tab: string | null;
  layers: string[];
  typed: string;
  lang: string;
  theme: string | undefined;
  network: string;
  level: string;
}

/** What a reader sees of each part of the address. */
function look(page: Page): Promise<Shown> {
  return page.evaluate(() => {
    const text = (selector: string) => document.querySelector<HTMLElement>(selector)?.innerText ?? null;
    const map = window.__atlas_map!;
    return {
      place: map.project([121.4, 33.6]),
      zoom: map.camera().zoom,
      title: text(".panel-title"),
      tab: text('[role="tab"][aria-selected="true"]'),
      layers: [...new Set(map.renderedFeatures().map(({ layer }) => layer))].sort(),
      typed: document.querySelector<HTMLInputElement>('[role="combobox"]')!.value,
      lang: document.documentElement.lang,
      theme: document.documentElement.dataset.theme,
      network: text(".choice-button:nth-of-type(1)") ?? "",
      level: document.querySelectorAll<HTMLElement>(".choice-button")[1]!.innerText,
    };
  });
}

const here = "map=15.2/33.59550/121.38700";
const addresses: [key: string, address: string, check: (shown: Shown) => void][] = [
  ["map", `/?${here}`, ({ zoom }) => expect(zoom).toBeCloseTo(15.2, 5)],
  ["sel of an area", `/?${here}&sel=area:governance:900102001002010`, ({ title }) => expect(title).toBe("慧泽10")],
  [
    "layers",
    "/?map=16.5/33.59550/121.38700&layers=pipes,-buildings",
    ({ layers }) => {
      expect(layers.some((layer) => layer.startsWith("pipe-"))).toBe(true);
      expect(layers.some((layer) => layer.startsWith("building-"))).toBe(false);
    },
  ],
  ["lang", `/?${here}&lang=en`, ({ lang, tab }) => expect([lang, tab]).toEqual(["en", "Areas"])],
  ["theme", `/?${here}&theme=dark`, ({ theme }) => expect(theme).toBe("dark")],
  ["network", `/?${here}&network=fire`, ({ network }) => expect(network).toContain("消防")],
  ["overlay", `/?${here}&overlay=police`, ({ layers }) => expect(layers).toContain("overlay-edge")],
  ["level", `/?${here}&level=2`, ({ level }) => expect(level).toContain("社区")],
  ["q", `/?${here}&q=慧泽`, ({ typed }) => expect(typed).toBe("慧泽")],
  ["panel", `/?${here}&panel=layers`, ({ tab }) => expect(tab).toBe("图层")],
  ["edition", `/?${here}&edition=1`, ({ title }) => expect(title).toBeNull()],
  ["on", `/?${here}&on=2026-06-01`, ({ title }) => expect(title).toBeNull()],
  ["base", `/?${here}&base=none`, ({ layers }) => expect(layers.length).toBeGreaterThan(5)],
];

test.each(addresses)("%s: the address, copied into a fresh profile, shows the same", async (_key, address, check) => {
  const first = await openMap(address);
  if (address.includes("sel=")) await first.locator('.details [data-state="ready"]').waitFor();
  await mapAtRest(first);
  const shown = await look(first);
  check(shown);
  const copied = first.url();
  const second = await openMap(copied);
  if (address.includes("sel=")) await second.locator('.details [data-state="ready"]').waitFor();
  await mapAtRest(second);
  const again = await look(second);
  expect(Math.hypot(again.place[0] - shown.place[0], again.place[1] - shown.place[1])).toBeLessThanOrEqual(1);
  expect({ ...again, place: null, zoom: null }).toEqual({ ...shown, place: null, zoom: null });
  expect(second.url()).toBe(copied);
});

test("a link to an area that says nothing of a camera goes there", async () => {
  const page = await openMap("/?sel=area:governance:900102001002010");
  await page.waitForFunction(() => window.__atlas_map!.camera().zoom > 14);
  await mapAtRest(page);
  expect(page.url()).toMatch(/map=1\d/);
});

test("an unknown selection says 未找到 and leads back", async () => {
  const page = await openMap("/?sel=area:governance:999999", { expectTrouble: true });
  await page.locator(".panel-title", { hasText: "未找到" }).waitFor();
  await page.getByText("返回全景图").click();
  expect(await page.locator(".details").count()).toBe(0);
});

test("an edition and a network that do not exist are named, and the map shows what there is", async () => {
  const page = await openMap("/?edition=99&network=nowhere");
  expect(await page.locator(".banner").allInnerTexts()).toEqual([
    expect.stringContaining("没有版次 99"),
    expect.stringContaining("没有网络「nowhere」"),
  ]);
});

test("a path that leads nowhere says so", async () => {
  const page = await openPage("/no/such/page", { expectTrouble: true });
  expect(await page.locator("body").innerText()).toMatch(/未找到|route\.unknown/);
});
