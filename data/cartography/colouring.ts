/** Hues of ui/cartography 3.3 are numbered 1 … 6. */
const mostHues = 6;

/** The hues that differ most from each other; 5 and 6 only where these do not suffice. */
const preferredHues = 4;

/**
 * Gives each area a hue 1 … 6 so that no two neighbours have the same.
 *
 * An area keeps its former hue while no neighbour kept the same. The others are coloured by DSATUR (Brélaz, CACM 22,
 * 1979): always the one whose neighbours show most hues, then most neighbours, then first in code order; it takes the
 * least hue of 1 … 4 that is free, else one that a Kempe swap (two hues exchanged in one connected patch of new areas)
 * sets free, else 5, else 6.
 *
 * Should an area find no hue even so, all are coloured anew, smallest last, for which six hues suffice on any plane map.
 * Where the map is not plane (areas of many pieces that all meet, areas that overlap) and six do not suffice, an area
 * takes the hue that fewest of its neighbours have.
 *
 * @param ids - all areas, in code order
 * @param neighbours - pairs that share a border; pairs with unknown ids are ignored
 * @param former - hues of an earlier edition
 */
export function colourAreas(
  ids: readonly number[],
  neighbours: readonly { a: number; b: number }[],
  former: ReadonlyMap<number, number> = new Map(),
): Map<number, number> {
  const beside = listNeighbours(ids, neighbours);
  const hues = new Uint8Array(ids.length);
  const kept = keepFormer(ids, beside, former, hues);
  const isDone = colourBySaturation(beside, hues, kept);
  const final = isDone ? hues : colourSmallestLast(beside);
  return new Map(ids.map((id, i) => [id, final[i]!]));
}

/** @returns false if an area finds no hue */
function colourBySaturation(beside: readonly number[][], hues: Uint8Array, kept: Uint8Array): boolean {
  const queue = new SaturationQueue(beside, hues);
  for (let next = queue.take(); next >= 0; next = queue.take()) {
    hues[next] = chooseHue(next, beside, hues, kept);
    if (hues[next] === 0) return false;
    queue.noteHues(next);
  }
  return true;
}

/**
 * Takes away the area with fewest neighbours left, again and again, and colours them in the opposite order
 * (Matula & Beck, JACM 30, 1983): on a plane map each then has at most five coloured neighbours.
 */
function colourSmallestLast(beside: readonly number[][]): Uint8Array {
  const degrees = beside.map((list) => list.length);
  const buckets: number[][] = [];
  const put = (area: number) => {
    const bucket = buckets[degrees[area]!];
    if (bucket) bucket.push(area);
    else buckets[degrees[area]!] = [area];
  };
  for (let area = beside.length - 1; area >= 0; area--) put(area);
  const isTaken = new Uint8Array(beside.length);
  const order: number[] = [];
  while (order.length < beside.length) {
    const bucket = buckets.find((list) => list && list.length > 0)!;
    const area = bucket.pop()!;
    if (isTaken[area]) continue;
    isTaken[area] = 1;
    order.push(area);
    for (const j of beside[area]!) {
      if (isTaken[j]) continue;
      degrees[j]!--;
      put(j);
    }
  }
  const hues = new Uint8Array(beside.length);
  for (const area of order.reverse())
    hues[area] = freeHue(area, beside, hues, mostHues) || rarestHue(area, beside, hues);
  return hues;
}

function rarestHue(area: number, beside: readonly number[][], hues: Uint8Array): number {
  const counts = new Array<number>(mostHues).fill(0);
  for (const j of beside[area]!) if (hues[j]! > 0) counts[hues[j]! - 1]!++;
  return counts.indexOf(Math.min(...counts)) + 1;
}

function listNeighbours(ids: readonly number[], pairs: readonly { a: number; b: number }[]): number[][] {
  const places = new Map(ids.map((id, i) => [id, i]));
  const beside = ids.map(() => new Set<number>());
  for (const { a, b } of pairs) {
    const [i, j] = [places.get(a), places.get(b)];
    if (i === undefined || j === undefined || i === j) continue;
    beside[i]!.add(j);
    beside[j]!.add(i);
  }
  return beside.map((set) => [...set]);
}

/** In code order, so that of two neighbours with one former hue the first keeps it. */
function keepFormer(
  ids: readonly number[],
  beside: readonly number[][],
  former: ReadonlyMap<number, number>,
  hues: Uint8Array,
): Uint8Array {
  const kept = new Uint8Array(ids.length);
  ids.forEach((id, i) => {
    const hue = former.get(id) ?? 0;
    if (hue < 1 || hue > mostHues || beside[i]!.some((j) => hues[j] === hue)) return;
    hues[i] = hue;
    kept[i] = 1;
  });
  return kept;
}

/** @returns 0 if there is none */
function chooseHue(area: number, beside: readonly number[][], hues: Uint8Array, kept: Uint8Array): number {
  const free = freeHue(area, beside, hues, preferredHues);
  if (free > 0) return free;
  const swapped = swapKempe(area, beside, hues, preferredHues, kept);
  if (swapped > 0) return swapped;
  const more = freeHue(area, beside, hues, mostHues) || swapKempe(area, beside, hues, mostHues, kept);
  // Areas that kept their hue are recoloured last: only when nothing else makes room.
  return more || swapKempe(area, beside, hues, mostHues, new Uint8Array(hues.length));
}

function freeHue(area: number, beside: readonly number[][], hues: Uint8Array, most: number): number {
  for (let hue = 1; hue <= most; hue++) if (!beside[area]!.some((j) => hues[j] === hue)) return hue;
  return 0;
}

/**
 * Looks for hues p, q so that exchanging them in the patches round the p-neighbours leaves none of the area's
 * neighbours with p. @returns p, or 0 if no pair does
 */
function swapKempe(
  area: number,
  beside: readonly number[][],
  hues: Uint8Array,
  most: number,
  kept: Uint8Array,
): number {
  for (let p = 1; p <= most; p++) {
    for (let q = 1; q <= most; q++) {
      if (p === q) continue;
      const patch = findPatch(area, p, q, beside, hues, kept);
      if (!patch) continue;
      for (const member of patch) hues[member] = hues[member] === p ? q : p;
      return p;
    }
  }
  return 0;
}

/** Areas of hues p and q connected with the area's p-neighbours; null if a q-neighbour or a kept area is among them. */
function findPatch(
  area: number,
  p: number,
  q: number,
  beside: readonly number[][],
  hues: Uint8Array,
  kept: Uint8Array,
): Set<number> | null {
  const forbidden = new Set(beside[area]!.filter((j) => hues[j] === q));
  const patch = new Set<number>();
  const open = beside[area]!.filter((j) => hues[j] === p);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (patch.has(next)) continue;
    if (forbidden.has(next) || kept[next]) return null;
    patch.add(next);
    for (const j of beside[next]!) if (hues[j] === p || hues[j] === q) open.push(j);
  }
  return patch;
}

/** Uncoloured areas by number of hues seen beside them, then by neighbours, then by code order. */
class SaturationQueue {
  private readonly beside: readonly number[][];
  private readonly hues: Uint8Array;
  private readonly heap: { area: number; seen: number }[] = [];

  constructor(beside: readonly number[][], hues: Uint8Array) {
    this.beside = beside;
    this.hues = hues;
    for (let area = 0; area < hues.length; area++) if (hues[area] === 0) this.push({ area, seen: this.seenBy(area) });
  }

  /** The area to colour next, −1 when all are. Entries that are out of date are skipped. */
  take(): number {
    for (let top = this.pop(); top !== undefined; top = this.pop()) {
      if (this.hues[top.area] !== 0) continue;
      const seen = this.seenBy(top.area);
      if (seen === top.seen) return top.area;
      this.push({ area: top.area, seen });
    }
    return -1;
  }

  /** To be told after an area got its hue: its neighbours rise. */
  noteHues(area: number): void {
    for (const j of this.beside[area]!) if (this.hues[j] === 0) this.push({ area: j, seen: this.seenBy(j) });
  }

  private seenBy(area: number): number {
    let mask = 0;
    for (const j of this.beside[area]!) mask |= 1 << this.hues[j]!;
    let count = 0;
    for (let hue = 1; hue <= mostHues; hue++) count += (mask >> hue) & 1;
    return count;
  }

  private isBefore(one: { area: number; seen: number }, other: { area: number; seen: number }): boolean {
    if (one.seen !== other.seen) return one.seen > other.seen;
    const [most, least] = [this.beside[one.area]!.length, this.beside[other.area]!.length];
    return most !== least ? most > least : one.area < other.area;
  }

  private push(entry: { area: number; seen: number }): void {
    let i = this.heap.length;
    this.heap.push(entry);
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!this.isBefore(entry, this.heap[parent]!)) break;
      this.heap[i] = this.heap[parent]!;
      i = parent;
    }
    this.heap[i] = entry;
  }

  private pop(): { area: number; seen: number } | undefined {
    const top = this.heap[0];
    const last = this.heap.pop();
    if (!top || !last || this.heap.length === 0) return top;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= this.heap.length) break;
      if (child + 1 < this.heap.length && this.isBefore(this.heap[child + 1]!, this.heap[child]!)) child++;
      if (!this.isBefore(this.heap[child]!, last)) break;
      this.heap[i] = this.heap[child]!;
      i = child;
    }
    this.heap[i] = last;
    return top;
  }
}
