import type { CheckedArea, CheckedThing, Profile } from "../../data/checks/division.ts";
import { judgeBalance } from "../../data/checks/balance.ts";
import { measureArea } from "../../data/checks/compactness.ts";
import { describeFaults } from "../../data/checks/describe_faults.ts";
import type { DivisionFault, PlacedFault, Warning } from "../../data/checks/findings.ts";
import { judgeArea, needsMeasures } from "../../data/checks/judge_area.ts";
import { indexThings } from "../../data/checks/thing_index.ts";
import { type CoverageCheck, startCoverageCheck } from "../../data/coverage/recheck.ts";
import type { BuildingCounts, BuildingPoints, Counts } from "../../data/division/building_counts.ts";
import type { DraftArea } from "../../data/division/draft.ts";
import { boxOf } from "../../data/measure/box.ts";
import type { DraftSeed } from "./draft_seed.ts";
import type { DraftTree } from "./draft_tree.ts";

/** Checks of a draft that are done again after each step, only where the step reached. */
export interface DraftChecks {
  update: (changed: readonly DraftArea[], removed: readonly string[]) => void;
  faults: () => DivisionFault[];
  /** Of the areas against their profiles; cut things and roads are left to the full check. */
  warnings: (ids: readonly string[]) => Warning[];
  countsOf: (id: string) => Counts;
  /** As the checks take an area; without a code it goes by its id. */
  checked: (area: DraftArea) => CheckedArea;
}

type Rules = Pick<
  DraftSeed,
  "rules" | "levels" | "profiles" | "inherited_profile_id" | "staff" | "buildings" | "top_id"
>;

/** Faults with ways to heal them; the others are listed without, as a screen shows no more. */
const mostMends = 20;

export function checkDraft(tree: DraftTree, counts: BuildingCounts, rules: Rules): DraftChecks {
  const { top_id } = rules;
  const covers = new Map<string | null, { pieces: CoverageCheck; over: CoverageCheck } | null>();
  const profiles = new Map(rules.profiles.map((profile) => [profile.id, profile]));
  const staff = staffByArea(rules.staff);

  const isOver = ({ id, kind, parent_id }: DraftArea): boolean =>
    rules.rules.special_areas === "over" &&
    kind === "special" &&
    id !== top_id &&
    (parent_id === null || tree.get(parent_id)?.kind !== "special");

  /** Null: nothing divides the area. */
  function begin(parent_id: string | null): { pieces: CoverageCheck; over: CoverageCheck } | null {
    const children = tree.childrenOf(parent_id).map((id) => tree.get(id)!);
    const pieces = children.filter((child) => !isOver(child));
    const over = children.filter(isOver);
    if (children.length === 0) return null;
    const container = parent_id === null || pieces.length === 0 ? undefined : tree.get(parent_id)?.polygons;
    return { pieces: startCoverageCheck(pieces, container), over: startCoverageCheck(over) };
  }

  /** The parent whose children the area is one of; undefined for the plan's own area, which stands alone. */
  const parentOf = (area: DraftArea) => (area.id === top_id ? undefined : area.parent_id);

  function beginAll(): void {
    if (top_id === null) covers.set(null, begin(null));
    for (const { id } of tree.all()) {
      const cover = begin(id);
      if (cover) covers.set(id, cover);
    }
  }

  /** Remembered, because a change of parent or kind takes an area from one cover to another. */
  const places = new Map<string, { parent_id: string | null | undefined; over: boolean }>();
  const placeOf = (area: DraftArea) => ({ parent_id: parentOf(area), over: isOver(area) });
  beginAll();
  for (const area of tree.all()) places.set(area.id, placeOf(area));

  function update(changed: readonly DraftArea[], removed: readonly string[]): void {
    const anew = new Set<string | null>(changed.map(({ id }) => id)); // as containers
    const moves = new Map<string | null, { pieces: DraftArea[]; over: DraftArea[]; gone: string[] }>();
    const movesIn = (parent_id: string | null) => {
      const known = moves.get(parent_id) ?? { pieces: [], over: [], gone: [] };
      moves.set(parent_id, known);
      return known;
    };
    for (const id of removed) {
      const before = places.get(id);
      places.delete(id);
      covers.delete(id);
      if (before?.parent_id !== undefined) movesIn(before.parent_id).gone.push(id);
    }
    for (const area of changed) {
      const [before, now] = [places.get(area.id), placeOf(area)];
      places.set(area.id, now);
      if (before && before.parent_id !== undefined && before.parent_id !== now.parent_id) {
        movesIn(before.parent_id).gone.push(area.id);
      }
      if (now.parent_id === undefined) continue;
      if (before && before.over !== now.over) anew.add(now.parent_id);
      movesIn(now.parent_id)[now.over ? "over" : "pieces"].push(area);
    }
    for (const [parent_id, { pieces, over, gone }] of moves) {
      const cover = covers.get(parent_id);
      if (!cover || anew.has(parent_id)) {
        anew.add(parent_id);
        continue;
      }
      cover.pieces.update(pieces, gone);
      cover.over.update(over, gone);
    }
    for (const parent_id of anew) {
      if (parent_id !== null && !tree.get(parent_id)) continue;
      const cover = begin(parent_id);
      if (cover) covers.set(parent_id, cover);
      else covers.delete(parent_id);
    }
  }

  function faults(): DivisionFault[] {
    const placed: PlacedFault[] = [];
    for (const [parent_id, cover] of covers) {
      for (const fault of cover?.pieces.faults() ?? []) placed.push({ fault, parent_id });
      for (const fault of cover?.over.faults() ?? []) {
        if (fault.kind === "overlap" || fault.kind === "invalid_geometry") placed.push({ fault, parent_id });
      }
    }
    placed.sort((a, b) => b.fault.area_m2 - a.fault.area_m2);
    const [mended, plain] = [placed.slice(0, mostMends), placed.slice(mostMends)];
    const beside = new Set(mended.flatMap(({ fault }) => fault.features));
    const areas = [...beside].flatMap((id) => tree.get(id) ?? []).map(checked);
    return [
      ...describeFaults(mended, areas, indexThings(thingsIn(rules.buildings, areas))),
      ...describeFaults(plain, [], indexThings([])).map((fault) => ({ ...fault, inside: null })),
    ];
  }

  function profileOf(area: DraftArea): Profile | null {
    if (area.profile_id !== null) return profiles.get(area.profile_id) ?? null;
    for (let above = tree.get(area.parent_id ?? ""); above; above = tree.get(above.parent_id ?? "")) {
      if (above.child_profile_id !== null) return profiles.get(above.child_profile_id) ?? null;
    }
    const level = rules.levels.find(({ ordinal }) => ordinal === area.level);
    const id = rules.inherited_profile_id ?? level?.profile_id ?? null;
    return id === null ? null : (profiles.get(id) ?? null);
  }

  /** Sums over all below: those of inner areas are few, and children lie together. */
  function countsOf(id: string): Counts {
    let { households, people, buildings } = counts.own(id);
    for (const child of tree.childrenOf(id)) {
      const below = countsOf(child);
      households += below.households;
      people += below.people;
      buildings += below.buildings;
    }
    return { households, people, buildings };
  }

  function checked(area: DraftArea): CheckedArea {
    const { id, code, name, short_name, parent_id, level, kind, polygons } = area;
    const { households, people } = countsOf(id);
    return {
      ...{ id, name, short_name, kind, polygons, households, people },
      code: code ?? id,
      parent_id: id === top_id ? null : parent_id,
      role: rules.levels.find(({ ordinal }) => ordinal === level)!.role,
      profile: profileOf(area),
      staff: staff.get(id) ?? {},
    };
  }

  function warnings(ids: readonly string[]): Warning[] {
    return ids.flatMap((id) => {
      const area = tree.get(id);
      if (!area) return [];
      const judged = checked(area);
      const children = tree.childrenOf(id).map((child) => checked(tree.get(child)!));
      const balance = judgeBalance(judged, children);
      const facts = needsMeasures(judged) ? measureArea(judged.polygons) : {};
      return [...(balance ? [balance] : []), ...judgeArea(judged, facts)];
    });
  }

  return { update, faults, warnings, countsOf, checked };
}

function staffByArea(rows: DraftSeed["staff"]): Map<string, Record<string, number>> {
  const found = new Map<string, Record<string, number>>();
  for (const { area_id, duty, holders } of rows) {
    const held = found.get(area_id) ?? {};
    held[duty] = holders;
    found.set(area_id, held);
  }
  return found;
}

/** Buildings in the boxes of the areas, as the kernel takes them: by their point. */
function thingsIn({ at, households, people }: BuildingPoints, areas: readonly CheckedArea[]) {
  const boxes = areas.filter(({ polygons }) => polygons.length > 0).map(({ polygons }) => boxOf(polygons));
  const things: CheckedThing[] = [];
  if (boxes.length === 0) return things;
  for (let i = 0; i < households.length; i++) {
    const [lon, lat] = [at[2 * i]!, at[2 * i + 1]!];
    if (!boxes.some(([w, s, e, n]) => lon >= w && lon <= e && lat >= s && lat <= n)) continue;
    things.push({
      ...{ kind: "building", id: String(i), name: "", building_id: null, road_class: null, use: null },
      shape: { type: "Point", at: [lon, lat] },
      at: [lon, lat],
      households: households[i]!,
      people: people[i]!,
    });
  }
  return things;
}
