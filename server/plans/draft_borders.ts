import { groupBy } from "../../data/group_by.ts";
import { surfaceOf } from "../../data/checks/area_tree.ts";
import { borderOnRoads } from "../../data/checks/border_on_roads.ts";
import type { CheckedArea } from "../../data/checks/division.ts";
import { findCutThings, layBorders } from "../../data/checks/find_cut.ts";
import type { Warning } from "../../data/checks/findings.ts";
import { shareOnRoads } from "../../data/checks/inner_borders.ts";
import { indexRoads } from "../../data/checks/road_index.ts";
import type { ThingIndex } from "../../data/checks/thing_index.ts";
import { createBoxIndex } from "../../data/coverage/box_index.ts";
import { buildArcs } from "../../data/division/arcs.ts";
import type { DraftArea } from "../../data/division/draft.ts";
import { boxIfAny, joinBoxes } from "../../data/measure/box.ts";
import type { Bbox } from "../../data/schema/geometry.ts";

/** The borders of a draft where they are asked about: what they cut, and how far they run on roads. */
export interface DraftBorders {
  /** Where an area lies now, and whether it is one of those that cover the ground once; null: it is no more. */
  set: (id: string, area: DraftArea | null) => void;
  /** Round those of the areas that are lowest; null where none is. */
  lowestBox: (ids: Iterable<string>) => Bbox | null;
  /** Areas of which a change of lowest ones in the box may have made other warnings: near it, or beside what it touches. */
  around: (box: Bbox) => string[];
  /** Warnings of cut things, of these areas alone and of them all. */
  cutIn: (ids: ReadonlySet<string>) => Warning[];
  /** Share of their borders with areas of the same parent that runs on roads; those without such a border are left out. */
  onRoads: (ids: readonly string[]) => Map<string, number>;
}

interface Ground {
  areas: readonly DraftArea[];
  isLowest: (area: DraftArea) => boolean;
  things: ThingIndex;
  checked: (id: string) => CheckedArea;
  /** Of areas near one another in the order of the tree: where two overlap, the first has it. */
  inOrder: (ids: readonly string[]) => string[];
  /** Of those that cover the ground of a parent together (null: of the network); undefined for others. */
  parentOf: (id: string) => string | null | undefined;
}

export function layDraftBorders({ areas, isLowest, things, checked, inOrder, parentOf }: Ground): DraftBorders {
  const roads = indexRoads(things.things);
  const entries = areas.map(({ id, polygons }) => [id, boxIfAny(polygons)] as const);
  const boxes = new Map(entries.flatMap(([id, box]) => (box ? [[id, box] as const] : [])));
  const lowest = new Set(areas.filter(isLowest).map(({ id }) => id));
  const index = createBoxIndex(entries);
  const cuttable = new Set(["building", "estate"]);

  /** The box with all of the buildings and estates that it touches. */
  function withCuttable(box: Bbox): Bbox {
    return things
      .near(box)
      .filter((i) => cuttable.has(things.things[i]!.kind))
      .reduce<Bbox>((sum, i) => joinBoxes(sum, things.boxOf(i)), box);
  }

  function boxOfLowest(ids: Iterable<string>): Bbox | null {
    let box: Bbox | null = null;
    for (const id of ids) {
      const own = lowest.has(id) ? boxes.get(id) : undefined;
      if (own) box = joinBoxes(own, box);
    }
    return box;
  }

  const lowestIn = (box: Bbox) => index.near(box).filter((id) => lowest.has(id));

  /** Areas of the same parent that may have a border with one of these. */
  function siblingsOf(ids: readonly string[]): string[] {
    const parent_id = parentOf(ids[0]!);
    const near = new Set(ids.flatMap((id) => (boxes.has(id) ? index.near(boxes.get(id)!) : [])));
    return [...near].filter((id) => parentOf(id) === parent_id);
  }

  return {
    set(id, area) {
      const box = area && boxIfAny(area.polygons);
      if (box) boxes.set(id, box);
      else boxes.delete(id);
      if (area && isLowest(area)) lowest.add(id);
      else lowest.delete(id);
      index.set(id, box);
    },
    lowestBox: (ids) => boxOfLowest(ids),
    around: (box) => index.near(withCuttable(box)),
    cutIn(ids) {
      const box = boxOfLowest(ids);
      if (!box) return [];
      const beside = inOrder(lowestIn(withCuttable(box)));
      return findCutThings(layBorders(beside.map(checked)), things, box).filter(({ area_id }) => ids.has(area_id));
    },
    onRoads(ids) {
      const shares = new Map<string, number>();
      const judged = ids.filter((id) => parentOf(id) !== undefined);
      for (const same of groupBy(judged, parentOf).values()) {
        const siblings = siblingsOf(same);
        const arcs = buildArcs(siblings.map((id, i) => ({ id: i + 1, polygons: surfaceOf(checked(id)) })));
        const sums = new Map(same.map((id) => [id, { length_m: 0, on_roads_m: 0 }]));
        for (const { left, right, line } of arcs) {
          if (left === 0 || right === 0) continue;
          const beside = [left, right].flatMap((face) => sums.get(siblings[face - 1]!) ?? []);
          if (beside.length === 0) continue;
          const border = borderOnRoads(line, roads);
          for (const sum of beside) {
            sum.length_m += border.length_m;
            sum.on_roads_m += border.on_roads_m;
          }
        }
        for (const [id, sum] of sums) {
          const share = shareOnRoads(sum);
          if (share !== null) shares.set(id, share);
        }
      }
      return shares;
    },
  };
}
