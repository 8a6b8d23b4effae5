import type { Applied, Draft, DraftArea, Inverse } from "../../data/division/draft.ts";
import { openDraft } from "../../data/division/open_draft.ts";
import { areaOf } from "../../data/measure/area.ts";
import type { Ring } from "../../data/schema/geometry.ts";
import type { PlanArea, PlanChange, PlanDetail, PlanLog, PlanLogEntry } from "../../data/schema/plan.ts";
import type { PlanOperation } from "../../data/schema/plan_operation.ts";
import { problem } from "../../data/schema/problem.ts";
import { AnsweredProblem } from "../../web/api/client.ts";
import type { OpenedPlan } from "../../web/planner/open_plan.ts";
import type { PlanApi } from "../../web/planner/plan_sync.ts";
import { aDraftArea } from "./draft_division.ts";

const people = { me: { id: "7", display_name: "李文博" }, colleague: { id: "8", display_name: "王敏" } };

/** A square of side 0.002° with its lower left corner at column x, row y. */
function squareAt(x: number, y: number, width = 1, height = 1): Ring {
  const at = (column: number, row: number) =>
    [121.4 + column * 0.002, 33.6 + row * 0.002].map((v) => Math.round(v * 1e9) / 1e9);
  return [...at(x, y), ...at(x + width, y), ...at(x + width, y + height), ...at(x, y + height), ...at(x, y)];
}

/**
 * What a server does with one plan, without a network: four squares (ids 10–13, rows from below) in one community (1).
 * `reachable` false: no answer comes. `loseNextAnswer`: it is done, but nobody hears of it.
 */
export class PlanServer {
  reachable = true;
  loseNextAnswer = false;
  readonly posted: string[] = [];
  revision = 0;
  draft: Draft;
  #log: (PlanLogEntry & { inverse: Inverse; key: string | null })[] = [];

  constructor() {
    const areas = [
      aDraftArea({ id: "1", level: 1, code: "own", polygons: [[squareAt(0, 0, 2, 2)]] }),
      ...[0, 1, 2, 3].map((i) =>
        aDraftArea({
          ...{ id: `${10 + i}`, parent_id: "1", code: `c${i}`, short_name: `0${i + 1}` },
          polygons: [[squareAt(i % 2, Math.floor(i / 2))]],
        }),
      ),
    ];
    const opened = openDraft(areas, { top_id: "1" });
    if ("faults" in opened) throw new Error("the squares have faults");
    this.draft = opened;
  }

  /** A colleague does something. */
  act(operation: PlanOperation): void {
    this.#take(operation, null, people.colleague);
  }

  api(): PlanApi {
    return {
      detail: async () => this.#answer(this.detail()),
      logAfter: async (revision) => this.#answer(this.logAfter(revision)),
      operation: async (operation, revision, key) => {
        this.#reach();
        this.posted.push(operation.op);
        const known = this.#log.find((entry) => entry.key === key);
        if (known) return this.#answer(this.#change(known.changed, [], known.revision));
        this.#refuseStale(revision);
        return this.#answer(this.#take(operation, key, people.me));
      },
      turn: async (which, revision) => {
        this.#reach();
        this.posted.push(which);
        this.#refuseStale(revision);
        return this.#answer(this.#turn(which));
      },
    };
  }

  opened(): OpenedPlan {
    // one building of 100 households and 300 people in the middle of each square
    const at = [0, 1, 2, 3].flatMap((i) => [121.401 + (i % 2) * 0.002, 33.601 + Math.floor(i / 2) * 0.002]);
    const buildings = { at, households: [100, 100, 100, 100], people: [300, 300, 300, 300] };
    return { detail: this.detail(), buildings, waiting: [] };
  }

  detail(): PlanDetail {
    const can_undo = this.#log.filter(({ state }) => state === "done").length;
    const can_redo = this.#log.filter(({ state }) => state === "undone").length;
    return {
      plan: {
        ...{
          id: "5",
          name: "试划",
          network: "governance",
          network_name: "社区治理",
          base_edition: 1,
          current_edition: 1,
        },
        area: {
          id: "1",
          network: "governance",
          code: "own",
          name: "社区",
          short_name: "社区",
          level: 1,
          role: "community",
        },
        ...{ status: "draft", revision: this.revision, author: people.me, submitted_by: null, approved_by: null },
        ...{ reason: null, from_day: null, edition: null, can_undo, can_redo, bbox: null },
        ...{ made_at: "2026-11-24T08:00:00Z", changed_at: "2026-11-24T08:00:00Z", may: ["edit", "submit", "comment"] },
      },
      areas: this.draft.areas().map(planArea),
      profiles: [],
      given: this.#log.at(-1)?.inverse.given ?? 0,
      comments: [],
    };
  }

  logAfter(revision: number): PlanLog {
    const entries = this.#log
      .filter(({ state_since }) => state_since.revision > revision)
      .map(({ inverse: _inverse, key: _key, ...entry }) => entry);
    return { revision: this.revision, entries, next: null };
  }

  #reach(): void {
    if (!this.reachable) throw new TypeError("no connection");
  }

  #answer<T>(value: T): T {
    this.#reach();
    if (this.loseNextAnswer) {
      this.loseNextAnswer = false;
      throw new TypeError("the connection broke");
    }
    return value;
  }

  #refuseStale(revision: number): void {
    if (revision !== this.revision)
      throw new AnsweredProblem(problem("plan.stale", { detail: "有人先改了。", fix: "请查看。" }));
  }

  #take(operation: PlanOperation, key: string | null, by: PlanLogEntry["by"]): PlanChange {
    const applied = this.draft.apply(operation);
    if (!applied.ok)
      throw new AnsweredProblem(problem("plan.refused", { detail: "这一步做不了。", fix: "请换一种。" }));
    this.revision++;
    const changed = [...applied.changed.map(({ id }) => id), ...applied.removed];
    const at = "2026-11-24T08:00:00Z";
    this.#log = this.#log.map((entry) => (entry.state === "undone" ? { ...entry, state: "dropped" } : entry));
    this.#log.push({
      ...{ seq: this.#log.length + 1, revision: this.revision, state: "done", operation, changed, by, at, key },
      ...{ inverse: applied.inverse, state_since: { revision: this.revision, by, at } },
    });
    return this.#change(changed, applied.removed, this.revision);
  }

  #turn(which: "undo" | "redo"): PlanChange {
    const entry =
      which === "undo"
        ? this.#log.findLast(({ state }) => state === "done")
        : this.#log.find(({ state }) => state === "undone");
    if (!entry) throw new AnsweredProblem(problem("plan.nothing_to_undo", { detail: "没有了。", fix: "请刷新。" }));
    const applied: Applied = this.draft.restore(entry.inverse);
    this.revision++;
    entry.inverse = applied.inverse;
    entry.state = which === "undo" ? "undone" : "done";
    entry.state_since = { ...entry.state_since, revision: this.revision, by: people.me };
    return this.#change(entry.changed, applied.removed, this.revision);
  }

  #change(ids: readonly string[], removed: string[], revision: number): PlanChange {
    const { can_undo, can_redo } = this.detail().plan;
    const changed = ids.flatMap((id) => this.draft.area(id) ?? []).map(planArea);
    return { revision, changed, removed, can_undo, can_redo, faults: [], warnings: [], judged: [...ids], pending: [] };
  }
}

function planArea({ polygons, ...area }: DraftArea): PlanArea {
  const coordinates = polygons.map((polygon) =>
    polygon.map((ring) => Array.from({ length: ring.length / 2 }, (_, i) => [ring[2 * i]!, ring[2 * i + 1]!])),
  );
  return {
    ...area,
    geometry: { type: "MultiPolygon", coordinates },
    households: 100,
    people: 300,
    buildings: 1,
    area_m2: areaOf(polygons),
    ...{ hue: null, leader: null },
  };
}
