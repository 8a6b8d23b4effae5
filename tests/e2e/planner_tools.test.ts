import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { CheckReport, CheckWarning } from "../../data/schema/check.ts";
import type { Position } from "../../data/schema/geometry.ts";
import type { PlanCheck } from "../../data/schema/plan.ts";
import { keepPicture, openPage, withBrowser } from "./browser.ts";
import { findBarriers } from "./page_checks.ts";
import { askAs, geometryOf, PlanHand, readDraft } from "./plan_hand.ts";

withBrowser();

/** 紫荆社区: six grids of which no other test knows. */
const community = "900102001005";

/** In 东方家园, between its buildings: it lies in 紫荆05, beside 紫荆02. */
const estate: Position = [121.415479, 33.599405];

/** In force long after every test: the city stays as the other files know it. */
const day = "2031-01-01";

const sync = (page: Page, state: string) => page.locator(`.sync-note[data-sync="${state}"]`).waitFor();

async function begin(name: string, from: object = { kind: "edition" }): Promise<string> {
  const body = { name, network: "governance", area: community, from };
  return (await askAs<{ id: string }>("planner", "/api/plans", body)).id;
}

/** The division in force as a file in which one grid gave way: between 紫荆02 and 紫荆05 lies a gap. */
async function aFileWithGap(): Promise<object> {
  const { areas } = await readDraft(await begin("紫荆 现状"));
  const grids = areas.filter(({ level }) => level === Math.max(...areas.map((area) => area.level)));
  const shape = (name: string) =>
    (grids.find(({ short_name }) => short_name === name)!.geometry as { coordinates: Position[][][] }).coordinates[0]!;
  const [ring, other] = [shape("紫荆05")[0]!, shape("紫荆02")[0]!];
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
  const { warnings } = await askAs<PlanCheck>("planner", `/api/plans/${id}/check`);
  const open = warnings.filter(({ reason }: CheckWarning) => reason === null);
  for (const kind of new Set(open.map((warning) => warning.kind))) {
    const keys = open.filter((warning) => warning.kind === kind).map(({ key }) => key);
    await askAs("planner", `/api/plans/${id}/check/reasons`, { kind, keys, text: "试划，按现状保留" });
  }
}

test("a community is redrawn, from a planted fault to the published edition", async () => {
  const name = `紫荆社区 试划 ${Date.now() % 100_000}`;
  const id = await begin(name, await aFileWithGap());
  const page = await openPage("/planner", { as: "planner", size: [1280, 800], expectTrouble: true });
  const hand = new PlanHand(page, id);
  await hand.open();
  const { revision: first } = (await readDraft(id)).plan;
  let revision = first;
  const began = await geometryOf(id);

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
  const shared = hand.border("紫荆01", "紫荆04");
  await hand.click(shared[0]!);
  await hand.click(shared.at(-1)!);
  await hand.waits();
  await keepPicture(page, "planner-trace");
  await hand.press("Enter");
  await hand.saved(++revision);

  // a grid is cut: two clicks on its border, one on the grid
  await hand.take("v", "select");
  await hand.click(hand.inside("紫荆05"));
  await hand.take("x", "split");
  for (const end of hand.across("紫荆05")) await hand.click(end);
  await hand.waits();
  expect(await page.locator(".code-choice select").inputValue()).toBe("more");
  await keepPicture(page, "planner-split");
  await hand.press("Enter");
  await hand.saved(++revision);
  await hand.look();

  // a vertex of a border is dragged: both sides follow
  await hand.take("b", "border");
  const border = hand.border("紫荆01", "紫荆02");
  const vertex = border[border.length >> 1]!;
  await hand.click(vertex);
  await hand.drag(vertex, [14, 9]);
  await hand.saved(++revision);
  await hand.look();
  expect(hand.border("紫荆01", "紫荆02")).not.toContainEqual(vertex);

  // an estate goes to the neighbour
  await hand.take("t", "give");
  await hand.click(estate);
  await page.locator(".tool-hint", { hasText: "东方家园" }).waitFor();
  await hand.click(hand.inside("紫荆02"));
  await hand.waits();
  await keepPicture(page, "planner-give");
  await hand.press("Enter");
  await hand.saved(++revision);
  const drawn = await geometryOf(id);

  // all of it back, and there again, to the last digit
  const steps = revision - first;
  await hand.press(...Array.from({ length: steps }, () => "Control+z"));
  await hand.saved((revision += steps));
  expect(await geometryOf(id)).toBe(began);
  await hand.press(...Array.from({ length: steps }, () => "Control+y"));
  await hand.saved((revision += steps));
  expect(await geometryOf(id)).toBe(drawn);

  // the connection goes and comes back; what was drawn meanwhile arrives
  const context = page.context();
  await context.setOffline(true);
  await hand.take("v", "select");
  await hand.click(hand.inside("紫荆04"));
  await hand.click(hand.inside("紫荆06"), { shift: true });
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
  await hand.click(hand.inside("紫荆01"));
  await hand.take("x", "split");
  for (const end of hand.across("紫荆01")) await hand.click(end);
  await hand.waits();
  await hand.press("Enter");
  await sync(page, "offline");
  const merge = { op: "merge", keep: hand.area("紫荆02").id, areas: [hand.area("紫荆01").id] };
  await askAs("planner", `/api/plans/${id}/operations`, merge, { "if-match": `"${revision}"` });
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
  await page.getByLabel("生效日期").fill(day);
  await page.locator(".form-buttons .button-primary").click();
  await page.locator('.plan-tag[data-status="submitted"]').waitFor();
  const edition = await approveAndPublish(id, name);
  const report = await askAs<CheckReport>("planner", `/api/areas/governance:${community}/check?edition=${edition}`);
  expect(report.faults).toEqual([]);
});

async function approveAndPublish(id: string, name: string): Promise<number> {
  const page = await openPage(`/planner/${id}`, { as: "approver", size: [1280, 800] });
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
