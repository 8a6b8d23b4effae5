import { createContext, useContext } from "react";
import { createStore, type StoreApi, useStore } from "zustand";
import type { CheckFault, CheckWarning } from "../../data/schema/check.ts";
import type { PlanChange, PlanCheck, PlanComment, PlanDetail, PlanSummary } from "../../data/schema/plan.ts";
import type { BuildingPoints } from "../../data/division/building_counts.ts";
import type { Refusal } from "../../data/division/draft.ts";
import type { PlanOperation } from "../../data/schema/plan_operation.ts";
import { gapsOf } from "./local_gaps.ts";
import { keepMine } from "./keep_mine.ts";
import type { OpenedPlan } from "./open_plan.ts";
import { type PlanApi, PlanSync } from "./plan_sync.ts";
import type { DraftFigures, Planner, PlannerActions } from "./planner_types.ts";
import { buildingPoints } from "./read_areas.ts";
import type { StepShelf } from "./waiting_steps.ts";
import { WorkingCopy } from "./working_copy.ts";

/** What the panels need beyond what map and tools share. */
export interface PlannerExtras {
  /** That the server has. */
  revision: number;
  /** Buildings round the plan, as far as the reader sees them. */
  points: BuildingPoints;
  /** Faults and warnings come from a check of all of it, not only of what changed. */
  checked_revision: number | null;
  /** Whether the reader's version can be laid over the colleague's. */
  can_keep: boolean;
  /** Why the plan cannot be worked on any more. */
  failure: unknown;
  takeTheirs(): void;
  keepMine(): void;
  /** Tries the connection now. */
  retry(): void;
  /** Something was told of the plan: a revision, or comments. */
  heard(event: { revision: number; status: string }): void;
  /** The plan's facts are others now: it was submitted, commented on … */
  takeSummary(plan: PlanSummary): void;
  takeComments(comments: readonly PlanComment[]): void;
  takeCheck(check: PlanCheck): void;
  takePublished(figures: ReadonlyMap<string, DraftFigures>): void;
  /** Reads the plan again. */
  refresh(): Promise<void>;
  close(): void;
}

export type PlannerState = Planner & PlannerActions & PlannerExtras;
export type PlannerStore = StoreApi<PlannerState>;

export interface PlannerParts {
  opened: OpenedPlan;
  api: PlanApi;
  shelf: StepShelf;
  /** Id of the account. */
  me: string;
  now?: () => number;
  newKey?: () => string;
}

const looksOf = ({ areas }: PlanDetail): Planner["looks"] =>
  new Map(areas.map(({ id, hue, leader }) => [id, { hue, leader }]));
const noFigures: ReadonlyMap<string, DraftFigures> = new Map();
/** While the draft cannot be changed nothing is done, and tools say so themselves. */
const refusedByLock: Refusal = { ok: false, reason: "nothing_changes", at: null, areas: [] };

/** One open plan: what is drawn, what lies in it, and how far the server knows. */
export function createPlannerStore(parts: PlannerParts): PlannerStore {
  const { opened, api, shelf, me, now = Date.now, newKey = () => crypto.randomUUID() } = parts;
  const { detail } = opened;
  const points = buildingPoints(opened.buildings);
  const copy = new WorkingCopy(detail, points, newKey);
  copy.adopt(opened.waiting);
  let base: Pick<PlanSummary, "can_undo" | "can_redo"> = detail.plan;

  const sync: PlanSync = new PlanSync({
    ...{ copy, api, shelf, me, now },
    onSync: (next) => store.setState({ sync: next, ...lockOf(store.getState().plan), ...counts() }),
    onSettled: takeChange,
    onRedrawn: (read) => {
      if (read) takeDetail(read);
      redraw();
    },
    onFailure: (failure) => store.setState({ failure, locked: true }),
    onColleague: (who) =>
      store.setState({ presence: [...store.getState().presence.filter(({ id }) => id !== who.id), who] }),
  });

  function counts(): Pick<PlannerState, "plan" | "revision"> {
    const ofKind = (kind: string) => copy.waiting.filter(({ step }) => step.kind === kind).length;
    const shift = ofKind("do") + ofKind("redo") - ofKind("undo");
    const { undo, redo } = copy.reach;
    const can_undo = Math.max(base.can_undo + shift, undo);
    const lost = ofKind("do") > 0 ? 0 : base.can_redo + ofKind("undo") - ofKind("redo");
    const plan = { ...store.getState().plan, can_undo, can_redo: Math.max(lost, redo) };
    return { plan, revision: copy.revision };
  }

  function lockOf(plan: PlanSummary): Pick<PlannerState, "locked" | "can_keep"> {
    const { failure } = store.getState();
    const state = sync.sync;
    const isStuck = state.state === "conflict";
    const asks = copy.waiting.some(({ step, inverse }) => step.kind !== "do" && inverse === null);
    const can_keep =
      isStuck && keepMine(copy.held.draft, { operation: state.refused, mine: [...state.mine] }).length > 0;
    return { locked: failure !== null || isStuck || asks || !plan.may.includes("edit"), can_keep };
  }

  /** The draft is another one. */
  function redraw(): void {
    const { draft } = copy.held;
    const { version, faults, selection, warnings, plan } = store.getState();
    const known = (id: string) => draft.area(id) !== undefined;
    store.setState({
      ...{ draft, version: version + 1, figures: copy.held.figures(), pending: null },
      ...{ faults: gapsOf(draft, faults, plan), warnings: warnings.filter(({ area }) => known(area.id)) },
      selection: selection.every(known) ? selection : selection.filter(known),
      ...lockOf(store.getState().plan),
      ...counts(),
    });
  }

  function takeDetail(read: PlanDetail): void {
    const { plan, comments } = read;
    base = plan;
    // areas that the draft had taken away have no look in it any more, yet an undo brings them back
    store.setState({ plan, comments, looks: new Map([...store.getState().looks, ...looksOf(read)]) });
  }

  function takeChange(change: PlanChange, drawn: boolean): void {
    base = change;
    if (!drawn) return;
    const { warnings, version } = store.getState();
    copy.held.correct(new Map(change.changed.map(({ id, ...area }) => [id, figuresOf(area)])));
    store.setState({
      ...{
        figures: copy.held.figures(),
        faults: withThings(change, store.getState().faults),
        version: version + 1,
      },
      warnings: mergeWarnings(warnings, change),
      ...counts(),
    });
  }

  const store: PlannerStore = createStore<PlannerState>()((set, get) => ({
    ...{ plan: detail.plan, draft: copy.held.draft, profiles: detail.profiles, version: 0, comments: detail.comments },
    ...{ looks: looksOf(detail), presence: [] },
    ...{ figures: copy.held.figures(), published: noFigures, faults: [], warnings: [], checked_revision: null },
    ...{ sync: { state: "saved", at: now() }, tool: "select", selection: [], pending: null, refusal: null },
    ...{ locked: !detail.plan.may.includes("edit"), revision: detail.plan.revision, can_keep: false, failure: null },
    points,

    preview: (operation) => (get().locked ? refusedByLock : copy.held.preview(operation)),
    show: (pending) => set({ pending, refusal: null }),
    propose(operation) {
      if (get().locked) return null;
      const tried = copy.held.preview(operation);
      if ("ok" in tried) {
        set({ refusal: tried, pending: null });
        return null;
      }
      set({ pending: tried, refusal: null });
      return tried;
    },
    confirm() {
      const { pending, perform } = get();
      if (pending) perform(pending.operation);
    },
    cancel: () => set({ pending: null, refusal: null }),
    perform(operation: PlanOperation) {
      if (get().locked) return refusedByLock;
      const done = copy.perform(operation);
      if (!("applied" in done)) {
        set({ refusal: done });
        return done;
      }
      set({ refusal: null });
      redraw();
      sync.added(done.step);
      return null;
    },
    undo: () => turn("undo"),
    redo: () => turn("redo"),
    choose: (ids) => set({ selection: ids }),
    setTool: (tool) => set({ tool, pending: null, refusal: null }),

    takeTheirs: () => sync.takeTheirs(),
    keepMine() {
      const state = sync.sync;
      if (state.state !== "conflict") return;
      sync.keepMine(keepMine(copy.held.draft, { operation: state.refused, mine: [...state.mine] }));
    },
    retry: () => void sync.run(),
    heard: ({ revision }) => sync.heard(revision),
    takeSummary(plan) {
      base = plan;
      copy.revision = plan.revision;
      set({ plan, pending: null });
      set({ ...lockOf(plan), ...counts() });
    },
    takeComments: (comments) => set({ comments }),
    takeCheck(check) {
      if (check.revision !== copy.revision || copy.waiting.length > 0) return;
      set({ faults: check.faults, warnings: check.warnings, checked_revision: check.revision });
    },
    takePublished: (published) => set({ published }),
    async refresh() {
      const read = await api.detail();
      if (read.plan.revision === copy.revision) takeDetail(read);
      else sync.heard(read.plan.revision);
      set({ ...lockOf(get().plan), ...counts() });
    },
    close: () => sync.stop(),
  }));

  function turn(which: "undo" | "redo"): void {
    const { locked, plan } = store.getState();
    if (locked) return;
    const done = which === "undo" ? copy.undo() : copy.redo();
    const isKnownToServer = (which === "undo" ? plan.can_undo : plan.can_redo) > 0;
    if (!done && !isKnownToServer) return;
    const step = done ?? { posted: copy.askTurn(which) };
    store.setState({ refusal: null });
    redraw();
    if ("dropped" in step) sync.dropped(step.dropped);
    else sync.added(step.posted);
  }

  redraw();
  sync.begin();
  return store;
}

function figuresOf({ households, people, buildings, area_m2 }: DraftFigures): DraftFigures {
  return { households, people, buildings, area_m2 };
}

/** Of a whole network, what lies beyond all areas is told by the full check and stays until the next one. */
function withThings({ faults, pending }: PlanChange, known: readonly CheckFault[]): CheckFault[] {
  if (!pending.includes("beyond")) return faults;
  const told = new Set(faults.map(({ key }) => key));
  return [...faults, ...known.filter(({ kind, key }) => kind === "uncovered" && !told.has(key))];
}

function mergeWarnings(known: readonly CheckWarning[], { judged, removed, warnings }: PlanChange): CheckWarning[] {
  const touched = new Set([...judged, ...removed]);
  const reasons = new Map(known.map(({ key, reason }) => [key, reason]));
  const kept = known.filter(({ area }) => !touched.has(area.id));
  return [
    ...kept,
    ...warnings.map((warning) => ({ ...warning, reason: warning.reason ?? reasons.get(warning.key) ?? null })),
  ];
}

export const PlannerContext = createContext<PlannerStore | null>(null);

/** The store of the plan that is open. @throws Error outside of one: our mistake */
export function usePlannerStore(): PlannerStore {
  const store = useContext(PlannerContext);
  if (!store) throw new Error("A part of the planner was drawn without a plan");
  return store;
}

/** One part of the open plan; the panel draws again only when that part changes. */
export function usePlanner<Part>(select: (state: PlannerState) => Part): Part {
  return useStore(usePlannerStore(), select);
}
