import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import type { CheckReport, CheckWarning } from "../../data/schema/check.ts";
import type { Position } from "../../data/schema/geometry.ts";
import type { PlanCheck, PlanDetail } from "../../data/schema/plan.ts";
import { keepPicture, withBrowser } from "./browser.ts";
import { findBarriers } from "./page_checks.ts";
import { type OwnCommunity, startOwnCommunity } from "./own_community.ts";
import { PlanHand } from "./plan_hand.ts";

withBrowser();

let city: OwnCommunity;

beforeAll(async () => {
  city = await startOwnCommunity("tools", inject("database_url"));
}, 120_000);
afterAll(() => city?.stop());

/** 慧泽社区 */
const community = "900102001001";
/** In an estate of 慧泽16 that lies beside 慧泽20, between its buildings. */
const estate: Position = [121.39353909713054, 33.59388351469376];

const sync = (page: Page, state: string) => page.locator(`.sync-note[data-sync="${state}"]`).waitFor();

async function begin(name: string, from: object = { kind: "edition" }): Promise<string> {
  const body = { name, network: "governance", area: community, from };
  return (await city.askAs<{ id: string }>("planner", "/api/plans", body)).id;
}

/** The division in force as a file in which one grid gave way: between 慧泽05 and 慧泽16 lies a gap. */
async function aFileWithGap(): Promise<object> {
  const { areas } = await city.askAs<PlanDetail>("planner", `/api/plans/${await begin("现状")}`);
  const grids = areas.filter(({ level }) => level === Math.max(...areas.map((area) => area.level)));
  const shape = (name: string) =>
    (grids.find(({ short_name }) => short_name === name)!.geometry as { coordinates: Position[][][] }).coordinates[0]!;
  const [ring, other] = [shape("慧泽05")[0]!, shape("慧泽16")[0]!];
  const shared = new Set(other.map(String));
  const at = ring.findIndex((each, i) => i > 0 && shared.has(String(each)) && shared.has(String(ring[i - 1])));
  const [a, b] = [ring[at - 1]!, ring[at]!];
  const middle: Position = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  const centre = ring.reduce((sum, each) => [sum[0] + each[0] / ring.length, sum[1] + each[1] / ring.length], [0, 0]);
  // a seventh of the way to the middle of the grid
  const given: Position = [middle[0] + (centre[0]! - middle[0]) / 7, middle[1] + (centre[1]! - middle[1]) / 7];
  ring.splice(at, 0, given);
  const features = grids.map(({ geometry, code, name }) => ({
    type: "Feature",
    properties: { code, name },
    geometry,
  }));
  const json = { type: "FeatureCollection", features };
  return { kind: "file", json, crs: "EPSG:4490", name_field: "name", code_field: "code" };
}

/** One reason for each kind of warning that is left. */
async function answerAll(id: string): Promise<void> {
  const { warnings } = await city.askAs<PlanCheck>("planner", `/api/plans/${id}/check`);
  const open = warnings.filter(({ reason }: CheckWarning) => reason === null);
  for (const kind of new Set(open.map((warning) => warning.kind))) {
    const keys = open.filter((warning) => warning.kind === kind).map(({ key }) => key);
    await city.askAs("planner", `/api/plans/${id}/check/reasons`, { kind, keys, text: "试划，按现状保留" });
  }
}

test("a community is redrawn, from a planted fault to the published edition", async () => {
  const name = `慧泽社区 试划 ${Date.now() % 100_000}`;
  const id = await begin(name, await aFileWithGap());
  const page = await city.openAs("planner", "/planner", { size: [1280, 800], expectTrouble: true });
  const hand = new PlanHand(city, page, id);
  await hand.open();
  const { revision: first } = (await hand.read()).plan;
  let revision = first;
  const began = await hand.geometry();

  // the planted fault: next issue, its mend as a ghost, Enter
  await page.locator(".plan-issue", { hasText: "空隙" }).waitFor();
  await hand.press("]", "f");
  await hand.waits();
  await keepPicture(page, "planner-mend");
  await hand.press("Enter");
  await hand.saved(++revision);
  await expect.poll(() => page.locator(".plan-issue", { hasText: "空隙" }).count()).toBe(0);
  await hand.wholePlan();

  // a border along the road: two clicks
  await hand.take("r", "trace");
  const shared = hand.border("慧泽14", "慧泽18");
  await hand.click(shared[0]!);
  await hand.click(shared.at(-1)!);
  await hand.waits();
  await keepPicture(page, "planner-trace");
  await hand.press("Enter");
  await hand.saved(++revision);

  // a grid is cut: two clicks on its border, one on the grid
  await hand.take("v", "select");
  await hand.click(hand.inside("慧泽01"));
  await hand.take("x", "split");
  for (const end of hand.across("慧泽01")) await hand.click(end);
  await hand.waits();
  expect(await page.locator(".code-choice select").inputValue()).toBe("more");
  await keepPicture(page, "planner-split");
  await hand.press("Enter");
  await hand.saved(++revision);
  await hand.look();

  // a vertex of a border is dragged: both sides follow
  await hand.take("b", "border");
  const border = hand.border("慧泽10", "慧泽16");
  const vertex = border[border.length >> 1]!;
  await hand.click(vertex);
  await hand.drag(vertex, [14, 9]);
  await hand.saved(++revision);
  await hand.look();
  expect(hand.border("慧泽10", "慧泽16")).not.toContainEqual(vertex);

  // an estate goes to the neighbour
  await hand.take("t", "give");
  await hand.click(estate);
  await page.locator(".tool-hint", { hasText: "慧泽新村" }).waitFor();
  await hand.click(hand.inside("慧泽20"));
  await hand.waits();
  await keepPicture(page, "planner-give");
  await hand.press("Enter");
  await hand.saved(++revision);
  const drawn = await hand.geometry();

  // all of it back, and there again, to the last digit
  const steps = revision - first;
  await hand.press(...Array.from({ length: steps }, () => "Control+z"));
  revision += steps;
  await hand.saved(revision);
  expect(await hand.geometry()).toBe(began);
  await hand.press(...Array.from({ length: steps }, () => "Control+y"));
  revision += steps;
  await hand.saved(revision);
  expect(await hand.geometry()).toBe(drawn);

  // the connection goes and comes back; what was drawn meanwhile arrives
  const context = page.context();
  await context.setOffline(true);
  await hand.take("v", "select");
  await hand.click(hand.inside("慧泽24"));
  await hand.click(hand.inside("慧泽26"), { shift: true });
  await hand.take("m", "merge");
  await hand.waits();
  await hand.press("Enter");
  await sync(page, "offline");
  await context.setOffline(false);
  await hand.saved(++revision);
  await hand.look();

  // a colleague merges what is being cut here: both versions, and a choice
  await context.setOffline(true);
  await hand.take("v", "select");
  await hand.click(hand.inside("慧泽03"));
  await hand.take("x", "split");
  for (const end of hand.across("慧泽03")) await hand.click(end);
  await hand.waits();
  await hand.press("Enter");
  await sync(page, "offline");
  const merge = { op: "merge", keep: hand.area("慧泽07").id, areas: [hand.area("慧泽03").id] };
  await city.askAs("planner", `/api/plans/${id}/operations`, merge, { "if-match": `"${revision}"` });
  await context.setOffline(false);
  await sync(page, "conflict");
  expect(await findBarriers(page)).toEqual([]);
  await page.getByRole("button", { name: "采用对方" }).click();
  await hand.saved(++revision);

  // submitted here, approved and published by somebody else
  await answerAll(id);
  await page.reload();
  await hand.saved();
  await page.getByRole("button", { name: "送审", exact: true }).click();
  await page.locator(".form-buttons .button-primary").click();
  await page.locator('.plan-tag[data-status="submitted"]').waitFor();
  const edition = await approveAndPublish(id, name);
  const report = await city.askAs<CheckReport>(
    "planner",
    `/api/areas/governance:${community}/check?edition=${edition}`,
  );
  expect(report.faults).toEqual([]);
});

async function approveAndPublish(id: string, name: string): Promise<number> {
  const page = await city.openAs("approver", `/planner/${id}`, { size: [1280, 800] });
  // the difference comes into view, and the decision below it
  await page.getByRole("button", { name: "通过", exact: true }).click();
  await page.locator(".decision .button-primary").click();
  await page.locator('.plan-tag[data-status="approved"]').waitFor();
  await page.getByRole("button", { name: "发布…" }).click();
  const next = page.getByRole("button", { name: "下一步" });
  await next.click();
  await next.click();
  await page.getByLabel(/^输入方案名称/).fill(name);
  await page.getByRole("button", { name: "发布", exact: true }).click();
  const done = page.getByText(/^已发布为版次 \d+/);
  await done.waitFor();
  return Number(/\d+/.exec((await done.textContent())!)![0]);
}

test("a session that ends in the middle loses nothing: signed in again, what waited arrives", async () => {
  const id = await begin("登录中断");
  const page = await city.openAs("planner", "/planner", { size: [1280, 800], expectTrouble: true });
  const hand = new PlanHand(city, page, id);
  await hand.open();
  await page.context().clearCookies();
  await hand.click(hand.inside("慧泽12"));
  await hand.click(hand.inside("慧泽13"), { shift: true });
  await hand.take("m", "merge");
  await hand.waits();
  await hand.press("Enter");
  await page.locator('.offline-bar[data-state="signed_out"]').waitFor();
  await sync(page, "offline");
  await page.getByRole("link", { name: "重新登录" }).click();
  await page.locator("form input").first().fill("planner");
  await page.locator("form input[type=password]").fill("Demo-Atlas-26");
  await page.keyboard.press("Enter");
  await hand.saved(1);
});

const operations = process.env.QUALITY === "1" ? 200 : 40;
const seed = Number(process.env.SEED ?? 20_261_124);

/** Mulberry32: the same hand for the same seed. */
function randomHand(state: number): () => number {
  let a = state;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

test(
  "whatever a hand does by pointer and keys leaves no gap or overlap, and undo brings back every digit",
  async () => {
    const id = await begin(`随手 ${seed}`);
    const page = await city.openAs("planner", "/planner", { size: [1024, 700] });
    const hand = new PlanHand(city, page, id);
    const began = await hand.geometry();
    await hand.open();
    const random = randomHand(seed);
    const oneOf = <Thing>(things: readonly Thing[]): Thing => things[Math.floor(random() * things.length)]!;
    const done: Record<string, number> = {};
    for (let i = 0; i < operations; i++) {
      await hand.look();
      const [a, b] = oneOf(hand.neighbours());
      const act = oneOf(["drag", "drag", "drag", "split", "merge", "give", "draw", "undo", "redo"] as const);
      const before = await hand.revision();
      switch (act) {
        case "drag": {
          await hand.take("b", "border");
          const vertex = oneOf(hand.border(a, b));
          await hand.click(vertex);
          await hand.drag(vertex, [Math.round(random() * 60 - 30), Math.round(random() * 60 - 30)]);
          break;
        }
        case "split":
          await hand.take("v", "select");
          await hand.click(hand.inside(a));
          await hand.take("x", "split");
          for (const end of hand.across(a)) await hand.click(end);
          break;
        case "merge":
          await hand.take("v", "select");
          await hand.click(hand.inside(a));
          await hand.click(hand.inside(b), { shift: true });
          await hand.take("m", "merge");
          break;
        case "give":
          await hand.take("t", "give");
          await hand.click(hand.inside(a));
          await hand.click(hand.inside(b));
          break;
        case "draw": {
          await hand.take("d", "draw");
          const [x, y] = await hand.pixel(hand.inside(a));
          const size = 10 + random() * 50;
          const corners = [
            [-1, -1],
            [1, -1],
            [1, 1],
            [-1, 1],
            [-1, -1],
          ] as const;
          for (const [east, south] of corners) await page.mouse.click(x + east * size, y + south * size);
          break;
        }
        case "undo":
          await hand.press("Control+z");
          break;
        case "redo":
          await hand.press("Control+y");
          break;
      }
      if (await hand.isWaiting()) await hand.press("Enter");
      // what it began and did not finish
      await hand.press("Escape", "Escape", "Escape", "Escape", "Escape", "Escape");
      await hand.saved();
      if ((await hand.revision()) !== before) done[act] = (done[act] ?? 0) + 1;
    }
    const { faults } = await city.askAs<PlanCheck>("planner", `/api/plans/${id}/check`);
    expect(faults).toEqual([]);
    const { can_undo } = (await hand.read()).plan;
    // a hand that did nothing would prove nothing
    expect(can_undo, JSON.stringify(done)).toBeGreaterThan(operations / 8);
    await hand.press(...Array.from({ length: can_undo }, () => "Control+z"));
    await expect.poll(async () => (await hand.read()).plan.can_undo, { timeout: 60_000 }).toBe(0);
    await hand.saved();
    expect(await hand.geometry()).toBe(began);
  },
  operations * 6_000,
);
