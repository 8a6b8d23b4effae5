import type { Fault } from "../coverage/fault.ts";
import { layOutRings, unitsPerDegree } from "../coverage/half_edges.ts";
import { createOwnerLocator } from "../coverage/locate_owners.ts";
import { indexBorders, type SharedBorders } from "../coverage/shared_borders.ts";
import { areaOf } from "../measure/area.ts";
import type { MultiPolygon, Position } from "../schema/geometry.ts";
import { type CountedPoint, type InsideCounts, indexPoints } from "./count_inside.ts";
import type { AreaFigures, Mend } from "./findings.ts";

/** What mends are judged by. Polygons: closed rings in degrees. */
export interface MendGround {
  /** At least all that the faults name; ids are unique. Their counts are what `before` says. */
  areas: readonly { id: string; polygons: MultiPolygon; households: number; people: number }[];
  /** Move with the place that they stand in. */
  buildings: readonly CountedPoint[];
  /** Shapes that are in force, by id: an overlap is kept by who had the place. */
  published?: ReadonlyMap<string, MultiPolygon>;
  /** Whether an area with these figures would fit its profile; null: it has no limits. */
  fits?: (area_id: string, figures: AreaFigures) => boolean | null;
}

/** Ways told of one fault: nobody reads more, and a place with ten thousand owners must not give 10⁸ figures. */
const mostMends = 8;
/** Share of its surface: an area that keeps less without the place would be gone. */
const leastRest = 0.01;

/**
 * For each fault the ways to heal it, the suggested one first; nothing is applied.
 * - gap: given to one of the neighbours, by falling length of the common border (metres, geodesic)
 * - overlap: one keeps the place, the others lose it. First who had it in force; then an area that would be gone
 *   without it (so an enclave is cut out of what lies round it); then who has the longest border with it; then who is
 *   the largest without it
 * - outside: cut off, from all that reach there
 * - invalid geometry: none, it must be drawn anew
 *
 * All is indexed once for all faults.
 * @param faults - of `findFaults` over the areas
 * @returns mends of each fault, in the order of the faults
 */
export function suggestMends(faults: readonly Fault[], ground: MendGround): Mend[][] {
  const bench = prepare(faults, ground);
  return faults.map((fault) => {
    if (fault.kind === "invalid_geometry" || fault.features.length === 0) return [];
    const place: Place = {
      area_m2: fault.area_m2,
      inside: bench.countInside(fault.polygons),
      borders: bench.measureBorders(fault.polygons),
    };
    if (fault.kind === "gap") return giveGap(bench, place, fault.features);
    if (fault.kind === "overlap") return shareOverlap(bench, place, fault);
    return [cutOff(bench, place, fault.features)];
  });
}

interface Place {
  area_m2: number;
  inside: InsideCounts;
  borders: SharedBorders;
}

interface Bench {
  countInside: (place: MultiPolygon) => InsideCounts;
  measureBorders: (place: MultiPolygon) => SharedBorders;
  /** Index of an area among those that the faults name. */
  indexOf: ReadonlyMap<string, number>;
  figuresOf: (id: string) => AreaFigures;
  fits: NonNullable<MendGround["fits"]>;
  /** Named areas that had the point in force. */
  publishedAt: (at: Position) => string[];
}

function prepare(faults: readonly Fault[], ground: MendGround): Bench {
  const named = new Set<string>();
  for (const { kind, features } of faults) if (kind !== "invalid_geometry") for (const id of features) named.add(id);
  const areas = ground.areas.filter(({ id }) => named.has(id));
  const indexOf = new Map(areas.map(({ id }, i) => [id, i]));
  for (const id of named) if (!indexOf.has(id)) throw new RangeError(`no area ${id} is given, which a fault names`);
  const known = new Map<string, AreaFigures>();
  return {
    countInside: indexPoints(ground.buildings),
    measureBorders: indexBorders(areas.map(({ polygons }) => polygons)),
    indexOf,
    fits: ground.fits ?? (() => null),
    figuresOf(id) {
      let figures = known.get(id);
      if (!figures) {
        const { polygons, households, people } = areas[indexOf.get(id)!]!;
        figures = { area_m2: areaOf(polygons), households, people };
        known.set(id, figures);
      }
      return figures;
    },
    publishedAt: locatePublished(
      areas.map(({ id }) => id),
      ground.published,
    ),
  };
}

function locatePublished(ids: readonly string[], published: MendGround["published"]): Bench["publishedAt"] {
  const had = ids.filter((id) => published?.has(id));
  if (had.length === 0) return () => [];
  const locator = createOwnerLocator(layOutRings(had.map((id) => published!.get(id)!)), had.length);
  return ([lon, lat]) => locator.ownersAt(lon * unitsPerDegree, lat * unitsPerDegree).map((owner) => had[owner]!);
}

function giveGap(bench: Bench, place: Place, features: readonly string[]): Mend[] {
  const borderOf = (id: string) => place.borders.against.get(bench.indexOf.get(id)!) ?? 0;
  return [...features]
    .sort((a, b) => borderOf(b) - borderOf(a))
    .slice(0, mostMends)
    .map((id) => ({ act: "give", area_id: id, border_m: borderOf(id), changes: [changeOf(bench, id, place, 1)] }));
}

function shareOverlap(bench: Bench, place: Place, { features, at }: Fault): Mend[] {
  const had = new Set(at ? bench.publishedAt(at) : []);
  // what of the border is not the area's own leads on into the rest of it
  const borderOf = (id: string) =>
    Math.max(0, place.borders.perimeter - (place.borders.along.get(bench.indexOf.get(id)!) ?? 0));
  const ranked = features.map((id) => {
    const { area_m2 } = bench.figuresOf(id);
    const rest = area_m2 - place.area_m2;
    return { id, had: had.has(id), gone: rest < leastRest * area_m2, border: borderOf(id), rest };
  });
  ranked.sort(
    (a, b) =>
      Number(b.had) - Number(a.had) || Number(b.gone) - Number(a.gone) || b.border - a.border || b.rest - a.rest,
  );
  const losses = new Map(features.map((id) => [id, changeOf(bench, id, place, -1)]));
  return ranked.slice(0, mostMends).map(({ id, border }) => ({
    act: "keep",
    area_id: id,
    border_m: border,
    changes: features.filter((other) => other !== id).map((other) => losses.get(other)!),
  }));
}

function cutOff(bench: Bench, place: Place, features: readonly string[]): Mend {
  const own = place.borders.along.get(bench.indexOf.get(features[0]!)!) ?? 0;
  return {
    act: "cut_off",
    area_id: features[0]!,
    border_m: Math.max(0, place.borders.perimeter - own),
    changes: features.map((id) => changeOf(bench, id, place, -1)),
  };
}

/** @param sign - 1: the area gets the place; −1: it loses it */
function changeOf(bench: Bench, id: string, { area_m2, inside }: Place, sign: 1 | -1): Mend["changes"][number] {
  const before = bench.figuresOf(id);
  const after = {
    area_m2: Math.max(0, before.area_m2 + sign * area_m2),
    households: Math.max(0, before.households + sign * inside.households),
    people: Math.max(0, before.people + sign * inside.people),
  };
  return { area_id: id, before, after, fits: bench.fits(id, after) };
}
