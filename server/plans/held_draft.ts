import { countBuildings } from "../../data/division/building_counts.ts";
import type { Applied, Draft, DraftArea, Inverse, Refusal } from "../../data/division/draft.ts";
import { compareEditions } from "../../data/division/draw_edition.ts";
import { findUnsettled, type Unsettled } from "../../data/division/handover.ts";
import { openDraft } from "../../data/division/open_draft.ts";
import type { Fault } from "../../data/coverage/fault.ts";
import { boxOf } from "../../data/measure/box.ts";
import type { Bbox } from "../../data/schema/geometry.ts";
import type { CheckFault, CheckWarning } from "../../data/schema/check.ts";
import type { PlanArea } from "../../data/schema/plan.ts";
import type { PlanOperation } from "../../data/schema/plan_operation.ts";
import { rowsOf, surfaceOf, thingsOf } from "../checks/build_division.ts";
import type { AreaFacts, Columns } from "../checks/check_protocol.ts";
import { type PackedShapes, packShapes, unpackShapes } from "../checks/packed_shapes.ts";
import { writeFault, writeWarning } from "../checks/write_findings.ts";
import { multiPolygonHex } from "../loading/ewkb.ts";
import { checkDraft } from "./draft_checks.ts";
import type { FormerAreas } from "./former_areas.ts";
import type { DraftSeed } from "./draft_seed.ts";
import { type DraftTiles, drawDraft } from "./draft_tiles.ts";
import { growDraftTree } from "./draft_tree.ts";
import { planArea, refOf, type SavedArea, savedArea } from "./write_draft.ts";

/** All faults of a draft, and all warnings of some of its areas. */
export interface Judged {
  faults: CheckFault[];
  warnings: CheckWarning[];
  /** Ids of those areas. */
  judged: string[];
}

/** What became of a step: what to answer, and what to store. */
export interface Step extends Judged {
  ok: true;
  changed: PlanArea[];
  removed: string[];
  /** Takes it back. */
  inverse: Inverse;
  /** How many `new-…` ids are given out now. */
  given: number;
  saved: SavedArea[];
  /** What it touched, before and after. */
  box: Bbox | null;
}

/** A draft in memory with its checks. */
export interface HeldDraft {
  apply: (operation: PlanOperation) => Step | Refusal;
  restore: (inverse: Inverse) => Step;
  areas: () => PlanArea[];
  /** Those of the areas that there are, and the ids of those that are not. */
  some: (ids: readonly string[]) => { areas: PlanArea[]; removed: string[] };
  /** As after a step on these areas. */
  judge: (ids: readonly string[]) => Judged;
  /** For the full check. */
  division: () => { facts: Columns<AreaFacts>; shapes: PackedShapes };
  box: () => Bbox | null;
  tile: DraftTiles["tile"];
  /** Which areas ask for other staff, by the rules that publishing goes by. */
  unsettled: (former: FormerAreas) => Unsettled[];
}

/** Areas that cannot be drawn with borders that exist once: they overlap, lie outside or have no valid outline. */
export interface Undrawable {
  faults: Fault[];
  names: Record<string, string>;
}

export function holdDraft(seed: DraftSeed): HeldDraft | Undrawable {
  const areas = readAreas(seed);
  const known = new Set(seed.codes);
  const opened = openDraft(areas, {
    top_id: seed.top_id,
    given: seed.given,
    isCodeFree: (code) => !known.has(code),
    special_areas: seed.rules.special_areas,
  });
  if ("faults" in opened) return { ...opened, names: Object.fromEntries(areas.map(({ id, name }) => [id, name])) };
  return holdOpened(opened, areas, seed);
}

function holdOpened(draft: Draft, areas: readonly DraftArea[], seed: DraftSeed): HeldDraft {
  const tree = growDraftTree(areas);
  const counts = countBuildings(seed.buildings, areas);
  const checks = checkDraft(tree, counts, { ...seed, things: seed.things.flatMap(thingsOf) });
  let given = seed.given;
  const tiles = drawDraft({ areas: tree.all, countsOf: checks.countsOf }, seed, () => performance.now());

  const looks = new Map(seed.published.map((look) => [look.area_id, look]));
  const write = (area: DraftArea): PlanArea => planArea(area, checks.countsOf(area.id), looks.get(area.id));
  const ref = (id: string) => refOf(tree.get(id)!, seed);

  function judge(judged: string[]): Judged {
    return {
      faults: checks.faults().map((fault) => writeFault(fault, ref)),
      warnings: checks
        .warnings(judged)
        .map((warning) => ({ ...writeWarning(warning, ref, seed.duties), reason: null })),
      judged,
    };
  }

  function take({ changed, removed, inverse }: Applied, now: number): Step {
    const touched = [...changed, ...[...changed.map(({ id }) => id), ...removed].flatMap((id) => tree.get(id) ?? [])];
    const gone = removed.map((id) => savedArea(tree.get(id)!, true));
    given = now;
    tree.update(changed, removed);
    counts.update(changed, removed);
    const judged = checks.update(changed, removed);
    tiles.stepped();
    return {
      ok: true,
      changed: changed.map(write),
      removed,
      inverse,
      given,
      saved: [...changed.map((area) => savedArea(area, false)), ...gone],
      ...judge(judged),
      box: boxAround(touched),
    };
  }

  return {
    apply(operation) {
      const applied = draft.apply(operation);
      return applied.ok ? take(applied, givenAfter(given, applied.inverse)) : applied;
    },
    restore: (inverse) => take(draft.restore(inverse), inverse.given),
    areas: () => tree.all().map(write),
    some(ids) {
      const known = ids.flatMap((id) => tree.get(id) ?? []);
      return { areas: known.map(write), removed: ids.filter((id) => !tree.get(id)) };
    },
    judge: (ids) => judge(checks.around(ids)),
    division: () => divisionOf(tree.all(), seed, checks.countsOf),
    box: () => boxAround(tree.all()),
    tile: tiles.tile,
    unsettled: (former) => unsettledIn(former, tree.all(), seed),
  };
}

function unsettledIn({ facts, shapes }: FormerAreas, areas: readonly DraftArea[], { rules }: DraftSeed): Unsettled[] {
  const surfaces = unpackShapes(shapes).map(surfaceOf);
  // whose ground is below whose does not matter here: levels are compared each by itself
  const parts = { parent_id: null, code: null, lowest: true };
  const before = facts.map((fact, i) => ({ ...fact, ...parts, polygons: surfaces[i]! }));
  const changed = new Set(facts.map(({ id }) => id));
  const after = areas
    .filter(({ id }) => changed.has(id) || id.startsWith("new-"))
    .map((area) => ({ ...area, ...parts }));
  return findUnsettled(compareEditions({ before, after, special_over: rules.special_areas === "over" }).lineage);
}

function readAreas({ areas }: DraftSeed): DraftArea[] {
  const shapes = unpackShapes(areas.shapes);
  return [...rowsOf(areas.facts)].map((facts, i) => {
    const shape = shapes[i]!;
    if (shape.type !== "MultiPolygon") throw new RangeError(`area ${facts.id} is no surface`);
    return { ...facts, polygons: shape.polygons };
  });
}

function givenAfter(given: number, { made }: Inverse): number {
  return made.reduce((most, id) => (id.startsWith("new-") ? Math.max(most, Number(id.slice(4))) : most), given);
}

function boxAround(areas: readonly DraftArea[]): Bbox | null {
  const exteriors = areas.flatMap(({ polygons }) => polygons);
  return exteriors.length > 0 ? boxOf(exteriors) : null;
}

/** New areas go by their ids where a code is needed. */
function divisionOf(
  areas: readonly DraftArea[],
  seed: DraftSeed,
  countsOf: (id: string) => { households: number; people: number },
): { facts: Columns<AreaFacts>; shapes: PackedShapes } {
  const levelProfiles = new Map(seed.levels.map(({ ordinal, profile_id }) => [ordinal, profile_id]));
  const rows = areas.map((area): AreaFacts => {
    const { households, people } = countsOf(area.id);
    return {
      ...refOf(area, seed),
      code: area.code ?? area.id,
      parent_id: area.parent_id,
      kind: area.kind,
      profile_id: area.profile_id,
      child_profile_id: area.child_profile_id,
      level_profile_id: levelProfiles.get(area.level) ?? null,
      households,
      people,
    };
  });
  const names = Object.keys(rows[0] ?? {}) as (keyof AreaFacts)[];
  return {
    facts: Object.fromEntries(
      names.map((name) => [name, rows.map((row) => row[name])]),
    ) as unknown as Columns<AreaFacts>,
    shapes: packShapes(areas.map(({ polygons }) => Buffer.from(multiPolygonHex(polygons), "hex"))),
  };
}
