import type { Face } from "../../../data/division/arcs.ts";

/** A small generator with a seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Cuts a box near 121°E 33°N into `count` boxes with ids 1 … count; T-nodes have a vertex on one side only. */
export function cutIntoBoxes(count: number, seed: number): Face[] {
  const random = seeded(seed);
  const snap = (degrees: number) => Math.round(degrees * 1e9) / 1e9;
  const boxes: [number, number, number, number][] = [[121, 33, 121.1, 33.08]];
  while (boxes.length < count) {
    boxes.sort((a, b) => (b[2] - b[0]) * (b[3] - b[1]) - (a[2] - a[0]) * (a[3] - a[1]));
    const [w, s, e, n] = boxes.shift()!;
    const share = 0.3 + 0.4 * random();
    if (e - w > n - s) {
      const cut = snap(w + (e - w) * share);
      boxes.push([w, s, cut, n], [cut, s, e, n]);
    } else {
      const cut = snap(s + (n - s) * share);
      boxes.push([w, s, e, cut], [w, cut, e, n]);
    }
  }
  return boxes.map(([w, s, e, n], i) => ({ id: i + 1, polygons: [[[w, s, e, s, e, n, w, n, w, s]]] }));
}
