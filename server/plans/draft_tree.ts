import type { DraftArea } from "../../data/division/draft.ts";

/** The areas of a draft by id and by parent, kept as they change. */
export interface DraftTree {
  get: (id: string) => DraftArea | undefined;
  childrenOf: (parent_id: string | null) => readonly string[];
  /** Parents before their children, published areas before new ones. */
  all: () => DraftArea[];
  size: () => number;
  update: (changed: readonly DraftArea[], removed: readonly string[]) => void;
}

export function growDraftTree(areas: readonly DraftArea[]): DraftTree {
  const byId = new Map<string, DraftArea>();
  const children = new Map<string | null, Set<string>>();

  function take(area: DraftArea): void {
    const before = byId.get(area.id);
    if (before && before.parent_id !== area.parent_id) children.get(before.parent_id)?.delete(area.id);
    byId.set(area.id, area);
    const siblings = children.get(area.parent_id);
    if (siblings) siblings.add(area.id);
    else children.set(area.parent_id, new Set([area.id]));
  }

  for (const area of areas) take(area);
  return {
    get: (id) => byId.get(id),
    childrenOf: (parent_id) => {
      const some = children.get(parent_id);
      return some && some.size > 0 ? [...some] : none;
    },
    all: () => [...byId.values()].sort(inOrder),
    size: () => byId.size,
    update(changed, removed) {
      for (const id of removed) {
        const area = byId.get(id);
        if (!area) continue;
        byId.delete(id);
        children.get(area.parent_id)?.delete(id);
      }
      for (const area of changed) take(area);
    },
  };
}

const none: readonly string[] = [];

/** Parents before their children, published areas before new ones. */
export function inOrder(a: DraftArea, b: DraftArea): number {
  return a.level - b.level || Number(isNew(a)) - Number(isNew(b)) || a.id.length - b.id.length || compare(a.id, b.id);
}

function isNew({ id }: DraftArea): boolean {
  return id.startsWith("new-");
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
