import Flatbush from "flatbush";
import type { Bbox } from "../schema/geometry.ts";

/** Names by box, which may change. */
export interface BoxIndex {
  /** Null: the name lies nowhere. */
  set(name: string, box: Bbox | null): void;
  /** Names whose box meets the box. */
  near(box: Bbox): string[];
}

/** Changes are kept in a list that is searched one by one; when it grows beyond this, the index is built anew. */
const mostChanges = 256;

export function createBoxIndex(entries: readonly (readonly [string, Bbox | null])[]): BoxIndex {
  const changed = new Map<string, Bbox | null>();
  let names: string[] = [];
  let boxes: Bbox[] = [];
  let index: Flatbush | null = null;
  const build = (all: readonly (readonly [string, Bbox | null])[]): void => {
    const placed = all.filter((entry): entry is readonly [string, Bbox] => entry[1] !== null);
    names = placed.map(([name]) => name);
    boxes = placed.map(([, box]) => box);
    index = boxes.length === 0 ? null : new Flatbush(boxes.length);
    for (const [west, south, east, north] of boxes) index?.add(west, south, east, north);
    index?.finish();
    changed.clear();
  };
  build(entries);
  return {
    set(name, box) {
      changed.set(name, box);
      if (changed.size <= mostChanges) return;
      const kept = names.map((other, i) => [other, boxes[i]!] as const).filter(([other]) => !changed.has(other));
      build([...kept, ...changed]);
    },
    near([west, south, east, north]) {
      const found = (index?.search(west, south, east, north) ?? []).map((i) => names[i]!);
      const near = found.filter((name) => !changed.has(name));
      for (const [name, box] of changed) {
        if (box && box[0] <= east && box[2] >= west && box[1] <= north && box[3] >= south) near.push(name);
      }
      return near;
    },
  };
}
