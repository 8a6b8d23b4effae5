import type { Page } from "playwright-core";
import { poleOf } from "../../data/measure/pole.ts";
import type { Position } from "../../data/schema/geometry.ts";
import type { PlanArea, PlanDetail } from "../../data/schema/plan.ts";
import { mapAtRest } from "./browser.ts";
import type { OwnCommunity } from "./own_community.ts";

const exterior = ({ geometry }: PlanArea): Position[] =>
  (geometry as { coordinates: Position[][][] }).coordinates[0]![0]!;

/** A real pointer and real keys on the map of an open plan. */
export class PlanHand {
  readonly page: Page;
  readonly id: string;
  readonly #city: OwnCommunity;
  #areas: PlanArea[] = [];

  constructor(city: OwnCommunity, page: Page, id: string) {
    this.#city = city;
    this.page = page;
    this.id = id;
  }

  /** The draft as the server has it. */
  read(): Promise<PlanDetail> {
    return this.#city.askAs("planner", `/api/plans/${this.id}`);
  }

  /** Borders of all areas, to the last digit. */
  async geometry(): Promise<string> {
    const { areas } = await this.read();
    return JSON.stringify(areas.map(({ geometry, id }) => [id, geometry]).sort());
  }

  /** Opens the plan, and waits until its map is drawn and nothing waits to be saved. */
  async open(query = ""): Promise<void> {
    await this.page.goto(`${this.#city.origin}/planner/${this.id}${query}`);
    await this.saved();
    await mapAtRest(this.page);
    await this.look();
  }

  /** Reads the draft anew: where things are clicked follows it. */
  async look(): Promise<void> {
    this.#areas = (await this.read()).areas;
  }

  area(name: string): PlanArea {
    const found = this.#areas.find(({ short_name }) => short_name === name);
    if (!found) throw new Error(`no area ${name} in the draft`);
    return found;
  }

  /** A position well inside a grid. */
  inside(name: string): Position {
    const { coordinates } = this.area(name).geometry as { coordinates: Position[][][] };
    return poleOf(coordinates.map((rings) => rings.map((ring) => ring.flat())));
  }

  /** The longest run of vertices that two grids share, in the order of the first one's border. */
  border(a: string, b: string): Position[] {
    const others = new Set(exterior(this.area(b)).map(String));
    const ring = exterior(this.area(a)).slice(0, -1);
    const start = Math.max(
      0,
      ring.findIndex((at) => !others.has(String(at))),
    );
    const turned = [...ring.slice(start), ...ring.slice(0, start)];
    let [best, run]: [Position[], Position[]] = [[], []];
    for (const at of turned) {
      run = others.has(String(at)) ? [...run, at] : [];
      if (run.length > best.length) best = run;
    }
    return best;
  }

  /** Pairs of lowest grids that share a stretch of border. */
  neighbours(): [string, string][] {
    const lowest = this.#areas.filter(({ id }) => !this.#areas.some(({ parent_id }) => parent_id === id));
    const names = lowest.map(({ short_name }) => short_name);
    return names.flatMap((a) =>
      names.flatMap((b): [string, string][] => (a !== b && this.border(a, b).length > 1 ? [[a, b]] : [])),
    );
  }

  /** That the page shows. */
  async revision(): Promise<number> {
    return Number(/\d+$/.exec((await this.page.locator(".plan-tag").first().textContent())!)![0]);
  }

  isWaiting(): Promise<boolean> {
    return this.page.locator(".confirm-bar").isVisible();
  }

  /** Where a line from west to east through the middle of a grid crosses its border. */
  across(name: string): [Position, Position] {
    const lat = this.inside(name)[1];
    const ring = exterior(this.area(name));
    const crossings = ring.flatMap((a, i): Position[] => {
      const b = ring[i + 1];
      if (!b || a[1] > lat === b[1] > lat) return [];
      return [[a[0] + ((lat - a[1]) / (b[1] - a[1])) * (b[0] - a[0]), lat]];
    });
    crossings.sort((a, b) => a[0] - b[0]);
    return [crossings[0]!, crossings.at(-1)!];
  }

  async pixel(at: Position): Promise<[number, number]> {
    return this.page.evaluate((place) => {
      const box = document.querySelector(".map-canvas")!.getBoundingClientRect();
      const [x, y] = window.__atlas_map!.project(place);
      return [x + box.left, y + box.top];
    }, at);
  }

  async click(at: Position, { shift = false } = {}): Promise<void> {
    const [x, y] = await this.pixel(at);
    if (shift) await this.page.keyboard.down("Shift");
    await this.page.mouse.move(x, y);
    await this.page.mouse.click(x, y);
    if (shift) await this.page.keyboard.up("Shift");
  }

  /** Drags from a place by pixels, in steps as a hand does. */
  async drag(from: Position, [right, down]: [number, number]): Promise<void> {
    const [x, y] = await this.pixel(from);
    const { mouse } = this.page;
    await mouse.move(x, y);
    await mouse.down();
    for (let i = 1; i <= 8; i++) await mouse.move(x + (right * i) / 8, y + (down * i) / 8);
    await mouse.up();
  }

  /** The map shows all of the plan again. */
  async wholePlan(): Promise<void> {
    await this.page.getByRole("button", { name: "整个方案" }).click();
    await mapAtRest(this.page);
  }

  press(...keys: string[]): Promise<void> {
    return keys.reduce((before, key) => before.then(() => this.page.keyboard.press(key)), Promise.resolve());
  }

  /** Takes a tool by its key; it is in the hand when its button says so. */
  async take(key: string, tool: string): Promise<void> {
    await this.press(key);
    await this.page.locator(`[data-tool="${tool}"][aria-pressed="true"]`).waitFor();
  }

  /** What was done waits for Enter: the bar names it. */
  async waits(): Promise<void> {
    await this.page.locator(".confirm-bar").waitFor();
  }

  async saved(revision?: number): Promise<void> {
    if (revision !== undefined)
      await this.page.locator(".plan-tag", { hasText: new RegExp(`v${revision}$`) }).waitFor();
    await this.page.locator('.sync-note[data-sync="saved"]').waitFor();
  }
}
