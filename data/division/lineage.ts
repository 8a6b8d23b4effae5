import { groupBy } from "../group_by.ts";
import type { MovedGround } from "./moved_ground.ts";

export type LineageKind = "kept" | "reshaped" | "split" | "merged" | "new" | "retired";

/** What one area got from another, or kept of itself, between two editions. */
export interface LineagePart {
  kind: LineageKind;
  /** Of the newer edition; null: nobody got this ground. */
  area: string | null;
  /** Of the older one; null: new ground. */
  from: string | null;
  /** Of the surface of `from`, 0…1; all parts of one add up to 1. Null without `from`. */
  share_of_from: number | null;
  share_of_area: number | null;
}

export interface MeasuredArea {
  id: string;
  area_m2: number;
}

/** Less of the older area than this is a border put right, unless it is most of the newer one. */
const leastOfFormer = 0.01;
const mostOfNewer = 0.5;

/** Whether a part is so large that who answered for the older area may have to answer for the newer one. */
export function isSuccession({ share_of_from, share_of_area }: LineagePart): boolean {
  return (share_of_from ?? 0) >= leastOfFormer || (share_of_area ?? 0) >= mostOfNewer;
}

/**
 * Where every area comes from and went, with shares of the surface.
 *
 * Of two areas that both hold in both editions ground was *reshaped*; a new one was *split* off one that stays; one that
 * is no more was *merged* into those that are older than the edition, and *split* among new ones. What an area keeps of
 * itself is called by what happened to it.
 *
 * @param before, after - areas of one coverage in two editions, those that are alike in both may be left out of both
 * @param moved - what changed hands between them (findMovedGround)
 */
export function traceLineage(
  before: readonly MeasuredArea[],
  after: readonly MeasuredArea[],
  moved: readonly MovedGround[],
): LineagePart[] {
  const olds = new Set(before.map(({ id }) => id));
  const news = new Set(after.map(({ id }) => id));
  const parts = surfacesOf(before, news, moved);
  const sum = (key: "from" | "to") => {
    const sums = new Map<string | null, number>();
    for (const part of parts) sums.set(part[key], (sums.get(part[key]) ?? 0) + part.area_m2);
    return sums;
  };
  const [ofFrom, ofArea] = [sum("from"), sum("to")];
  const shares = parts.map(({ from, to, area_m2 }) => ({
    kind: "kept" as LineageKind,
    area: to,
    from,
    share_of_from: from === null ? null : area_m2 / ofFrom.get(from)!,
    share_of_area: to === null ? null : area_m2 / ofArea.get(to)!,
  }));
  return nameKinds(shares, olds, news);
}

interface Surface {
  from: string | null;
  to: string | null;
  area_m2: number;
}

/** Moved surfaces summed by pair, and what each area kept. */
function surfacesOf(
  before: readonly MeasuredArea[],
  news: ReadonlySet<string>,
  moved: readonly MovedGround[],
): Surface[] {
  const pairs = new Map<string, Surface>();
  const lost = new Map<string, number>();
  for (const { from, to, area_m2 } of moved) {
    const key = `${from} ${to}`;
    const pair = pairs.get(key);
    if (pair) pair.area_m2 += area_m2;
    else pairs.set(key, { from, to, area_m2 });
    if (from !== null) lost.set(from, (lost.get(from) ?? 0) + area_m2);
  }
  for (const { id, area_m2 } of before) {
    const rest = area_m2 - (lost.get(id) ?? 0);
    // what traced pieces and the whole differ by is rounding
    if (news.has(id) && rest > 0) pairs.set(`${id} ${id}`, { from: id, to: id, area_m2: rest });
  }
  return [...pairs.values()];
}

function nameKinds(parts: LineagePart[], olds: ReadonlySet<string>, news: ReadonlySet<string>): LineagePart[] {
  const outOf = groupBy(parts, ({ from }) => from);
  const into = groupBy(parts, ({ area }) => area);
  const isNew = (id: string) => !olds.has(id);
  const isRetired = (id: string) => !news.has(id);
  const kindOfSelf = (id: string): LineageKind => {
    const [out, got] = [outOf.get(id)!, into.get(id)!];
    if (out.some((part) => part.area !== null && isNew(part.area) && isSuccession(part))) return "split";
    if (got.some((part) => part.from !== null && isRetired(part.from) && isSuccession(part))) return "merged";
    return out.length > 1 || got.length > 1 ? "reshaped" : "kept";
  };
  const kindOf = (part: LineagePart): LineageKind => {
    const { from, area } = part;
    if (from === null) return area !== null && isNew(area) ? "new" : "reshaped";
    if (area === null) return isRetired(from) ? "retired" : "reshaped";
    if (from === area) return kindOfSelf(from);
    if (!isRetired(from)) return isNew(area) && isSuccession(part) ? "split" : "reshaped";
    if (!isNew(area)) return "merged";
    const goesOn = outOf.get(from)!.filter((one) => one.area !== null && isSuccession(one)).length;
    return goesOn < 2 && into.get(area)!.filter(isSuccession).length > 1 ? "merged" : "split";
  };
  return parts.map((part) => ({ ...part, kind: kindOf(part) }));
}
