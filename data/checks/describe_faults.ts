import { groupBy } from "../group_by.ts";
import { findFaults } from "../coverage/find_faults.ts";
import type { Fault } from "../coverage/fault.ts";
import { boxOf } from "../measure/box.ts";
import type { MultiPolygon } from "../schema/geometry.ts";
import { indexPoints } from "./count_inside.ts";
import type { CheckedArea, CheckedThing, NetworkRules, Profile } from "./division.ts";
import type { AreaFigures, DivisionFault, PlacedFault } from "./findings.ts";
import { judgeProfile } from "./judge_profile.ts";
import { suggestMends } from "./suggest_mends.ts";
import type { ThingIndex } from "./thing_index.ts";

/** Share of a gap that may be dry land and the gap still be water. */
const dryShare = 0.01;

/**
 * Gaps of nothing but water, where the rules leave water free, and all other faults.
 *
 * @param known - whether gaps that were asked of before are water; it is added to
 */
export function partFreeWater(
  placed: readonly PlacedFault[],
  things: ThingIndex,
  rules: Pick<NetworkRules, "water">,
  known: WeakMap<Fault, boolean> = new WeakMap(),
): { faults: PlacedFault[]; water: PlacedFault[] } {
  const isKnownWater = (gap: Fault) => {
    const is = known.get(gap) ?? isWater(gap, things);
    known.set(gap, is);
    return is;
  };
  const water = new Set(
    rules.water === "free" ? placed.filter(({ fault }) => fault.kind === "gap" && isKnownWater(fault)) : [],
  );
  return { faults: placed.filter((fault) => !water.has(fault)), water: [...water] };
}

/** Water surfaces may lie over one another: what they leave of the gap is asked of the coverage check. */
function isWater({ polygons, area_m2 }: Fault, things: ThingIndex): boolean {
  const surfaces = things.near(boxOf(polygons)).flatMap((index) => {
    const { kind, id, shape } = things.things[index]!;
    return kind === "water" && shape.type === "MultiPolygon" ? [{ id, polygons: shape.polygons }] : [];
  });
  if (surfaces.length === 0) return false;
  const dry = findFaults(surfaces, polygons).filter(({ kind }) => kind === "gap");
  return dry.reduce((sum, place) => sum + place.area_m2, 0) <= dryShare * area_m2;
}

/**
 * Faults of the coverage with what is counted there not at all or twice, and how they may be healed.
 *
 * @param placed - of the areas of the tree
 * @param things - buildings are counted by their point
 * @param published - shapes in force, by id of the area, if they may differ: an overlap is kept by who had the place
 */
export function describeFaults(
  placed: readonly PlacedFault[],
  areas: readonly CheckedArea[],
  things: ThingIndex,
  published?: ReadonlyMap<string, MultiPolygon>,
): DivisionFault[] {
  if (placed.length === 0) return [];
  const buildings = buildingsNear(placed, things);
  const countInside = indexPoints(buildings);
  const profiles = new Map(areas.map(({ id, profile }) => [id, profile]));
  const mends = suggestMends(
    placed.map(({ fault }) => fault),
    {
      areas,
      buildings,
      ...(published && { published }),
      fits: (id, figures) => fitsProfile(profiles.get(id) ?? null, figures),
    },
  );
  return placed.map(({ fault, parent_id }, i) => ({
    kind: fault.kind,
    area_m2: fault.area_m2,
    length_m: null,
    area_ids: fault.features,
    parent_id,
    at: fault.at,
    shape: fault.polygons.length > 0 ? { type: "MultiPolygon", polygons: fault.polygons } : null,
    reason: fault.reason ?? null,
    thing: null,
    inside: fault.kind === "invalid_geometry" ? null : countInside(fault.polygons),
    mends: mends[i]!,
  }));
}

function buildingsNear(placed: readonly PlacedFault[], things: ThingIndex): CheckedThing[] {
  const near = new Set(placed.flatMap(({ fault }) => things.near(boxOf(fault.polygons))));
  return [...near].map((index) => things.things[index]!).filter(({ kind }) => kind === "building");
}

/** Null where nothing limits households or people. */
function fitsProfile(profile: Profile | null, figures: AreaFigures): boolean | null {
  const verdict = profile && judgeProfile(profile, figures);
  return verdict && verdict.figures.length > 0 ? verdict.inside : null;
}

/** Codes that more than one area has, in order of the code. */
export function findDuplicateCodes(areas: readonly CheckedArea[]): DivisionFault[] {
  const twice = [...groupBy(areas, ({ code }) => code).values()].filter((same) => same.length > 1);
  return twice.sort(([a], [b]) => compareText(a!.code, b!.code)).map(faultOfCode);
}

function faultOfCode(same: readonly CheckedArea[]): DivisionFault {
  const [{ parent_id, polygons }] = same as [CheckedArea];
  const corner = polygons[0]?.[0];
  return {
    kind: "duplicate_code",
    area_m2: 0,
    length_m: null,
    area_ids: same.map(({ id }) => id),
    parent_id: same.every((area) => area.parent_id === parent_id) ? parent_id : null,
    at: corner && corner.length > 1 ? [corner[0]!, corner[1]!] : null,
    shape: null,
    reason: null,
    thing: null,
    inside: null,
    mends: [],
  };
}

/** By code unit: the same order everywhere, whatever language a machine is set to. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
