import type { MultiPolygon, Position } from "../../data/schema/geometry.ts";
import type { PlanArea } from "../../data/schema/plan.ts";
import { isInRing } from "../../data/measure/in_ring.ts";
import { poleOf } from "../../data/measure/pole.ts";
import { type EditorPage, openBrowser } from "./editor_page.ts";
import { type EditorServer, polygonsOf, proveCoverage, serveEditor, withCluster } from "./editor_server.ts";
import { atLeast, atMost, type Figure, median, report, told } from "./report.ts";

/**
 * The plan editor in Chromium with software rendering, the built server and the demo on PostGIS, at 1440 × 900: a plan
 * of the whole district (some 400 lowest areas, 9,752 buildings) and, unless `--district`, of the whole city (12,000
 * grids). The community that is edited fills the map in both. Answers are proved by the coverage checker at the end.
 * Uses `dist`, so `npm run build` comes first. What is counted stands at `EditorPage`.
 */
const openings = 5;
const rounds = 5;
const operations = 500;
/** The community that is edited, in both demos. */
const community = { district: "900102001003", city: "" };

const limits = { opening: 1_500, work: 8, rate: 0.667, seen: 200, memory: 30 };

const figures: Figure[] = await withCluster(async (cluster) => {
  const all: Figure[] = [];
  for (const size of process.argv.includes("--district") ? (["district"] as const) : (["district", "city"] as const)) {
    const server = await serveEditor(cluster, size);
    try {
      all.push(...(await measure(server, size)));
    } finally {
      await server.stop();
    }
  }
  return all;
});
report("editor", figures);

async function measure(server: EditorServer, size: "district" | "city"): Promise<Figure[]> {
  const plan = await server.begin(`bench ${size}`);
  const before = await server.areas(plan);
  const grids = leaves(before);
  const what = `${grids.length.toLocaleString("en")} grids`;
  const browser = await openBrowser(server);
  try {
    const { page, figures } = await measureOpening(browser, plan, size, what);
    await page.look(placeToEdit(before, size));
    figures.push(...(await measureDrag(page, grids, what)));
    figures.push(...(await measureSplits(page, grids, what)));
    if (size === "district") figures.push(await measureMemory(page, grids, what));
    await page.saved();
    const after = await server.areas(plan);
    proveCoverage(after);
    if (leaves(after).length !== grids.length) throw new Error("what was split was not merged again");
    return figures;
  } finally {
    await browser.close();
  }
}

async function measureOpening(
  browser: Awaited<ReturnType<typeof openBrowser>>,
  plan: string,
  size: "district" | "city",
  what: string,
): Promise<{ page: EditorPage; figures: Figure[] }> {
  let page = await browser.open(plan);
  const first = page.opened;
  const times: number[] = [];
  for (let i = 0; i < (size === "district" ? openings : 1); i++) {
    await page.close();
    page = await browser.open(plan);
    times.push(page.opened);
  }
  const name = `${what}: opened, from navigation until drawn and in hand`;
  return {
    page,
    figures: [
      told(`${name}, new browser`, first, "ms"),
      size === "district"
        ? atMost(`${name}, median of ${times.length}`, median(times), "ms", limits.opening)
        : told(name, median(times), "ms"),
    ],
  };
}

async function measureDrag(page: EditorPage, grids: readonly PlanArea[], what: string): Promise<Figure[]> {
  const { border, vertex } = await aMiddleVertex(page, grids);
  const panned = await page.pan();
  const dragged = await page.dragVertex(border, vertex);
  return [
    atMost(`${what}: own work a frame while a vertex is dragged, median`, median(dragged.work), "ms", limits.work),
    told(`${what}: the same, p95`, percentile(dragged.work, 0.95), "ms"),
    told(`${what}: frames a second, map panned`, panned.rate, "Hz"),
    told(`${what}: frames a second, vertex dragged`, dragged.rate, "Hz"),
    atLeast(`${what}: dragged against panned`, dragged.rate / panned.rate, "", limits.rate),
  ];
}

async function measureSplits(page: EditorPage, grids: readonly PlanArea[], what: string): Promise<Figure[]> {
  const inView = await page.inView(grids.map((area) => ({ area, at: poleOf(polygonsOf(area)) })));
  const splits: number[] = [];
  const merges: number[] = [];
  for (const { area, at } of inView.slice(0, rounds)) {
    const [west, east, south, north] = crossThrough(polygonsOf(area), at);
    splits.push(await page.split(at, west, east));
    merges.push(await page.merge(between(at, south), between(at, north)));
  }
  if (splits.length < rounds) throw new Error("too few grids are in view");
  return [
    atMost(`${what}: split seen, from Enter, median of ${rounds}`, median(splits), "ms", limits.seen),
    told(`${what}: the slowest of them`, Math.max(...splits), "ms"),
    atMost(`${what}: merge seen, from Enter, median of ${rounds}`, median(merges), "ms", limits.seen),
    told(`${what}: the slowest of them`, Math.max(...merges), "ms"),
  ];
}

async function measureMemory(page: EditorPage, grids: readonly PlanArea[], what: string): Promise<Figure> {
  const { border, vertex } = await aMiddleVertex(page, grids);
  const grown = await page.nudge(border, vertex, operations);
  return atMost(`${what}: heap grown over the last 400 of ${operations} operations`, grown, "MB", limits.memory);
}

function leaves(areas: readonly PlanArea[]): PlanArea[] {
  const parents = new Set(areas.map(({ parent_id }) => parent_id));
  return areas.filter(({ id }) => !parents.has(id));
}

/** The box of the community: in the city the one with most grids of the middle. */
function placeToEdit(areas: readonly PlanArea[], size: "district" | "city"): [number, number, number, number] {
  const counts = new Map<string, number>();
  for (const { parent_id } of leaves(areas)) if (parent_id) counts.set(parent_id, (counts.get(parent_id) ?? 0) + 1);
  const named = areas.find(({ code }) => code === community[size]);
  const chosen = named ?? areas.filter(({ id }) => counts.get(id) === 13)[0]!;
  const xs = polygonsOf(chosen).flatMap((polygon) => polygon[0]!.filter((_, i) => i % 2 === 0));
  const ys = polygonsOf(chosen).flatMap((polygon) => polygon[0]!.filter((_, i) => i % 2 === 1));
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

/** A vertex in the middle of a border between two grids in view, and a place on the same border beside it. */
async function aMiddleVertex(
  page: EditorPage,
  grids: readonly PlanArea[],
): Promise<{ border: Position; vertex: Position }> {
  const users = new Map<string, Set<string>>();
  const inView = new Set(
    (await page.inView(grids.map((area) => ({ area, at: poleOf(polygonsOf(area)) })))).map(({ area }) => area.id),
  );
  for (const area of grids) {
    if (!inView.has(area.id)) continue;
    for (const ring of polygonsOf(area).flat()) {
      for (let i = 0; i + 2 < ring.length; i += 2) {
        const key = `${ring[i]} ${ring[i + 1]}`;
        users.set(key, new Set([...(users.get(key) ?? []), area.id]));
      }
    }
  }
  const isShared = (at: Position, pair: string) => [...(users.get(at.join(" ")) ?? [])].sort().join() === pair;
  for (const area of grids) {
    if (!inView.has(area.id)) continue;
    for (const ring of polygonsOf(area).flat()) {
      for (let i = 4; i + 6 < ring.length; i += 2) {
        const [before, here, after] = [-2, 0, 2].map((by): Position => [ring[i + by]!, ring[i + by + 1]!]) as [
          Position,
          Position,
          Position,
        ];
        const owners = [...(users.get(here.join(" ")) ?? [])].sort();
        const pair = owners.join();
        if (owners.length !== 2 || !isShared(before, pair) || !isShared(after, pair)) continue;
        const far = await page.apart(here, after);
        if (far > 30) return { border: between(here, after), vertex: here };
      }
    }
  }
  throw new Error("no border with a vertex in its middle is in view");
}

/** Where lines through a place meet the outline: to the west, east, south and north of it. */
function crossThrough(polygons: MultiPolygon, at: Position): [Position, Position, Position, Position] {
  if (!polygons.some(([ring]) => isInRing(ring!, ...at))) throw new Error("the place is not inside");
  const along = (axis: 0 | 1): [number, number] => {
    const found: number[] = [];
    const [here, level] = [at[axis], at[1 - axis]!];
    for (const ring of polygons.flat()) {
      for (let i = 0; i + 3 < ring.length; i += 2) {
        const [a, b] = [ring.slice(i, i + 2), ring.slice(i + 2, i + 4)] as [number[], number[]];
        const [from, to] = [a[1 - axis]!, b[1 - axis]!];
        if (from > level !== to > level) found.push(a[axis]! + ((level - from) / (to - from)) * (b[axis]! - a[axis]!));
      }
    }
    return [Math.max(...found.filter((x) => x < here)), Math.min(...found.filter((x) => x > here))];
  };
  const [[west, east], [south, north]] = [along(0), along(1)];
  return [
    [west, at[1]],
    [east, at[1]],
    [at[0], south],
    [at[0], north],
  ];
}

function between(a: Position, b: Position): Position {
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
}

function percentile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? 0;
}
