import Flatbush from "flatbush";
import { boxOf, boxOfLines } from "../measure/box.ts";
import type { Bbox, Shape } from "../schema/geometry.ts";
import type { CheckedThing } from "./division.ts";

/** Things by where they lie; made once, asked often. */
export interface ThingIndex {
  things: readonly CheckedThing[];
  /** Box of the thing at an index. */
  boxOf(index: number): Bbox;
  /** Indices of things whose box meets the box, in no order. */
  near(box: Readonly<Bbox>): number[];
  /** Legal entities and key units in a building, in the order of the things. */
  unitsIn(buildingId: string): readonly CheckedThing[];
}

export function indexThings(things: readonly CheckedThing[]): ThingIndex {
  const boxes = new Float64Array(4 * things.length);
  const index = new Flatbush(Math.max(1, things.length));
  for (let i = 0; i < things.length; i++) {
    const box = boxOfShape(things[i]!.shape);
    boxes.set(box, 4 * i);
    index.add(...box);
  }
  if (things.length === 0) index.add(Infinity, Infinity, -Infinity, -Infinity);
  index.finish();
  let units: Map<string, CheckedThing[]> | undefined;
  return {
    things,
    unitsIn(buildingId) {
      units ??= unitsByBuilding(things); // of a draft hardly ever asked
      return units.get(buildingId) ?? [];
    },
    boxOf: (i) => [boxes[4 * i]!, boxes[4 * i + 1]!, boxes[4 * i + 2]!, boxes[4 * i + 3]!],
    near: ([west, south, east, north]) => (things.length === 0 ? [] : index.search(west, south, east, north)),
  };
}

function boxOfShape(shape: Shape): Bbox {
  if (shape.type === "Point") return [shape.at[0], shape.at[1], shape.at[0], shape.at[1]];
  return shape.type === "MultiPolygon" ? boxOf(shape.polygons) : boxOfLines(shape.lines);
}

function unitsByBuilding(things: readonly CheckedThing[]): Map<string, CheckedThing[]> {
  const units = new Map<string, CheckedThing[]>();
  for (const thing of things) {
    if ((thing.kind !== "legal_entity" && thing.kind !== "key_unit") || thing.building_id === null) continue;
    const known = units.get(thing.building_id);
    if (known) known.push(thing);
    else units.set(thing.building_id, [thing]);
  }
  return units;
}
