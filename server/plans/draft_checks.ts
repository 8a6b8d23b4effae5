import { judgeBalance } from "../../data/checks/balance.ts";
import { measureArea } from "../../data/checks/compactness.ts";
import { compareText, describeFaults, partFreeWater } from "../../data/checks/describe_faults.ts";
import type { CheckedArea, CheckedThing, Profile } from "../../data/checks/division.ts";
import { findUncovered, type KnownGaps } from "../../data/checks/find_uncovered.ts";
import type { DivisionFault, Warning } from "../../data/checks/findings.ts";
import { judgeArea, needsMeasures } from "../../data/checks/judge_area.ts";
import { indexThings } from "../../data/checks/thing_index.ts";
import type { BuildingCounts, Counts } from "../../data/division/building_counts.ts";
import type { DraftArea } from "../../data/division/draft.ts";
import { joinBoxes } from "../../data/measure/box.ts";
import { layDraftBorders } from "./draft_borders.ts";
import { coverDraft } from "./draft_covers.ts";
import type { DraftSeed } from "./draft_seed.ts";
import { type DraftTree, inOrder } from "./draft_tree.ts";

/**
 * Checks of a draft that are done again after each step, only where the step reached. They say what the full check
 * (data/checks/check_division.ts) says, of the areas that they judge.
 */
export interface DraftChecks {
  /** When the tree and the counts have changed. @returns ids of the areas of which something else may hold now */
  update: (changed: readonly DraftArea[], removed: readonly string[]) => string[];
  /** Areas that a step on these may have given other warnings: they, those near them and those above them. */
  around: (ids: readonly string[]) => string[];
  /** All of the draft. Of a whole network, what lies beyond its tops is left to the full check. */
  faults: () => DivisionFault[];
  /** All of the areas, by kind and code. */
  warnings: (ids: readonly string[]) => Warning[];
  countsOf: (id: string) => Counts;
}

type Rules = Pick<DraftSeed, "rules" | "levels" | "profiles" | "inherited_profile_id" | "staff" | "top_id">;

/** Faults with ways to heal them; the others are listed without, as a screen shows no more. */
const mostMends = 20;

export function checkDraft(
  tree: DraftTree,
  counts: BuildingCounts,
  of: Rules & { things: readonly CheckedThing[] },
): DraftChecks {
  const { top_id, rules } = of;
  const things = indexThings(of.things);
  const profiles = new Map(of.profiles.map((profile) => [profile.id, profile]));
  const staff = staffByArea(of.staff);
  const hasBalance = of.profiles.some(({ balance_max }) => balance_max !== null);
  const known = { water: new WeakMap<object, boolean>(), things: new WeakMap() as KnownGaps };

  /** What would be asked of thousands with each step; forgotten where it may be another. */
  const kept = {
    profiles: new Map<string, Profile | null>(),
    /** Of inner areas. */
    counts: new Map<string, Counts>(),
    balance: new Map<string, Warning | null>(),
    /** Of each area by itself, as it was counted into those above. */
    own: new Map(tree.all().map(({ id }) => [id, counts.own(id)])),
  };

  const isOver = ({ id, kind, parent_id }: DraftArea): boolean =>
    rules.special_areas === "over" &&
    kind === "special" &&
    id !== top_id &&
    (parent_id === null || tree.get(parent_id)?.kind !== "special");

  const parentOf = (area: DraftArea): DraftArea | undefined =>
    area.id === top_id ? undefined : tree.get(area.parent_id ?? "");

  /** Whether it is one of the pieces that cover the ground, at whatever level. */
  function covers(area: DraftArea): boolean {
    for (let one: DraftArea | undefined = area; one; one = parentOf(one)) if (isOver(one)) return false;
    return true;
  }

  const isLowest = (area: DraftArea): boolean =>
    covers(area) && tree.childrenOf(area.id).every((id) => isOver(tree.get(id)!));

  const cover = coverDraft(tree, top_id, isOver);
  const borders = layDraftBorders({
    ...{ areas: tree.all(), isLowest, things },
    checked: (id) => checked(tree.get(id)!),
    inOrder: (ids) =>
      ids
        .map((id) => tree.get(id)!)
        .sort(inOrder)
        .map(({ id }) => id),
    parentOf(id) {
      const area = tree.get(id)!;
      return id === top_id || !covers(area) ? undefined : area.parent_id;
    },
  });
  /** As the areas were before a step. */
  const former = new Map(tree.all().map((area) => [area.id, area]));

  function below(id: string): string[] {
    return tree.childrenOf(id).flatMap((child) => [child, ...below(child)]);
  }

  function update(changed: readonly DraftArea[], removed: readonly string[]): string[] {
    const ids = [...changed.map(({ id }) => id), ...removed];
    const before = borders.lowestBox(ids);
    const parents = ids.flatMap((id) => former.get(id)?.parent_id ?? []);
    const ruled = changed.filter((area) => setsOtherRules(former.get(area.id), area)).flatMap(({ id }) => below(id));
    cover.update(changed, removed);
    const above = [...parents, ...changed.flatMap(({ parent_id }) => parent_id ?? [])];
    for (const id of new Set([...ids, ...above, ...ruled])) borders.set(id, tree.get(id) ?? null);
    const judged = reached([...ids, ...parents, ...ruled], before);
    forget(changed, removed, judged);
    for (const id of removed) former.delete(id);
    for (const area of changed) former.set(area.id, area);
    return judged;
  }

  /** Sums and balance of whoever is above an area that came, went or holds something else now. */
  function forget(changed: readonly DraftArea[], removed: readonly string[], judged: readonly string[]): void {
    const isRuledAnew = changed.some((area) => {
      const before = former.get(area.id);
      return !before || before.profile_id !== area.profile_id || setsOtherRules(before, area);
    });
    if (isRuledAnew || removed.length > 0) {
      for (const known of [kept.profiles, kept.counts, kept.balance]) known.clear();
    }
    for (const { id } of changed) kept.balance.delete(id); // it names the code
    for (const id of judged) {
      const [own, before] = [counts.own(id), kept.own.get(id)];
      kept.own.set(id, own);
      const { households, people, buildings } = own;
      if (before?.households === households && before.people === people && before.buildings === buildings) continue;
      for (let area = tree.get(id); area; area = parentOf(area)) {
        kept.counts.delete(area.id);
        kept.balance.delete(area.id);
      }
    }
  }

  function reached(ids: readonly string[], before: ReturnType<typeof borders.lowestBox>): string[] {
    const now = borders.lowestBox(ids);
    const box = now ? joinBoxes(now, before) : before;
    const found = new Set<string>();
    for (const id of [...ids, ...(box ? borders.around(box) : [])]) {
      for (let area = tree.get(id); area && !found.has(area.id); area = parentOf(area)) found.add(area.id);
    }
    return [...found];
  }

  function faults(): DivisionFault[] {
    const { faults: placed, water } = partFreeWater(cover.faults(), things, rules, known.water);
    const [mended, plain] = [placed.slice(0, mostMends), placed.slice(mostMends)];
    const beside = new Set(mended.flatMap(({ fault }) => fault.features));
    const areas = [...beside].flatMap((id) => tree.get(id) ?? []).map(checked);
    const uncovered = [
      ...findUncovered(placed, things, { known: known.things }),
      // a bridge over free water is nobody's fault; a boat house there is missed by everybody
      ...findUncovered(water, things, { without: ["road", "estate"], known: known.things }),
    ];
    return [
      ...describeFaults(mended, areas, things),
      ...describeFaults(plain, [], indexThings([])).map((fault) => ({ ...fault, inside: null })),
      ...uncovered.sort(
        ({ thing: a }, { thing: b }) =>
          compareText(a!.kind, b!.kind) || compareText(a!.name, b!.name) || compareText(a!.id, b!.id),
      ),
    ];
  }

  function profileOf(area: DraftArea): Profile | null {
    if (area.profile_id !== null) return profiles.get(area.profile_id) ?? null;
    const key = `${area.level} ${area.id === top_id ? "" : area.parent_id}`;
    const known = kept.profiles.get(key);
    if (known !== undefined) return known;
    const found = inheritedBy(area);
    kept.profiles.set(key, found);
    return found;
  }

  function inheritedBy(area: DraftArea): Profile | null {
    for (let above = parentOf(area); above; above = parentOf(above)) {
      if (above.child_profile_id !== null) return profiles.get(above.child_profile_id) ?? null;
    }
    const level = of.levels.find(({ ordinal }) => ordinal === area.level);
    const id = of.inherited_profile_id ?? level?.profile_id ?? null;
    return id === null ? null : (profiles.get(id) ?? null);
  }

  /** Sums over all below: those of inner areas are few, and children lie together. */
  function countsOf(id: string): Counts {
    const children = tree.childrenOf(id);
    if (children.length === 0) return counts.own(id);
    const known = kept.counts.get(id);
    if (known) return known;
    let { households, people, buildings } = counts.own(id);
    for (const child of children) {
      const part = countsOf(child);
      households += part.households;
      people += part.people;
      buildings += part.buildings;
    }
    const sum = { households, people, buildings };
    kept.counts.set(id, sum);
    return sum;
  }

  function checked(area: DraftArea): CheckedArea {
    const { id, code, name, short_name, parent_id, level, kind, polygons } = area;
    const { households, people } = countsOf(id);
    return {
      ...{ id, name, short_name, kind, polygons, households, people },
      code: code ?? id,
      parent_id: id === top_id ? null : parent_id,
      role: of.levels.find(({ ordinal }) => ordinal === level)!.role,
      profile: profileOf(area),
      staff: staff.get(id) ?? {},
    };
  }

  function balanceOf(area: CheckedArea): Warning[] {
    if (!hasBalance) return [];
    let balance = kept.balance.get(area.id);
    if (balance === undefined) {
      const children = tree.childrenOf(area.id).map((id) => {
        return { profile: profileOf(tree.get(id)!), households: countsOf(id).households };
      });
      balance = judgeBalance(area, children);
      kept.balance.set(area.id, balance);
    }
    return balance ? [balance] : [];
  }

  function warnings(ids: readonly string[]): Warning[] {
    const areas = [...new Set(ids)].flatMap((id) => tree.get(id) ?? []).map(checked);
    const onRoads = borders.onRoads(
      areas.filter(({ profile }) => (profile?.border_on_roads_min ?? null) !== null).map(({ id }) => id),
    );
    const found = borders.cutIn(new Set(areas.map(({ id }) => id)));
    for (const area of areas) {
      const facts = needsMeasures(area) ? measureArea(area.polygons) : {};
      found.push(...balanceOf(area), ...judgeArea(area, { ...facts, border_on_roads: onRoads.get(area.id) ?? null }));
    }
    const codeOf = ({ area_id }: Warning) => tree.get(area_id)!.code ?? area_id;
    return found.sort(
      (a, b) => compareText(a.kind, b.kind) || compareText(codeOf(a), codeOf(b)) || compareText(a.key, b.key),
    );
  }

  return { update, around: (ids) => reached(ids, null), faults, warnings, countsOf };
}

/** Whether what lies below an area is judged by other rules than before. */
function setsOtherRules(before: DraftArea | undefined, { kind, child_profile_id, parent_id }: DraftArea): boolean {
  return (
    before !== undefined &&
    (before.kind !== kind || before.child_profile_id !== child_profile_id || before.parent_id !== parent_id)
  );
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
