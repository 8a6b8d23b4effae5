import type { DraftArea } from "../../data/division/draft.ts";
import type { PlanOperation } from "../../data/schema/plan_operation.ts";

/** Something done here that the server does not know for sure. JSON, so that it survives the page. */
export interface WaitingStep {
  /** Idempotency-Key. */
  key: string;
  kind: "do" | "undo" | "redo";
  /** Of `do`. */
  operation: PlanOperation | null;
  /** Areas that it changed, as they were then; what 「keep mine」 goes back to. */
  mine: DraftArea[];
  /** Revision that it was posted with; null: never posted. */
  sent_with: number | null;
}

/** Steps that outlive the page, in their order. */
export interface StepShelf {
  load(): Promise<WaitingStep[]>;
  /** Also of one that is there: then it stays in its place. */
  put(step: WaitingStep): Promise<void>;
  remove(key: string): Promise<void>;
}

interface Row {
  key: string;
  scope: string;
  order: number;
  step: WaitingStep;
}

const table = "steps";

/** One shelf a reader and plan in the browser's own database; in memory where the browser gives none. */
export async function openShelf(account_id: string, plan_id: string): Promise<StepShelf> {
  const scope = `${account_id} ${plan_id}`;
  const db = await openDatabase().catch(() => null);
  if (!db) return memoryShelf();
  let order = Date.now();
  const places = new Map<string, number>();
  return {
    async load() {
      const rows = await ask<Row[]>(db.transaction(table).objectStore(table).index("scope").getAll(scope));
      rows.sort((a, b) => a.order - b.order);
      for (const row of rows) places.set(row.key, row.order);
      return rows.map(({ step }) => step);
    },
    async put(step) {
      order = Math.max(order + 1, Date.now());
      const place = places.get(step.key) ?? order;
      places.set(step.key, place);
      const row: Row = { key: step.key, scope, order: place, step };
      await ask(db.transaction(table, "readwrite").objectStore(table).put(row));
    },
    async remove(key) {
      await ask(db.transaction(table, "readwrite").objectStore(table).delete(key));
    },
  };
}

/** A shelf that goes with the page. */
export function memoryShelf(steps: WaitingStep[] = []): StepShelf {
  const rows = new Map(steps.map((step) => [step.key, step]));
  return {
    load: async () => [...rows.values()],
    put: async (step) => void rows.set(step.key, structuredClone(step)),
    remove: async (key) => void rows.delete(key),
  };
}

function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open("grid-atlas-planner", 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(table, { keyPath: "key" }).createIndex("scope", "scope");
  };
  return ask(request);
}

function ask<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("the browser's database did not answer"));
  });
}
