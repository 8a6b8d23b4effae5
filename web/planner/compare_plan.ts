import { type BuildingPoints, countBuildings } from "../../data/division/building_counts.ts";
import type { Draft, DraftArea } from "../../data/division/draft.ts";
import { type LineageKind, type LineagePart, traceLineage } from "../../data/division/lineage.ts";
import { findMovedGround, type MovedGround } from "../../data/division/moved_ground.ts";
import { areaOf } from "../../data/measure/area.ts";
import { boxOf } from "../../data/measure/box.ts";
import { isInRing } from "../../data/measure/in_ring.ts";
import type { DraftFigures } from "./planner_types.ts";
import { sameArea } from "./read_areas.ts";

/** A lowest area that is not what the base edition has. */
export interface Compared {
  id: string;
  name: string;
  kind: LineageKind;
  before: DraftFigures | null;
  after: DraftFigures | null;
  /** As it is in the draft; where it is no more, as it was. */
  area: DraftArea;
}

/** Ground that another area has in the draft, with what stands on it. */
export interface MovedPiece extends MovedGround {
  households: number;
  people: number;
}

/** What one area got from another or kept of itself, with the households that go along. */
export interface LineageRow extends LineagePart {
  from_name: string | null;
  area_name: string | null;
  households: number;
}

export interface PlanDifference {
  rows: Compared[];
  moved: MovedPiece[];
  lineage: LineageRow[];
  /** Lowest areas of the base edition that are another now. */
  before: DraftArea[];
  /** What stands in their place. */
  after: DraftArea[];
}

/**
 * What a draft changes of the edition that it began from, in its lowest areas.
 *
 * @param former - areas that the plan touched, as the base edition has them
 * @param figures - of the draft, by id
 */
export function comparePlan(
  draft: Pick<Draft, "area" | "areas">,
  figures: ReadonlyMap<string, DraftFigures>,
  former: readonly DraftArea[],
  points: BuildingPoints,
): PlanDifference {
  const drawn = draft.areas();
  const parents = new Set([...drawn, ...former].map(({ parent_id }) => parent_id));
  const isAlike = (area: DraftArea, now: DraftArea | undefined) =>
    now !== undefined && hasSameName(area, now) && sameArea(area, now);
  const before = former.filter((area) => !parents.has(area.id) && !isAlike(area, draft.area(area.id)));
  const olds = new Map(before.map((area) => [area.id, area]));
  const known = new Set(former.map(({ id }) => id));
  const after = drawn.filter(
    ({ id }) => !parents.has(id) && (olds.has(id) || (id.startsWith("new-") && !known.has(id))),
  );
  const counts = countBuildings(points, before);
  const moved = findMovedGround(before, after).map((piece) => ({ ...piece, ...countIn(piece, points) }));
  const measured = (areas: readonly DraftArea[]) =>
    areas.map(({ id, polygons }) => ({ id, area_m2: areaOf(polygons) }));
  const news = new Map(after.map((area) => [area.id, area]));
  const parts = traceLineage(measured(before), measured(after), moved).filter((part) => isChange(part, { olds, news }));
  const touched = new Set(parts.flatMap(({ from, area }) => [from, area]));
  const beforeOf = ({ id, polygons }: DraftArea): DraftFigures => ({ ...counts.own(id), area_m2: areaOf(polygons) });
  const both = [...new Map([...before, ...after].map((area) => [area.id, area])).values()];
  const rows = both
    .filter(({ id }) => touched.has(id))
    .map((area): Compared => {
      const old = olds.get(area.id);
      return {
        ...{ id: area.id, name: area.short_name, area, kind: kindOf(area.id, parts, { olds, news }) },
        before: old ? beforeOf(old) : null,
        after: news.has(area.id) ? (figures.get(area.id) ?? null) : null,
      };
    });
  return {
    rows: rows.sort((a, b) => byName(a.name, b.name)),
    moved: moved.sort((a, b) => b.area_m2 - a.area_m2),
    lineage: nameParts(parts, { olds, news, moved, counts }),
    before: before.filter(({ id }) => touched.has(id)),
    after: after.filter(({ id }) => touched.has(id)),
  };
}

function byName(a: string, b: string): number {
  return a.localeCompare(b, "zh-CN", { numeric: true });
}

interface Both {
  olds: ReadonlyMap<string, DraftArea>;
  news: ReadonlyMap<string, DraftArea>;
}

/** What happened to an area, in one word: of itself, or where it came from or went. */
function kindOf(id: string, parts: readonly LineagePart[], { olds, news }: Both): LineageKind {
  if (!news.has(id)) {
    const merged = parts.some(({ from, kind }) => from === id && kind === "merged");
    return merged ? "merged" : "retired";
  }
  if (!olds.has(id)) return "new";
  return parts.find(({ area, from }) => area === id && from === id)?.kind ?? "reshaped";
}

function nameParts(
  parts: readonly LineagePart[],
  {
    olds,
    news,
    moved,
    counts,
  }: Both & { moved: readonly MovedPiece[]; counts: { own: (id: string) => { households: number } } },
): LineageRow[] {
  const sumOf = (from: string | null, to: string | null) =>
    moved.reduce((sum, piece) => (piece.from === from && piece.to === to ? sum + piece.households : sum), 0);
  const lostBy = (id: string) => moved.reduce((sum, piece) => (piece.from === id ? sum + piece.households : sum), 0);
  const rows = parts.map((part) => ({
    ...part,
    from_name: part.from === null ? null : (olds.get(part.from)?.short_name ?? null),
    area_name: part.area === null ? null : (news.get(part.area)?.short_name ?? null),
    households:
      part.from !== null && part.from === part.area
        ? counts.own(part.from).households - lostBy(part.from)
        : sumOf(part.from, part.area),
  }));
  return rows.sort(
    (a, b) =>
      byName(a.from_name ?? "\uffff", b.from_name ?? "\uffff") || (b.share_of_from ?? 0) - (a.share_of_from ?? 0),
  );
}

function hasSameName(a: DraftArea, b: DraftArea | undefined): boolean {
  return (
    b !== undefined &&
    a.name === b.name &&
    a.short_name === b.short_name &&
    a.code === b.code &&
    a.parent_id === b.parent_id &&
    a.kind === b.kind &&
    a.profile_id === b.profile_id
  );
}

/** What was done and undone again may have its rings written another way: it is no change. */
function isChange({ from, area, kind }: LineagePart, { olds, news }: Both): boolean {
  return kind !== "kept" || from === null || area === null || !hasSameName(olds.get(from)!, news.get(area));
}

function countIn({ polygons }: MovedGround, { at, households, people }: BuildingPoints) {
  const [west, south, east, north] = boxOf(polygons);
  const sum = { households: 0, people: 0 };
  for (let i = 0; i < households.length; i++) {
    const [lon, lat] = [at[2 * i]!, at[2 * i + 1]!];
    if (lon < west || lon > east || lat < south || lat > north) continue;
    let inside = false;
    for (const ring of polygons.flat()) if (isInRing(ring, lon, lat)) inside = !inside;
    if (!inside) continue;
    sum.households += households[i]!;
    sum.people += people[i]!;
  }
  return sum;
}
