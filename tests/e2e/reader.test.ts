import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { beginSession, drawnNames, keepPicture, mapAtRest, openMap, openPage, withBrowser } from "./browser.ts";
import { findBarriers } from "./page_checks.ts";

withBrowser();

const guarded = ["消防安全重点单位", "消火栓", "地下管线", "城市部件"];
/** Where there are key units, pipes and parts of all kinds. */
const near = "map=16.5/33.59550/121.38700";

/** Names of the layer list. */
const listed = (page: Page): Promise<string[]> =>
  page.locator(".layer-list fieldset").first().locator("label").allInnerTexts();

/** What is drawn of the guarded layers, whatever the address asks for. */
async function drawnGuarded(page: Page): Promise<string[]> {
  const drawn: string[] = [];
  for (const layer of ["key_units", "components", "pipes"]) drawn.push(...(await drawnNames(page, layer)));
  return drawn;
}

/** Presses one of the demo accounts of the page for signing in. */
async function chooseDemo(page: Page, role: string): Promise<void> {
  await page.getByRole("button", { name: role }).click();
}

test("the public is offered no pipes, cameras and key units, and draws none that a link asks for", async () => {
  const asked: string[] = [];
  const page = await openMap(`/?${near}&panel=layers&layers=pipes,components,hydrants,key_units`, {
    as: null,
    prepare: async (fresh) => void fresh.on("request", (request) => asked.push(new URL(request.url()).pathname)),
  });
  const layers = (await listed(page)).join();
  expect(guarded.filter((name) => layers.includes(name))).toEqual([]);
  expect(layers).toContain("楼栋");
  expect(await drawnGuarded(page)).toEqual([]);
  expect(asked.filter((path) => /^\/tiles\/(pipes|components)/.test(path))).toEqual([]);
  expect(await page.locator(".legend").innerText()).not.toMatch(/重点单位|管|摄像头|消火栓/);
});

test("a link to a key unit says 无权查看 to the public, with the way in and the way back", async () => {
  const page = await openMap(`/?sel=key_unit:1&${near}`, { as: null });
  await page.locator(".panel-title", { hasText: "无权查看" }).waitFor();
  expect(await findBarriers(page)).toEqual([]);
  await keepPicture(page, "no-permission");
  await page.locator(".details").getByRole("link", { name: "登录" }).click();
  await page.waitForURL(/\/sign-in\?to=/);
  await chooseDemo(page, "消防联络员");
  await page.locator(".contact").first().waitFor();
  expect(page.url()).toContain("sel=key_unit:1");
  expect(page.url()).toContain("map=16.5");
});

test("one click on a demo account signs in and leads back to the place; the guarded layers are there", async () => {
  const page = await openMap(`/?${near}&panel=layers`, { as: null });
  await page.getByRole("link", { name: "登录" }).click();
  await page.getByRole("heading", { name: "演示账号" }).waitFor();
  await chooseDemo(page, "消防联络员");
  await page.waitForURL(/panel=layers/);
  await mapAtRest(page);
  const layers = await listed(page);
  expect(guarded.map((name) => layers.find((line) => line.includes(name)))).toEqual(
    guarded.map((name) => expect.stringMatching(new RegExp(`${name}.*限授权区域`, "s"))),
  );
  await page.getByRole("checkbox", { name: /地下管线/ }).click();
  await page.waitForFunction(() => window.__atlas_map!.renderedFeatures().some((one) => one.source_layer === "pipes"));
  expect((await drawnNames(page, "key_units")).length).toBeGreaterThan(0);
});

test("a wrong password says so and what comes next; the right one still gets in", async () => {
  const page = await openPage("/sign-in", { as: null, expectTrouble: true });
  await page.getByLabel("登录名").fill("planner");
  await page.getByLabel("密码", { exact: true }).fill("Wrong-Guess-1");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").waitFor();
  expect(await page.getByRole("alert").innerText()).toMatch(/不正确/);
  expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).name)).toBe("password");
  expect(await findBarriers(page)).toEqual([]);
  await page.keyboard.type("Demo-Atlas-26");
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.pathname === "/");
  await page.getByRole("button", { name: /账号菜单/ }).waitFor();
});

test.each(["//example.org/", "https://example.org/", "/\\example.org", "javascript:alert(1)", "/sign-in"])(
  "after signing in nobody is sent to «%s»",
  async (to) => {
    const page = await openPage(`/sign-in?to=${encodeURIComponent(to)}`, { as: null });
    await chooseDemo(page, "规划员");
    await page.getByRole("button", { name: /账号菜单/ }).waitFor();
    expect(new URL(page.url()).pathname).toBe("/");
  },
);

test("signing out takes the guarded layers off the map, out of the list and out of the addresses of tiles", async () => {
  const page = await openPage("/", { as: null });
  await page.context().addCookies(await beginSession("fire"));
  await page.goto(new URL(`/?${near}&panel=layers&layers=pipes`, page.url()).href);
  await mapAtRest(page);
  expect((await drawnGuarded(page)).length).toBeGreaterThan(0);
  const tag = (): Promise<string | null> =>
    page.evaluate(() => {
      const source = window.__atlas_map!.style().sources.points as { tiles: string[] };
      return new URL(source.tiles[0]!.replaceAll(/[{}]/g, "")).searchParams.get("reader");
    });
  const before = await tag();
  await page.getByRole("button", { name: /账号菜单/ }).click();
  expect(await findBarriers(page)).toEqual([]);
  await page.getByRole("menuitem", { name: "退出登录" }).click();
  await page.getByRole("link", { name: "登录" }).waitFor();
  await mapAtRest(page);
  expect(await drawnGuarded(page)).toEqual([]);
  expect((await listed(page)).join()).not.toMatch(/重点单位|管线/);
  expect(await tag()).not.toBe(before);
  expect(await page.locator(".offline-bar").count()).toBe(0);
});

test("a session that ended elsewhere says so, shows the public edition, and leads back in to the same place", async () => {
  const page = await openPage("/", { as: null, expectTrouble: true });
  await page.context().addCookies(await beginSession("fire"));
  const place = `/?${near}&sel=key_unit:1`;
  await page.goto(new URL(place, page.url()).href);
  await page.locator(".contact").first().waitFor();
  await mapAtRest(page);
  // Another tab signs out.
  await page.evaluate(async () => {
    await fetch("/api/session", { method: "DELETE" });
    new BroadcastChannel("grid-atlas-session").postMessage("changed");
  });
  await page.getByText("登录已结束").waitFor();
  await page.locator(".panel-title", { hasText: "无权查看" }).waitFor();
  await mapAtRest(page);
  expect(await drawnGuarded(page)).toEqual([]);
  expect(await findBarriers(page)).toEqual([]);
  await keepPicture(page, "session-ended");
  await page.getByRole("link", { name: "重新登录" }).click();
  await chooseDemo(page, "消防联络员");
  await page.locator(".contact").first().waitFor();
  expect(page.url()).toContain("sel=key_unit:1");
});

test("a token of tiles that is refused is renewed by itself, and the map goes on", async () => {
  const page = await openMap("/?map=13.4/33.59550/121.38700", { expectTrouble: true });
  const { hostname } = new URL(page.url());
  await page.context().addCookies([{ name: "grid_atlas_scope", value: "not.a.token", domain: hostname, path: "/" }]);
  await page.evaluate(() => window.__atlas_map!.setCamera({ zoom: 16.5, lat: 33.5955, lng: 121.387 }));
  await page.waitForFunction(
    () => window.__atlas_map!.renderedFeatures().some(({ source_layer }) => source_layer === "key_units"),
    null,
    { timeout: 60_000 },
  );
  expect(await page.locator(".banner").count()).toBe(0);
});

test("a masked phone is shown in full with one click, ready to be called and copied", async () => {
  const page = await openMap(`/?sel=key_unit:1&${near}`, { context: { permissions: ["clipboard-write"] } });
  const line = page.locator(".contact", { hasText: "消防安全责任人" });
  expect(await line.innerText()).toMatch(/\*{4}/);
  await line.getByRole("button", { name: /^显示.*电话$/ }).click();
  const call = line.getByRole("link");
  expect(await call.getAttribute("href")).toMatch(/^tel:\d{7,}$/);
  expect(await line.innerText()).not.toContain("*");
  await line.getByRole("button", { name: "复制" }).click();
  expect(await findBarriers(page)).toEqual([]);
  await keepPicture(page, "phone-shown");
});

test("a worker sees key units of the own grid without their level, in one quiet line", async () => {
  const page = await openMap("/?panel=layers", { as: "worker" });
  expect((await listed(page)).join()).not.toContain("地下管线");
  expect((await listed(page)).join()).toContain("消防安全重点单位");
});

test("what of a building is not shown stands in one quiet line", async () => {
  const page = await openPage("/", { as: null });
  const id = await page.evaluate(async () => {
    const { hits } = await (await fetch("/api/search?q=慧泽家园&limit=50")).json();
    return hits.find(({ kind }: { kind: string }) => kind === "building")?.key as string | undefined;
  });
  await page.goto(new URL(`/?sel=building:${id ?? "1"}&${near}`, page.url()).href);
  await page.locator(".hidden-facts").waitFor();
  expect(await page.locator(".hidden-facts").innerText()).toMatch(/^无权查看：.*户数.*人口/);
});

test("a wall sees no phone at all", async () => {
  const page = await openMap("/?sel=area:governance:900102001002010&map=15.2/33.59550/121.38700", { as: "wall" });
  await page.locator('.details [data-state="ready"]').waitFor();
  expect(await page.locator(".contact").count()).toBe(0);
  expect(await page.locator('a[href^="tel:"]').count()).toBe(0);
});
