import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { keepPicture, mapAtRest, openMap, withBrowser } from "./browser.ts";

withBrowser();

const phone: [number, number] = [390, 844];

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** The selected area as the server knows it, and the part of the map above the sheet: both in px of the page. */
function selectedAndVisible(page: Page): Promise<{ area: Box; visible: Box }> {
  return page.evaluate(async () => {
    const key = new URLSearchParams(location.search).get("sel")!.replace(/^area:/, "");
    const { bbox } = await (await fetch(`/api/areas/${key}`)).json();
    const map = document.querySelector(".map-canvas")!.getBoundingClientRect();
    const sheet = document.querySelector(".sheet")!.getBoundingClientRect();
    const corner = ([x, y]: [number, number]) => [map.left + x, map.top + y] as const;
    const [left, bottom] = corner(window.__atlas_map!.project([bbox[0], bbox[1]]));
    const [right, top] = corner(window.__atlas_map!.project([bbox[2], bbox[3]]));
    return {
      area: { left, top, right, bottom },
      visible: { left: map.left, top: map.top, right: map.right, bottom: sheet.top },
    };
  });
}

async function expectInView(page: Page): Promise<void> {
  await page.locator('.sheet [data-state="ready"]').waitFor();
  await mapAtRest(page);
  const { area, visible } = await selectedAndVisible(page);
  expect(area.left).toBeGreaterThanOrEqual(visible.left);
  expect(area.right).toBeLessThanOrEqual(visible.right);
  expect(area.top).toBeGreaterThanOrEqual(visible.top);
  expect(area.bottom).toBeLessThanOrEqual(visible.bottom);
  // In the middle of what can be seen, and as large as it allows.
  expect(Math.abs((area.top + area.bottom) / 2 - (visible.top + visible.bottom) / 2)).toBeLessThan(8);
  const fill = Math.max(
    (area.right - area.left) / (visible.right - visible.left),
    (area.bottom - area.top) / (visible.bottom - visible.top),
  );
  expect(fill).toBeGreaterThan(0.5);
}

test("on a phone a search hit ends up in the part of the map that its sheet leaves", async () => {
  const page = await openMap("/", { size: phone });
  await page.getByRole("combobox").click();
  await page.keyboard.type("慧泽社区");
  await page.getByRole("option").first().click();
  await expectInView(page);
  await keepPicture(page, "phone-search");
});

test("on a phone Enter goes to the first hit in the same way", async () => {
  const page = await openMap("/", { size: phone });
  await page.getByRole("combobox").click();
  await page.keyboard.type("慧泽社区");
  await page.keyboard.press("Enter");
  await expectInView(page);
});

test("on a phone the next hit is in view too, with the sheet open already", async () => {
  const page = await openMap("/?sel=area:governance:900102001002010", { size: phone });
  await expectInView(page);
  await page.getByRole("combobox").click();
  await page.keyboard.type("慧泽社区");
  await page.keyboard.press("Enter");
  await page.locator(".panel-title", { hasText: "慧泽社区" }).waitFor();
  await expectInView(page);
});

test("on a phone an area chosen in the tree is in view above its sheet", async () => {
  const page = await openMap("/", { size: phone });
  await page.locator(".sheet-bar").getByRole("button", { name: "区域" }).click();
  await page.getByRole("treeitem").nth(1).click();
  await expectInView(page);
});
