import type { Position } from "../schema/geometry.ts";
import { areaLocator } from "./area_locator.ts";
import { type AreaTree, growAreaTree } from "./area_tree.ts";
import { judgeBalance } from "./balance.ts";
import { type AreaMeasures, measureArea } from "./compactness.ts";
import { compareText, describeFaults, findDuplicateCodes, partFreeWater } from "./describe_faults.ts";
import type { CheckedArea, Division } from "./division.ts";
import { findDivisionFaults } from "./find_division_faults.ts";
import { type Borders, findCutThings, layBorders } from "./find_cut.ts";
import { findBeyond, findUncovered } from "./find_uncovered.ts";
import type { DivisionFault, Findings, HydrantReach, Warning } from "./findings.ts";
import { reachOfHydrants } from "./hydrant_reach.ts";
import { type InnerBorders, measureInnerBorders, shareOnRoads } from "./inner_borders.ts";
import { judgeArea, needsMeasures } from "./judge_area.ts";
import { measureLowest } from "./measure_lowest.ts";
import { indexRoads } from "./road_index.ts";
import { indexThings, type ThingIndex } from "./thing_index.ts";

export interface CheckOptions {
  /** Told the share of the work that is done, 0…1, rising. */
  onProgress?(done: number): void;
}

/** How the work divides, about: faults and borders take half each. */
const shareOfFaults = 0.5;

/**
 * Judges a division: what blocks publishing, what needs a reason, and its measures. The same division gives the same
 * findings, whatever the order of its things.
 *
 * @throws RangeError if a ring of an area is open or a position is not in degrees: refused at the door before
 */
export function checkDivision(division: Division, { onProgress }: CheckOptions = {}): Findings {
  const tree = growAreaTree(division);
  const things = indexThings(division.things);
  const { faults, free_water } = faultsOf(division, tree, things, onProgress);
  onProgress?.(shareOfFaults);
  const borders = layBorders(tree.lowest);
  const inner = measureInnerBorders(tree, borders.arcs, indexRoads(division.things));
  onProgress?.(0.75);
  const measured = measureAreas(tree);
  const warnings = warningsOf(tree, { measured, inner, borders, things });
  onProgress?.(0.9);
  const hydrants = division.hydrants && hydrantsOf(division, division.hydrants, borders, tree);
  onProgress?.(1);
  return { faults, warnings, measures: measureLowest(tree.lowest, measured, inner), hydrants, free_water };
}

/**
 * Far buildings by code of their area, farthest first; those in no area at the end. Where one area is judged, its
 * neighbours' buildings on the border are not asked about.
 */
function hydrantsOf(division: Division, hydrants: readonly Position[], borders: Borders, tree: AreaTree): HydrantReach {
  const { top_id, rules } = division;
  const isInTop = areaLocator(tree.roots);
  const things = top_id === null ? division.things : division.things.filter(({ at }) => isInTop(at) >= 0);
  const codes = new Map<string | null, string>(borders.areas.map(({ id, code }) => [id, code]));
  const areaOf = (at: Position) => borders.areaAt(at)?.id ?? null;
  const reach = reachOfHydrants(things, hydrants, rules.hydrant_radius_m, areaOf);
  const codeOf = (id: string | null) => codes.get(id) ?? lastCode;
  reach.far.sort(
    (a, b) =>
      compareText(codeOf(a.area_id), codeOf(b.area_id)) ||
      (b.distance_m ?? 0) - (a.distance_m ?? 0) ||
      compareText(a.building_id, b.building_id),
  );
  return reach;
}

/** Behind any code. */
const lastCode = "\uffff";

function faultsOf(
  { areas, top_id, rules }: Division,
  tree: AreaTree,
  things: ThingIndex,
  onProgress: CheckOptions["onProgress"],
): Pick<Findings, "faults" | "free_water"> {
  const onDone = (count: number) => onProgress?.((shareOfFaults * count) / (areas.length + 1));
  const placed = findDivisionFaults(tree, { top_id, onDone });
  const { faults, water } = partFreeWater(placed, things, rules);
  const describe = (some: typeof placed) => describeFaults(some, areas, things).sort(byFallingSurface);
  const uncovered = [
    ...findUncovered(faults, things),
    // a bridge over free water is nobody's fault; a boat house there is missed by everybody
    ...findUncovered(water, things, { without: ["road", "estate"] }),
    ...(top_id === null ? findBeyond(tree.roots, things) : []),
  ];
  return {
    faults: [...describe(faults), ...findDuplicateCodes(areas), ...eachOnce(uncovered)],
    // nothing to heal there
    free_water: describe(water).map((place) => ({ ...place, mends: [] })),
  };
}

function byFallingSurface(a: DivisionFault, b: DivisionFault): number {
  return b.area_m2 - a.area_m2;
}

/** What lies in a gap between tops lies in no top, too. */
function eachOnce(uncovered: readonly DivisionFault[]): DivisionFault[] {
  const first = new Map<string, DivisionFault>();
  for (const fault of uncovered) {
    const key = `${fault.thing!.kind} ${fault.thing!.id}`;
    if (!first.has(key)) first.set(key, fault);
  }
  return [...first.values()].sort(
    ({ thing: a }, { thing: b }) =>
      compareText(a!.kind, b!.kind) || compareText(a!.name, b!.name) || compareText(a!.id, b!.id),
  );
}

/** Of lowest areas, and of those whose profile asks. */
function measureAreas(tree: AreaTree): Map<CheckedArea, AreaMeasures> {
  const asked = new Set([...tree.lowest, ...tree.areas.filter(needsMeasures)]);
  return new Map([...asked].map((area) => [area, measureArea(area.polygons)]));
}

interface Measured {
  measured: ReadonlyMap<CheckedArea, AreaMeasures>;
  inner: InnerBorders;
  borders: Borders;
  things: ThingIndex;
}

function warningsOf(tree: AreaTree, { measured, inner, borders, things }: Measured): Warning[] {
  const warnings = findCutThings(borders, things);
  for (const area of tree.areas) {
    const balance = judgeBalance(area, [...tree.piecesOf(area.id), ...tree.overOf(area.id)]);
    if (balance) warnings.push(balance);
    warnings.push(...judgeArea(area, { ...measured.get(area), border_on_roads: shareOnRoads(inner.of(area)) }));
  }
  const codeOf = ({ area_id }: Warning) => tree.byId.get(area_id)!.code;
  return warnings.sort(
    (a, b) => compareText(a.kind, b.kind) || compareText(codeOf(a), codeOf(b)) || compareText(a.key, b.key),
  );
}
