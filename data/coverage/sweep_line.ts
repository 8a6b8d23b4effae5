/** Edges that cross the line of a sweep, from south to north. */
export interface SweepLine {
  readonly length: number;
  at(place: number): number;
  /** Edges at from … to − 1. */
  slice(from: number, to: number): number[];
  /** Puts `edges` in the place of `count` entries. */
  replace(place: number, count: number, edges: readonly number[]): void;
  /** How many stand before the first that `isBelow` denies; all that it affirms come before all that it denies. */
  countBelow(isBelow: (edge: number) => boolean): number;
}

/** Entries in one block: moving those is as fast as finding the block among hundreds. */
const fullBlock = 1024;

/** Kept in blocks: a line of a hundred thousand edges would else be moved at each change. */
export function createSweepLine(): SweepLine {
  let blocks: number[][] = [[]];
  let length = 0;
  let [block, offset] = [0, 0]; // what `find` found
  const find = (place: number): void => {
    block = 0;
    offset = place;
    while (offset > blocks[block]!.length || (offset === blocks[block]!.length && block + 1 < blocks.length)) {
      offset -= blocks[block]!.length;
      block++;
    }
  };
  const slice = (from: number, to: number): number[] => {
    if (from >= to) return [];
    find(from);
    if (offset + to - from <= blocks[block]!.length) return blocks[block]!.slice(offset, offset + to - from);
    const found: number[] = [];
    for (let left = to - from; left > 0; block++, offset = 0) {
      const piece = blocks[block]!.slice(offset, offset + left);
      for (const edge of piece) found.push(edge);
      left -= piece.length;
    }
    return found;
  };
  return {
    get length() {
      return length;
    },
    at(place) {
      find(place);
      return blocks[block]![offset]!;
    },
    slice,
    replace(place, count, edges) {
      find(place);
      length += edges.length - count;
      const here = blocks[block]!;
      if (offset + count <= here.length && here.length + edges.length - count <= fullBlock) {
        here.splice(offset, count, ...edges);
        if (here.length === 0 && blocks.length > 1) blocks.splice(block, 1);
        return;
      }
      const head = here.slice(0, offset);
      let last = block;
      let left = count;
      while (left > blocks[last]!.length - (last === block ? offset : 0)) {
        left -= blocks[last]!.length - (last === block ? offset : 0);
        last++;
      }
      const tail = blocks[last]!.slice((last === block ? offset : 0) + left);
      const made = cutBlocks([head, edges, tail]);
      blocks = [...blocks.slice(0, block), ...made, ...blocks.slice(last + 1)];
      if (blocks.length === 0) blocks = [[]];
    },
    countBelow(isBelow) {
      let [low, high] = [0, blocks.length - 1];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (isBelow(blocks[middle]!.at(-1)!)) low = middle + 1;
        else high = middle;
      }
      const here = blocks[low]!;
      let [from, to] = [0, here.length];
      while (from < to) {
        const middle = (from + to) >> 1;
        if (isBelow(here[middle]!)) from = middle + 1;
        else to = middle;
      }
      for (let i = 0; i < low; i++) from += blocks[i]!.length;
      return from;
    },
  };
}

/** Blocks half full, so that they have room. */
function cutBlocks(lists: readonly (readonly number[])[]): number[][] {
  const made: number[][] = [];
  let open: number[] = [];
  for (const list of lists) {
    for (const edge of list) {
      open.push(edge);
      if (open.length * 2 < fullBlock) continue;
      made.push(open);
      open = [];
    }
  }
  if (open.length > 0) made.push(open);
  return made;
}
