import { poleOf } from "../../data/measure/pole.ts";
import type { Position } from "../../data/schema/geometry.ts";
import type { PlanArea, PlanChange, PlanDetail, PlanLog } from "../../data/schema/plan.ts";
import { PlanOperation } from "../../data/schema/plan_operation.ts";
import { AnsweredProblem, isFinal } from "../api/client.ts";
import { draftArea, sameArea } from "./read_areas.ts";
import type { Presence, Sync } from "./planner_types.ts";
import type { StepShelf, WaitingStep } from "./waiting_steps.ts";
import type { Stuck, WorkingCopy } from "./working_copy.ts";

/** What the server can be asked of one plan. */
export interface PlanApi {
  detail(): Promise<PlanDetail>;
  logAfter(revision: number): Promise<PlanLog>;
  operation(operation: PlanOperation, revision: number, key: string): Promise<PlanChange>;
  turn(which: "undo" | "redo", revision: number): Promise<PlanChange>;
}

export interface SyncParts {
  copy: WorkingCopy;
  api: PlanApi;
  shelf: StepShelf;
  /** Id of the account. */
  me: string;
  now: () => number;
  /** Where the sync stands is another now. */
  onSync: (sync: Sync) => void;
  /** A step arrived; `drawn` where nothing waits any more, so that the answer is the draft as it is. */
  onSettled: (change: PlanChange, drawn: boolean) => void;
  /** The draft was changed under the reader. */
  onRedrawn: (detail: PlanDetail | null) => void;
  /** Somebody else changed the draft. */
  onColleague: (who: Presence) => void;
  /** The plan cannot be worked on any more: it is gone, or not for this reader. What waits stays on the shelf. */
  onFailure: (error: unknown) => void;
}

/** Milliseconds between tries while there is no connection, the last one for ever. */
const pauses = [2_000, 5_000, 10_000, 30_000];

/** Posts what waits, one after the other; what colleagues did comes in between. */
export class PlanSync {
  readonly #parts: SyncParts;
  #running = false;
  #stopped = false;
  #failures = 0;
  #offlineSince: number | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #conflict: Extract<Sync, { state: "conflict" }> | null = null;
  #stuckKey: string | null = null;
  /** Whose steps came last, and when. */
  #last: { by: string; when: string } | null = null;
  #savedAt: number;
  #behind = 0;

  constructor(parts: SyncParts) {
    this.#parts = parts;
    this.#savedAt = parts.now();
  }

  get sync(): Sync {
    const waiting = this.#parts.copy.waiting.length;
    if (this.#conflict) return this.#conflict;
    if (this.#offlineSince !== null) return { state: "offline", waiting, since: this.#offlineSince };
    return waiting > 0 ? { state: "saving", waiting } : { state: "saved", at: this.#savedAt };
  }

  /** A step was added. */
  added(step: WaitingStep): void {
    void this.#parts.shelf.put(step);
    this.#tell();
    void this.run();
  }

  dropped(step: WaitingStep): void {
    void this.#parts.shelf.remove(step.key);
    this.#tell();
  }

  /** The connection may be back, or there is something to post. */
  async run(): Promise<void> {
    if (this.#running || this.#stopped || this.#conflict) return;
    this.#running = true;
    clearTimeout(this.#timer);
    try {
      await this.#runAll();
    } catch (error) {
      this.#stopped = true;
      this.#parts.onFailure(error);
    } finally {
      this.#running = false;
      this.#tell();
    }
    // something came while the last question was being answered
    if (this.#offlineSince === null && !this.#isDone()) await this.run();
  }

  #isDone(): boolean {
    const { copy } = this.#parts;
    return this.#stopped || this.#conflict !== null || (copy.waiting.length === 0 && this.#behind <= copy.revision);
  }

  async #runAll(): Promise<void> {
    const { copy } = this.#parts;
    while (!this.#isDone()) {
      try {
        const first = copy.waiting[0];
        if (first && this.#behind <= copy.revision) await this.#post(first.step);
        else await this.#pull();
        this.#failures = 0;
        this.#offlineSince = null;
      } catch (error) {
        if (isFinal(error) && !isSignIn(error)) throw error;
        this.#waitForConnection();
        return;
      }
    }
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  /** A colleague was told to have made this revision. */
  heard(revision: number): void {
    if (revision <= this.#parts.copy.revision) return;
    // our own step, whose answer is on its way
    const { copy } = this.#parts;
    if (this.#running && copy.waiting.length > 0 && revision === copy.revision + 1) return;
    this.#behind = Math.max(this.#behind, revision);
    void this.run();
  }

  /** Puts the reader's step away; what the colleague made stays. */
  takeTheirs(): void {
    this.#resolve([]);
  }

  /** Does instead of the step what makes the draft as the reader had it. */
  keepMine(operations: readonly PlanOperation[]): void {
    this.#resolve(operations);
  }

  #resolve(operations: readonly PlanOperation[]): void {
    const { copy, shelf, onRedrawn } = this.#parts;
    if (this.#stuckKey === null) return;
    const possible = operations.filter((operation) => {
      const tried = copy.held.preview(operation);
      return !("ok" in tried);
    });
    for (const step of copy.replace(this.#stuckKey, possible)) void shelf.put(step);
    void shelf.remove(this.#stuckKey);
    this.#conflict = null;
    this.#stuckKey = null;
    this.#lay();
    onRedrawn(null);
    this.#tell();
    void this.run();
  }

  async #post(step: WaitingStep): Promise<void> {
    const { copy, api, shelf, onSettled } = this.#parts;
    step.sent_with = copy.revision;
    await shelf.put(step);
    const isUnknown = step.kind !== "do" && copy.waiting[0]?.inverse === null;
    let change: PlanChange;
    try {
      change =
        step.kind === "do"
          ? await api.operation(step.operation!, copy.revision, step.key)
          : await api.turn(step.kind, copy.revision);
    } catch (error) {
      if (!isFinal(error) || isSignIn(error)) throw error;
      await this.#refused(step, error as AnsweredProblem);
      return;
    }
    copy.settle(change.revision);
    await shelf.remove(step.key);
    this.#savedAt = this.#parts.now();
    if (isUnknown || this.#differs(change)) return this.#reopen();
    onSettled(change, copy.waiting.length === 0);
    this.#tell();
  }

  /** The same steps on the same draft give the same; where they did not, the server's is the one that counts. */
  #differs({ changed, removed }: PlanChange): boolean {
    const { copy } = this.#parts;
    if (copy.waiting.length > 0) return false;
    const { draft } = copy.held;
    const isOther = (area: PlanArea) => {
      const here = draft.area(area.id);
      return !here || !sameArea(here, draftArea(area));
    };
    return removed.some((id) => draft.area(id)) || changed.some(isOther);
  }

  async #refused(step: WaitingStep, { problem }: AnsweredProblem): Promise<void> {
    if (problem.code === "plan.stale") return this.#pull();
    const { copy, shelf, onRedrawn } = this.#parts;
    copy.lift();
    if (step.kind !== "do") {
      copy.replace(step.key, []);
      await shelf.remove(step.key);
      return this.#pull();
    }
    const { reason: _reason, areas = [], at = null, detail, fix } = problem;
    this.#stop(step, { why: `${detail}${fix}`, at, areas });
    onRedrawn(null);
  }

  /** Lays what came between under what waits. */
  async #pull(): Promise<void> {
    const { copy, api, shelf, onRedrawn, me } = this.#parts;
    const log = await api.logAfter(copy.revision);
    copy.lift();
    const turned = copy.waiting[0]?.step;
    const isOurs = log.entries.some(
      ({ state_since, by }) =>
        turned?.kind !== "do" &&
        state_since.revision === (turned?.sent_with ?? -2) + 1 &&
        (state_since.by ?? by).id === me,
    );
    if (isOurs && turned) {
      copy.replace(turned.key, []);
      await shelf.remove(turned.key);
    }
    const before = copy.revision;
    let detail: PlanDetail | null = null;
    if (!copy.follow(log)) {
      detail = await api.detail();
      copy.reopen(detail);
    } else if (log.entries.length === 0 && log.revision > before) detail = await api.detail(); // its status changed
    this.#noteColleagues(log);
    this.#lay();
    onRedrawn(detail);
    this.#tell();
  }

  /** Who else drew, and where: the middle of what changed. */
  #noteColleagues({ entries }: PlanLog): void {
    const { copy, me, onColleague } = this.#parts;
    for (const { operation, by, changed, state_since } of entries) {
      const who = state_since.by;
      if (who.id === me && by.id === me) continue;
      this.#last = { by: who.display_name, when: state_since.at };
      if (who.id === me) continue;
      const areas = changed.flatMap((id) => copy.held.draft.area(id) ?? []);
      const [deepest] = areas.toSorted((a, b) => b.level - a.level);
      if (deepest)
        onColleague({ id: who.id, name: who.display_name, at: middleOf(operation) ?? poleOf(deepest.polygons) });
    }
  }

  async #reopen(): Promise<void> {
    const { copy, api, onRedrawn } = this.#parts;
    const detail = await api.detail();
    copy.reopen(detail);
    this.#lay();
    onRedrawn(detail);
  }

  #lay(): void {
    const { copy, shelf } = this.#parts;
    const { stuck, left_out } = copy.lay();
    for (const step of left_out) void shelf.remove(step.key);
    if (stuck) this.#stop(stuck.step, { why: "", ...placeOf(stuck) });
  }

  #stop(step: WaitingStep, about: { why: string; at: Position | null; areas: string[] }): void {
    this.#stuckKey = step.key;
    this.#conflict = {
      state: "conflict",
      refused: step.operation!,
      mine: step.mine,
      ...about,
      by: null,
      when: null,
      ...this.#last,
    };
  }

  /** What waited when the page was left is laid on the draft again. */
  begin(): void {
    this.#lay();
    this.#tell();
    void this.run();
  }

  #waitForConnection(): void {
    this.#offlineSince ??= this.#parts.now();
    const pause = pauses[Math.min(this.#failures++, pauses.length - 1)]!;
    this.#timer = setTimeout(() => void this.run(), pause);
  }

  #tell(): void {
    if (!this.#stopped) this.#parts.onSync(this.sync);
  }
}

/** Where an operation that has one place was done. */
function middleOf(logged: PlanLog["entries"][number]["operation"]): Position | null {
  const known = PlanOperation.safeParse(logged);
  if (!known.success) return null;
  const { data: operation } = known;
  if (operation.op === "move_vertex") return operation.to;
  if (operation.op === "reshape") return operation.path[operation.path.length >> 1] ?? null;
  return operation.op === "add_vertex" || operation.op === "delete_vertex" ? operation.at : null;
}

function placeOf({ refusal }: Stuck): { at: Position | null; areas: string[] } {
  return { at: refusal.at, areas: refusal.areas };
}

/** The session ended: signing in again is enough, nothing was refused. */
function isSignIn(error: unknown): boolean {
  return error instanceof AnsweredProblem && error.problem.status === 401;
}
