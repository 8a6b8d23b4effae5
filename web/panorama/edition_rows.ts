import type { AreaRef } from "../../data/schema/area.ts";
import type { EditionDifference, LineageEntry } from "../../data/schema/plan.ts";

export type Change = EditionDifference["changes"][number];

/**
 * What became of an area, each area once: with ground that another one has now, or had; `renamed` kept its ground;
 * `upper` are areas that others lie below, whose outline changed with theirs.
 */
export const fates = ["split", "merged", "reshaped", "new", "retired", "renamed", "upper"] as const;
export type Fate = (typeof fates)[number];

/** Surface in m²; households null where the reader does not see them. */
export interface Amount {
  area_m2: number;
  households: number | null;
}

export interface ChangedArea {
  /** `network:code`, of the newer edition where it holds there. */
  key: string;
  fate: Fate;
  /** In the older edition; null: it was not there. */
  was: AreaRef | null;
  /** In the newer one; null: it is no more. */
  is: AreaRef | null;
  /** Others that had ground of its, largest piece first; null among them = nobody. */
  from: (AreaRef | null)[];
  /** Others that have ground of its. */
  to: (AreaRef | null)[];
  gained: Amount;
  lost: Amount;
  /** Ground that it won or lost, largest first. */
  pieces: Change[];
}

export interface Comparison {
  groups: { fate: Fate; rows: ChangedArea[] }[];
  /** Ground that really changed hands: an area that only got another code keeps its own. */
  moved: Change[];
  /** Lowest areas, by what became of them; those that kept their ground, whatever they are called, are `kept`. */
  counts: Record<Exclude<Fate, "upper" | "renamed">, number> & { kept: number };
  area_m2: number;
  /** Null where the reader sees none of them. */
  households: number | null;
  /** Whether some figures are hidden from the reader. */
  hidden: "none" | "part" | "all";
}

/** Of either side's surface: what differs by less is one area with two codes. */
const whole = 0.999999;

/** Sorts a difference by what became of each area. Rows of a group come in the order of their codes. */
export function compareEditions(difference: EditionDifference): Comparison {
  const recoded = findRecoded(difference.lineage);
  const moved = difference.changes.filter(({ from, to }) => !recoded.has(pairOf(from, to)));
  const rows = [...listMoved(difference, moved), ...listRenamed(difference, recoded)];
  const known = new Set(rows.flatMap(({ was, is }) => [was?.id, is?.id]));
  rows.push(...listUpper(difference.lineage, known));
  const groups = fates
    .map((fate) => ({ fate, rows: rows.filter((row) => row.fate === fate).sort(byCode) }))
    .filter((group) => group.rows.length > 0);
  const count = (fate: Fate) => rows.filter((row) => row.fate === fate).length;
  const [reshaped, split, merged, retired] = [count("reshaped"), count("split"), count("merged"), count("retired")];
  const kept = Math.max(0, difference.areas.from - reshaped - split - merged - retired);
  const unseen = moved.filter(({ households }) => households === null).length;
  return {
    groups,
    moved,
    counts: { kept, reshaped, split, merged, new: count("new"), retired },
    area_m2: moved.reduce((sum, { area_m2 }) => sum + area_m2, 0),
    households:
      unseen > 0 && unseen === moved.length ? null : moved.reduce((sum, { households }) => sum + (households ?? 0), 0),
    hidden: unseen === 0 ? "none" : unseen === moved.length ? "all" : "part",
  };
}

/** Every row in the order of the list. */
export function orderRows({ groups }: Comparison): ChangedArea[] {
  return groups.flatMap(({ rows }) => rows);
}

function pairOf(from: AreaRef | null, to: AreaRef | null): string {
  return `${from?.id} ${to?.id}`;
}

/** Pairs of an area and itself under another code. */
function findRecoded(lineage: readonly LineageEntry[]): Map<string, LineageEntry> {
  const found = new Map<string, LineageEntry>();
  for (const entry of lineage) {
    const { from, area, share_of_from, share_of_area } = entry;
    if (!from || !area || from.id === area.id) continue;
    if ((share_of_from ?? 0) > whole && (share_of_area ?? 0) > whole) found.set(pairOf(from, area), entry);
  }
  return found;
}

/** Areas that won or lost ground. */
function listMoved({ lineage }: EditionDifference, moved: readonly Change[]): ChangedArea[] {
  const rows = new Map<string, ChangedArea>();
  const rowOf = (area: AreaRef): ChangedArea => {
    const row = rows.get(area.id) ?? emptyRow("reshaped", null, null);
    rows.set(area.id, row);
    return row;
  };
  for (const piece of moved) {
    const { from, to } = piece;
    if (from) {
      const row = rowOf(from);
      row.was = from;
      add(row.lost, piece);
      row.pieces.push(piece);
      if (!row.to.some((known) => known?.id === to?.id)) row.to.push(to);
    }
    if (to) {
      const row = rowOf(to);
      row.is = to;
      add(row.gained, piece);
      row.pieces.push(piece);
      if (!row.from.some((known) => known?.id === from?.id)) row.from.push(from);
    }
  }
  const selves = new Map(lineage.flatMap((entry) => (isSelf(entry) ? [[entry.area!.id, entry] as const] : [])));
  for (const [id, row] of rows) {
    const self = selves.get(id);
    row.was ??= self?.from ?? null;
    row.is ??= self?.area ?? null;
    row.fate = row.was === null ? "new" : row.is === null ? "retired" : fateOf(self);
    row.key = keyOf(row);
  }
  return [...rows.values()];
}

function isSelf({ area, from }: LineageEntry): boolean {
  return area !== null && from !== null && area.id === from.id;
}

/** An area that holds in both is called by what became of the part that it kept. */
function fateOf(self: LineageEntry | undefined): Fate {
  return self?.kind === "split" || self?.kind === "merged" ? self.kind : "reshaped";
}

function listRenamed({ renamed }: EditionDifference, recoded: ReadonlyMap<string, LineageEntry>): ChangedArea[] {
  const others = [...recoded.values()].map(({ from, area }) => emptyRow("renamed", from, area));
  return [...renamed.map(({ area, was }) => emptyRow("renamed", was, area)), ...others];
}

/** Areas above those: no ground of theirs is in the list, but their lineage says that they are not what they were. */
function listUpper(lineage: readonly LineageEntry[], known: ReadonlySet<string | undefined>): ChangedArea[] {
  const rows = new Map<string, ChangedArea>();
  const touch = (id: string) => {
    const row = rows.get(id) ?? emptyRow("upper", null, null);
    rows.set(id, row);
    return row;
  };
  for (const entry of lineage) {
    const { area, from, kind } = entry;
    if (kind === "kept") continue;
    if (from && !known.has(from.id)) {
      const row = touch(from.id);
      row.was = from;
      if (from.id !== area?.id) row.to.push(area);
    }
    if (area && !known.has(area.id)) {
      const row = touch(area.id);
      row.is = area;
      if (from?.id !== area.id) row.from.push(from);
    }
  }
  for (const row of rows.values()) row.key = keyOf(row);
  return [...rows.values()];
}

function emptyRow(fate: Fate, was: AreaRef | null, is: AreaRef | null): ChangedArea {
  const row: ChangedArea = { key: "", fate, was, is, from: [], to: [], gained: none(), lost: none(), pieces: [] };
  row.key = keyOf(row);
  return row;
}

function none(): Amount {
  return { area_m2: 0, households: 0 };
}

/** What is not seen of a part is not known of the whole. */
function add(sum: Amount, { area_m2, households }: Change): void {
  sum.area_m2 += area_m2;
  sum.households = sum.households === null || households === null ? null : sum.households + households;
}

function keyOf({ is, was }: ChangedArea): string {
  const area = is ?? was;
  return area ? `${area.network}:${area.code}` : "";
}

function byCode(a: ChangedArea, b: ChangedArea): number {
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
}

/**
 * Codes before and after, as a planner reads them: of a split those it became, of a merger those that went into it.
 * Later codes say only where they differ from the first: 「900102001002004 → …004 + …029」.
 */
export function wordCodes(
  { was, is, from, to, fate }: ChangedArea,
  news: ReadonlySet<string>,
  gone: ReadonlySet<string>,
) {
  const own = (area: AreaRef | null) => (area ? [area.code] : []);
  const others = (areas: readonly (AreaRef | null)[], among: ReadonlySet<string>) =>
    areas.flatMap((area) => (area && among.has(area.id) ? [area.code] : []));
  const all = (areas: readonly (AreaRef | null)[]) => areas.flatMap((area) => own(area));
  const before = fate === "new" ? all(from) : [...own(was), ...(fate === "merged" ? others(from, gone) : [])];
  const after = fate === "retired" ? all(to) : [...own(is), ...(fate === "split" ? others(to, news) : [])];
  const isSame = before.length === 1 && after.length === 1 && before[0] === after[0];
  const [first, ...further] = before;
  const cut = (codes: readonly string[]) => codes.map((code) => (first === undefined ? code : shorten(code, first)));
  return { before: first === undefined ? [] : [first, ...cut(further)], after: isSame ? [] : cut(after) };
}

/** Digits of the end that stay in any case. */
const leastDigits = 3;

function shorten(code: string, first: string): string {
  let shared = 0;
  while (shared < code.length - leastDigits && code[shared] === first[shared]) shared += 1;
  return shared < leastDigits ? code : `…${code.slice(shared)}`;
}
