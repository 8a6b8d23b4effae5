import { expect, test } from "vitest";
import { keepPicture, openMap, openPage, withBrowser } from "./browser.ts";
import { findBarriers } from "./page_checks.ts";

withBrowser();

const grid = "sel=area:governance:900102001002010&map=15.2/33.59550/121.38700";

test.each([
  ["the city", "/"],
  ["a grid, dark, English", `/?${grid}&theme=dark&lang=en`],
  ["a grid with an overlay", `/?${grid}&overlay=fire`],
  ["the layers", "/?panel=layers&theme=dark"],
  ["the list", "/?panel=list&map=16/33.59550/121.38700"],
  ["an old way", "/?edition=99"],
])("axe finds nothing serious: %s", async (_what, address) => {
  const page = await openMap(address);
  if (address.includes("sel=")) await page.locator('.details [data-state="ready"]').waitFor();
  expect(await findBarriers(page)).toEqual([]);
});

test("axe finds nothing serious on a phone, with each sheet", async () => {
  const page = await openMap("/", { size: [390, 844] });
  for (const name of ["区域", "图层", "列表", "地图"]) {
    await page.locator(".sheet-bar").getByText(name).click();
    expect(await findBarriers(page)).toEqual([]);
  }
});

test("the dialog of shortcuts opens with ?, holds the focus and closes with Esc", async () => {
  const page = await openMap("/");
  await page.keyboard.press("Shift+Slash");
  await page.getByRole("dialog").waitFor();
  expect(await findBarriers(page)).toEqual([]);
  expect(await page.evaluate(() => document.querySelector('[role="dialog"]')!.contains(document.activeElement))).toBe(
    true,
  );
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
});

test("an empty database says 还没有数据 and how to fill it", async () => {
  const page = await openPage("/", {
    prepare: (fresh) => fresh.route("**/api/networks", (route) => route.fulfill({ json: { networks: [] } })),
  });
  await page.getByText("还没有数据").waitFor();
  expect(await page.locator("code").allInnerTexts()).toContain("npm run -s cli -- demo --size district");
  expect(await findBarriers(page)).toEqual([]);
  await keepPicture(page, "empty");
});

test("a panel that fails says what and tries again; the rest of the page goes on", async () => {
  let fails = true;
  const page = await openMap(`/?${grid}`, {
    expectTrouble: true,
    prepare: (fresh) => fresh.route("**/api/areas/governance*", (route) => (fails ? route.abort() : route.continue())),
  });
  await page.locator('.details [data-state="error"]').waitFor();
  expect(await page.locator(".details").innerText()).toMatch(/加载失败/);
  expect(await findBarriers(page)).toEqual([]);
  await keepPicture(page, "panel-error");
  fails = false;
  await page.locator(".details").getByRole("button", { name: "重试" }).click();
  await page.locator('.details [data-state="ready"]').waitFor();
});

test("a server that stops answering is told at the top, until it answers again", async () => {
  const page = await openMap("/", { expectTrouble: true });
  await page.context().setOffline(true);
  await page.locator(".offline-bar").waitFor();
  expect(await page.locator(".offline-bar").innerText()).toMatch(/离线 · 显示 \d\d:\d\d 的数据/);
  expect(await findBarriers(page)).toEqual([]);
  await page.context().setOffline(false);
  await page.locator(".offline-bar").waitFor({ state: "detached" });
});

test("without WebGL 2 a page says so, with the area tree beside it", async () => {
  const page = await openPage("/", {
    prepare: (fresh) =>
      fresh.addInitScript(() => {
        const original = HTMLCanvasElement.prototype.getContext as (...args: unknown[]) => unknown;
        Object.assign(HTMLCanvasElement.prototype, {
          getContext(this: HTMLCanvasElement, kind: string, ...rest: unknown[]) {
            return kind === "webgl2" ? null : original.call(this, kind, ...rest);
          },
        });
      }),
  });
  await page.getByText("这台设备不能绘制地图").waitFor();
  await page.getByRole("treeitem", { name: /慧泽社区/ }).click();
  await page.locator('.details [data-state="ready"]').waitFor();
  expect(await findBarriers(page)).toEqual([]);
});

test("the tree is walked with arrow keys and chosen with Enter", async () => {
  const page = await openMap("/");
  await page.keyboard.press("t");
  await page.waitForFunction(() => document.activeElement?.getAttribute("role") === "treeitem");
  const focused = () => page.evaluate(() => (document.activeElement as HTMLElement).innerText.split("\n")[0]);
  const first = await focused();
  await page.keyboard.press("ArrowRight");
  expect(await focused()).not.toBe(first);
  await page.keyboard.press("ArrowLeft");
  expect(await focused()).toBe(first);
  await page.keyboard.press("End");
  expect(await focused()).not.toBe(first);
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await page.locator(".panel-title", { hasText: first! }).waitFor();
});

test("single keys: N network, digits pin a level, H theme, L list, Y layers, brackets step", async () => {
  const page = await openMap("/?map=15.2/33.59550/121.38700");
  await page.keyboard.press("2");
  expect(page.url()).toContain("level=2");
  await page.keyboard.press("2");
  expect(page.url()).not.toContain("level=");
  await page.keyboard.press("h");
  expect(page.url()).toContain("theme=dark");
  await page.keyboard.press("n");
  expect(page.url()).toContain("network=fire");
  await page.goBack();
  await page.keyboard.press("y");
  expect(page.url()).toContain("panel=layers");
  await page.keyboard.press("l");
  await page.locator(".feature").first().waitFor();
  await page.keyboard.press("]");
  await page.locator(".panel-title").waitFor();
  const title = await page.locator(".panel-title").innerText();
  await page.keyboard.press("]");
  await page.locator(".panel-title", { hasNotText: title }).waitFor();
});
