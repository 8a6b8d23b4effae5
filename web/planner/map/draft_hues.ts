import { colourAreas } from "../../../data/cartography/colouring.ts";
import type { BorderArc, DraftArea } from "../../../data/division/draft.ts";

const mostHues = 6;

/** Hues of a draft's areas: what did not change keeps its own, what did is coloured anew where a neighbour has the same. */
export class DraftHues {
  #hues = new Map<string, number>();
  /** Borders of each area. */
  readonly #borders = new Map<string, Set<BorderArc>>();

  clear(): void {
    this.#hues = new Map();
  }

  clearBorders(): void {
    this.#borders.clear();
  }

  forget(id: string): void {
    this.#hues.delete(id);
  }

  addBorder(arc: BorderArc): void {
    for (const id of [arc.left, arc.right]) {
      if (id === null) continue;
      const known = this.#borders.get(id);
      if (known) known.add(arc);
      else this.#borders.set(id, new Set([arc]));
    }
  }

  dropBorder(arc: BorderArc): void {
    for (const id of [arc.left, arc.right]) if (id !== null) this.#borders.get(id)?.delete(arc);
  }

  bordersOf(id: string): Iterable<BorderArc> {
    return this.#borders.get(id) ?? [];
  }

  /**
   * @param touched - areas that have other borders than before
   * @param published - hue of an area in the edition, null for one that is new
   */
  update(
    lowest: readonly DraftArea[],
    touched: Iterable<string>,
    published: (id: string) => number | null,
  ): ReadonlyMap<string, number> {
    if (this.#hues.size === 0) return this.#colourAll(lowest, published);
    const known = new Set<string>();
    for (const { id } of lowest) if (!this.#hues.has(id)) known.add(id);
    for (const id of touched) if (this.#hues.has(id)) known.add(id);
    for (const id of known) {
      const beside = this.#besides(id);
      const own = this.#hues.get(id);
      if (own !== undefined && !beside.has(own)) continue;
      const free = [published(id) ?? 1, 1, 2, 3, 4, 5, mostHues].find((hue) => !beside.has(hue));
      if (free === undefined) return this.#colourAll(lowest, (each) => this.#hues.get(each) ?? published(each));
      this.#hues.set(id, free);
    }
    return this.#hues;
  }

  #besides(id: string): Set<number> {
    const hues = new Set<number>();
    for (const { left, right } of this.bordersOf(id)) {
      const other = left === id ? right : left;
      const hue = other === null || other === id ? undefined : this.#hues.get(other);
      if (hue !== undefined) hues.add(hue);
    }
    return hues;
  }

  #colourAll(lowest: readonly DraftArea[], former: (id: string) => number | null): ReadonlyMap<string, number> {
    const index = new Map(lowest.map(({ id }, i) => [id, i]));
    const pairs: { a: number; b: number }[] = [];
    for (const [id, arcs] of this.#borders) {
      for (const { left, right } of arcs) {
        if (left !== id) continue;
        const [a, b] = [index.get(id), index.get(right ?? "")];
        if (a !== undefined && b !== undefined && a !== b) pairs.push({ a, b });
      }
    }
    const kept = new Map(lowest.flatMap(({ id }, i) => ((former(id) ?? 0) > 0 ? [[i, former(id)!] as const] : [])));
    const hues = colourAreas([...index.values()], pairs, kept);
    this.#hues = new Map([...index].map(([id, i]) => [id, hues.get(i) ?? 1]));
    return this.#hues;
  }
}
