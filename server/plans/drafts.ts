import type { Inverse, Refusal } from "../../data/division/draft.ts";
import type { Unsettled } from "../../data/division/handover.ts";
import type { Bbox, Position } from "../../data/schema/geometry.ts";
import type { PlanArea } from "../../data/schema/plan.ts";
import type { PlanOperation } from "../../data/schema/plan_operation.ts";
import type { Queries } from "../db/db.ts";
import type { DraftCalls } from "./draft_protocol.ts";
import type { FormerAreas } from "./former_areas.ts";
import type { DraftSeed } from "./draft_seed.ts";
import { type DraftThread, draftThread } from "./draft_threads.ts";
import type { Judged, Step } from "./held_draft.ts";
import type { FileAsked, FileRead } from "./read_division_file.ts";
import { type DraftSubject, readSeed } from "./seed_repository.ts";

/** Drafts that stand in memory, each of one revision. The database is what counts: memory follows it. */
export interface Drafts {
  /** One after the other for a plan; what others ask meanwhile waits. */
  inTurn: <T>(plan_id: string, work: () => Promise<T>) => Promise<T>;
  /** Brings the draft to the revision that the database has. In turn, in a snapshot or with the plan locked. */
  ready: (tx: Queries, subject: DraftSubject, plan: { revision: number; given: number }) => Promise<void>;
  apply: (plan_id: string, operation: PlanOperation) => Promise<Step | Refusal>;
  restore: (plan_id: string, inverse: Inverse) => Promise<Step>;
  /** JSON of a list of PlanArea. */
  areas: (plan_id: string) => Promise<Uint8Array>;
  some: (plan_id: string, ids: string[]) => Promise<{ areas: PlanArea[]; removed: string[] }>;
  judge: (plan_id: string, ids: string[]) => Promise<Judged>;
  /** Reads a file of polygons in a thread. */
  readFile: (asked: FileAsked) => Promise<FileRead>;
  /** Of the areas, as the published ones are drawn. */
  tile: (plan_id: string, z: number, x: number, y: number) => Promise<DraftCalls["tile"]["answers"]>;
  /** Which of the changed areas ask for other staff, in the base as it was before. */
  unsettled: (plan_id: string, former: FormerAreas) => Promise<Unsettled[]>;
  division: (plan_id: string) => Promise<DraftCalls["division"]["answers"]>;
  box: (plan_id: string) => Bbox | null;
  /** A write is committed that made the one revision into the other. */
  committed: (plan_id: string, from: number, to: number) => void;
  /** What was done is not: memory is ahead of the database. */
  forget: (plan_id: string) => void;
  /** Takes over changes of what drafts are judged by. */
  follow: (changes: readonly { layer: string }[]) => void;
  close: () => Promise<void>;
}

/** No revision: read it anew before the next step. */
const stale = -1;

/** What stands in the database cannot be drawn with borders that exist once. */
export class UndrawableDraft extends Error {
  readonly places: { what: string; at: Position | null }[];
  constructor(places: { what: string; at: Position | null }[]) {
    super(`a draft cannot be opened: ${places[0]?.what}`);
    this.places = places;
  }
}

interface Held {
  revision: number;
  areas: number;
  box: Bbox | null;
  thread: DraftThread;
  generation: number;
}

/** Drafts above this go to a thread of their own, so that opening a city keeps no community waiting. */
const largeDraft = 2_000; // areas
/** About 10 kB an area: some 600 MB. */
const mostAreas = 60_000;
const mostDrafts = 64;
/** Layers whose change makes counts and limits stale. */
const judgedBy = new Set([
  ...["areas", "profiles", "networks", "network", "ground", "roads", "estates", "buildings", "facilities"],
  ...["legal_entities"],
]);

export function holdDrafts(): Drafts {
  const threads = { small: draftThread(), large: draftThread() };
  const held = new Map<string, Held>(); // the longest unused first
  const turns = new Map<string, Promise<unknown>>();

  function find(plan_id: string): Held | undefined {
    const draft = held.get(plan_id);
    if (!draft) return undefined;
    held.delete(plan_id);
    if (draft.generation !== draft.thread.generation()) return undefined;
    held.set(plan_id, draft);
    return draft;
  }

  function open(plan_id: string): Held {
    const draft = find(plan_id);
    if (!draft) throw new Error(`the draft of plan ${plan_id} is not in memory`);
    return draft;
  }

  function forget(plan_id: string): void {
    const draft = held.get(plan_id);
    held.delete(plan_id);
    // a thread that is gone holds nothing any more
    draft?.thread.call("close", { plan_id }).catch(() => undefined);
  }

  function makeRoom(areas: number): void {
    let total = areas + [...held.values()].reduce((sum, draft) => sum + draft.areas, 0);
    for (const [plan_id, draft] of held) {
      if (total <= mostAreas && held.size < mostDrafts) return;
      if (turns.has(plan_id)) continue;
      total -= draft.areas;
      forget(plan_id);
    }
  }

  async function take(seed: DraftSeed): Promise<void> {
    const { plan_id, revision } = seed;
    const areas = seed.areas.facts.id.length;
    makeRoom(areas);
    const thread = areas > largeDraft ? threads.large : threads.small;
    const opened = await thread.call("open", { seed }, buffersOf(seed));
    if (!opened.ok) throw new UndrawableDraft(opened.places);
    const { box } = opened;
    held.set(plan_id, { revision, areas, box, thread, generation: thread.generation() });
  }

  return {
    inTurn(plan_id, work) {
      const before = turns.get(plan_id) ?? Promise.resolve();
      const mine = before.then(work, work);
      const ended = mine.catch(() => undefined).finally(() => turns.get(plan_id) === ended && turns.delete(plan_id));
      turns.set(plan_id, ended);
      return mine;
    },
    async ready(tx, subject, plan) {
      if (find(subject.plan_id)?.revision === plan.revision) return;
      forget(subject.plan_id);
      await take(await readSeed(tx, subject, plan));
    },
    apply: (plan_id, operation) => open(plan_id).thread.call("apply", { plan_id, operation }),
    restore: (plan_id, inverse) => open(plan_id).thread.call("restore", { plan_id, inverse }),
    areas: (plan_id) => open(plan_id).thread.call("areas", { plan_id }),
    some: (plan_id, ids) => open(plan_id).thread.call("some", { plan_id, ids }),
    judge: (plan_id, ids) => open(plan_id).thread.call("judge", { plan_id, ids }),
    readFile: (asked) => threads.large.call("read_file", asked),
    tile: (plan_id, z, x, y) => open(plan_id).thread.call("tile", { plan_id, z, x, y }),
    unsettled: (plan_id, former) =>
      open(plan_id).thread.call("unsettled", { plan_id, former }, [
        former.shapes.wkb.buffer,
        former.shapes.ends.buffer,
      ]),
    division: (plan_id) => open(plan_id).thread.call("division", { plan_id }),
    box: (plan_id) => open(plan_id).box,
    committed(plan_id, from, to) {
      const draft = held.get(plan_id);
      if (draft?.revision === from) draft.revision = to;
    },
    forget,
    follow(changes) {
      // not closed: somebody may be in the middle of a step
      if (changes.some(({ layer }) => judgedBy.has(layer))) for (const draft of held.values()) draft.revision = stale;
    },
    async close() {
      await Promise.all([threads.small.close(), threads.large.close()]);
    },
  };
}

function buffersOf({ areas: { shapes }, buildings, things }: DraftSeed): ArrayBuffer[] {
  return [
    ...[shapes.wkb.buffer, shapes.ends.buffer],
    ...things.flatMap((page) => [page.shapes.wkb.buffer, page.shapes.ends.buffer]),
    ...[buildings.at.buffer, buildings.households.buffer, buildings.people.buffer],
  ];
}
