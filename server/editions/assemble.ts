import type { EditionArea } from "../../data/division/draw_edition.ts";
import { isSameGround } from "../../data/division/draw_edition.ts";
import type { AreaFacts, BaseRow, DraftRow } from "./plan_repository.ts";

/** A row that the new edition writes. */
export interface NextArea extends AreaFacts {
  /** Null: the edition's own, named after the plan. */
  source: string | null;
}

/** The new edition as far as it differs from its base. */
export interface NextEdition {
  before: EditionArea[];
  after: EditionArea[];
  /** Rows to write; areas of `after` of which nothing but what lies below changed are not among them. */
  written: NextArea[];
  /** Ids of the base whose rows end. */
  ended: string[];
  hues: Map<string, number>;
  /** Areas that get a new identity. */
  fresh: Set<string>;
  /** Area of the base → the new identity that its new code makes it. */
  recoded: Map<string, string>;
}

/** A published area that gets another code becomes another area, since codes name identities; this is its id until then. */
const recodedPrefix = "recoded-";

/** Which areas of the base the draft gives another code. */
export function findRecoded(draft: readonly DraftRow[], codeOf: ReadonlyMap<string, string>): string[] {
  return draft
    .filter(({ id, removed, code }) => !removed && code !== null && codeOf.has(id) && codeOf.get(id) !== code)
    .map(({ id }) => id);
}

/**
 * Lays the draft over its base.
 * @param base - of the areas that the draft names, their parents before and after, and all below the recoded ones
 */
export function assembleEdition(base: readonly BaseRow[], draft: readonly DraftRow[]): NextEdition {
  const baseOf = new Map(base.map((row) => [row.id, row]));
  const recoded = new Map(
    findRecoded(draft, new Map(base.map(({ id, code }) => [id, code]))).map((id) => [id, `${recodedPrefix}${id}`]),
  );
  const named = new Set(draft.map(({ id }) => id));
  const idOf = (id: string) => recoded.get(id) ?? id;
  const parentOf = (id: string | null) => (id === null ? null : idOf(id));
  const next: NextEdition = {
    before: [],
    after: [],
    written: [],
    ended: [],
    hues: new Map(base.map(({ id, hue }) => [idOf(id), hue])),
    fresh: new Set([...recoded.values(), ...draft.filter(({ id }) => !baseOf.has(id)).map(({ id }) => id)]),
    recoded,
  };
  // whoever is not named stays, but may hang below a parent that is another one now
  const rows: (DraftRow | BaseRow)[] = [...draft, ...base.filter(({ id }) => !named.has(id))];
  const children = new Set(rows.filter((row) => !("removed" in row && row.removed)).map(({ parent_id }) => parent_id));
  for (const row of rows) {
    const old = baseOf.get(row.id);
    const isRemoved = "removed" in row && row.removed;
    const lowest = !(old?.has_other_children ?? false) && !children.has(row.id);
    const changed = {
      ...row,
      id: idOf(row.id),
      parent_id: parentOf(row.parent_id),
      code: row.code ?? old?.code ?? null,
      source: named.has(row.id) ? null : (old?.source ?? null),
    };
    const writes = isRemoved || !old || !isAlike(old, changed);
    if (!writes && old && lowest === !old.has_children) continue;
    if (old) next.before.push(editionArea(old, !old.has_children));
    if (!isRemoved) next.after.push(editionArea(changed, lowest));
    if (!writes) continue;
    if (old) next.ended.push(old.id);
    if (!isRemoved) next.written.push(changed);
  }
  return next;
}

function editionArea({ id, parent_id, level, code, kind, polygons }: AreaFacts, lowest: boolean): EditionArea {
  return { id, parent_id, level, code, kind, polygons, lowest };
}

function isAlike(old: BaseRow, changed: AreaFacts): boolean {
  const keys = ["id", "parent_id", "level", "name", "short_name", "kind", "profile_id", "child_profile_id"] as const;
  return keys.every((key) => old[key] === changed[key]) && isSameGround(old.polygons, changed.polygons);
}
