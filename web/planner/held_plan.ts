import { type BuildingCounts, type BuildingPoints, countBuildings } from "../../data/division/building_counts.ts";
import type { Applied, Draft, DraftArea, Inverse, Refusal } from "../../data/division/draft.ts";
import { areaOf } from "../../data/measure/area.ts";
import type { PlanOperation } from "../../data/schema/plan_operation.ts";
import type { DraftFigures, PendingOperation } from "./planner_types.ts";

/** A draft with what lies in each of its areas; both change together. */
export interface HeldPlan {
  readonly draft: Draft;
  /** A new map after each change. */
  figures(): ReadonlyMap<string, DraftFigures>;
  apply(operation: PlanOperation): Applied | Refusal;
  restore(inverse: Inverse): Applied;
  /** What an operation would do; the draft stays as it is. */
  preview(operation: PlanOperation): PendingOperation | Refusal;
  /** Puts the server's figures in the place of what was counted here. */
  correct(figures: ReadonlyMap<string, DraftFigures>): void;
}

export function holdPlan(draft: Draft, points: BuildingPoints): HeldPlan {
  const counts = countBuildings(points, draft.areas());
  const children = childIndex(draft.areas());
  let figures = new Map<string, DraftFigures>();
  for (const area of draft.areas()) figures.set(area.id, figuresOf(area, counts, children));

  function take(applied: Applied): Applied {
    counts.update(applied.changed, applied.removed);
    children.update(applied.changed, applied.removed);
    return applied;
  }

  /** Areas above count along with those below. */
  function recount({ changed, removed }: Applied, formerParents: readonly (string | null)[]): void {
    const next = new Map(figures);
    const stale = new Set(changed.map(({ id }) => id));
    for (const id of [...changed.map(({ parent_id }) => parent_id), ...formerParents]) {
      for (let above = draft.area(id ?? ""); above; above = draft.area(above.parent_id ?? "")) stale.add(above.id);
    }
    for (const id of removed) next.delete(id);
    for (const id of stale) {
      const area = draft.area(id);
      if (area) next.set(id, figuresOf(area, counts, children));
    }
    figures = next;
  }

  function takeAndCount(applied: Applied): Applied {
    const { changed, removed } = applied;
    const formerParents = [...removed, ...changed.map(({ id }) => id)].map((id) => children.parentOf(id));
    take(applied);
    recount(applied, formerParents);
    return applied;
  }

  return {
    draft,
    figures: () => figures,
    apply(operation) {
      const applied = draft.apply(operation);
      return applied.ok ? takeAndCount(applied) : applied;
    },
    restore: (inverse) => takeAndCount(draft.restore(inverse)),
    preview(operation) {
      const applied = draft.apply(operation);
      if (!applied.ok) return applied;
      take(applied);
      const { changed, removed, inverse } = applied;
      const touched = changed.filter(({ id }) => !children.has(id));
      const after = (touched.length > 0 ? touched : changed).map((area) => ({
        id: area.id,
        before: figures.get(area.id) ?? null,
        after: figuresOf(area, counts, children),
      }));
      const gone = removed.map((id) => ({ id, before: figures.get(id) ?? null, after: null }));
      take(draft.restore(inverse));
      // a border that only got a vertex more is the same border
      const others = after.filter(({ before, after: now }) => before === null || !isAlike(before, now));
      return { operation, changed, removed, figures: [...(others.length > 0 ? others : after), ...gone] };
    },
    correct(known) {
      figures = new Map([...figures, ...known]);
    },
  };
}

/** m² that moving a vertex by the grid of coordinates makes */
const noSurface = 0.5;

function isAlike(a: DraftFigures, b: DraftFigures): boolean {
  const sameCounts = a.households === b.households && a.people === b.people && a.buildings === b.buildings;
  return sameCounts && Math.abs(a.area_m2 - b.area_m2) < noSurface;
}

interface ChildIndex {
  has(id: string): boolean;
  of(id: string): Iterable<string>;
  parentOf(id: string): string | null;
  update(changed: readonly DraftArea[], removed: readonly string[]): void;
}

function childIndex(areas: readonly DraftArea[]): ChildIndex {
  const parents = new Map<string, string | null>();
  const below = new Map<string, Set<string>>();
  const leave = (id: string) => below.get(parents.get(id) ?? "")?.delete(id);
  function update(changed: readonly DraftArea[], removed: readonly string[]): void {
    for (const id of removed) {
      leave(id);
      parents.delete(id);
    }
    for (const { id, parent_id } of changed) {
      if (parents.has(id) && parents.get(id) === parent_id) continue;
      leave(id);
      parents.set(id, parent_id);
      if (parent_id === null) continue;
      const siblings = below.get(parent_id);
      if (siblings) siblings.add(id);
      else below.set(parent_id, new Set([id]));
    }
  }
  update(areas, []);
  return {
    has: (id) => (below.get(id)?.size ?? 0) > 0,
    of: (id) => below.get(id) ?? [],
    parentOf: (id) => parents.get(id) ?? null,
    update,
  };
}

function figuresOf(area: DraftArea, counts: BuildingCounts, children: ChildIndex): DraftFigures {
  return { ...sumOf(area.id, counts, children), area_m2: areaOf(area.polygons) };
}

function sumOf(id: string, counts: BuildingCounts, children: ChildIndex): Omit<DraftFigures, "area_m2"> {
  let { households, people, buildings } = counts.own(id);
  for (const child of children.of(id)) {
    const below = sumOf(child, counts, children);
    households += below.households;
    people += below.people;
    buildings += below.buildings;
  }
  return { households, people, buildings };
}
