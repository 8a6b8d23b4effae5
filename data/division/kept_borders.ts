import { type BoxIndex, createBoxIndex } from "../coverage/box_index.ts";
import { aroundLine, widened } from "../measure/box.ts";
import type { Bbox, MultiPolygon, Ring } from "../schema/geometry.ts";
import { bordersIn } from "./borders_in.ts";
import type { Applied, BorderArc, BordersSince } from "./draft.ts";
import { isUncovered, type Key, kindOf, parentOfUncovered, polygonsOf, uncoveredKey } from "./draft_state.ts";
import { type Layers, stateOf } from "./layers.ts";
import { weldReach } from "./patch.ts";

/** All borders of a draft, kept as it changes: looked for again only where ground has another shape or owner. */
export interface KeptBorders {
  /** Takes note of what was done; costs nothing as long as nobody asks. */
  note(applied: Applied): void;
  since(version: number | null): BordersSince;
}

/** Who has missed more changes than this is told everything anew. */
const longestLog = 64;
const everywhere: Bbox = [-180, -90, 180, 90];

export function keepBorders(layers: Layers): KeptBorders {
  /** Ground as it was when its borders were last looked for; null: they never were. */
  let drawn: Map<Key, MultiPolygon> | null = null;
  const touched = new Set<Key>();
  const arcs = new Map<string, BorderArc>();
  let index: BoxIndex = createBoxIndex([]);
  let version = 0;
  /** The last entry led to `version`. */
  const log: { come: BorderArc[]; gone: BorderArc[] }[] = [];

  function drawAll(): Map<Key, MultiPolygon> {
    for (const arc of bordersIn(layers, [everywhere])) arcs.set(nameOf(arc), arc);
    index = createBoxIndex([...arcs].map(([name, { line }]) => [name, aroundLine(line)] as const));
    version = 1;
    return new Map(
      layers.states
        .flatMap(({ areas, uncovered }) => [...areas.keys(), ...uncovered.keys()])
        .flatMap((key) => {
          const ground = groundOf(layers, key);
          return ground ? [[key, ground] as const] : [];
        }),
    );
  }

  function drawChanged(drawn: Map<Key, MultiPolygon>): void {
    const boxes: Bbox[] = [];
    for (const key of touched) {
      const now = groundOf(layers, key);
      boxes.push(...boxesOfDifference(drawn.get(key) ?? [], now ?? []));
      if (now) drawn.set(key, now);
      else drawn.delete(key);
    }
    touched.clear();
    if (boxes.length === 0) return;
    const lost = new Set(boxes.flatMap((box) => index.near(box)));
    const come: BorderArc[] = [];
    for (const arc of bordersIn(layers, boxes)) {
      const name = nameOf(arc);
      if (lost.delete(name)) continue;
      come.push(arc);
      arcs.set(name, arc);
      index.set(name, aroundLine(arc.line));
    }
    const gone = [...lost].map((name) => {
      const arc = arcs.get(name)!;
      arcs.delete(name);
      index.set(name, null);
      return arc;
    });
    version += 1;
    log.push({ come, gone });
    if (log.length > longestLog) log.shift();
  }

  return {
    note({ changed, removed, inverse }) {
      if (!drawn) return;
      for (const { id, parent_id } of [...changed, ...inverse.before]) {
        touched.add(id);
        if (parent_id !== null) touched.add(parent_id);
      }
      for (const id of removed) touched.add(id);
      for (const { parent_id } of inverse.uncovered) touched.add(uncoveredKey(parent_id));
    },
    since(known) {
      if (!drawn) drawn = drawAll();
      else if (touched.size > 0) drawChanged(drawn);
      const missed = known === null ? Infinity : version - known;
      if (missed > log.length || missed < 0) return { version, anew: true, come: [...arcs.values()], gone: [] };
      return { version, anew: false, ...sumUp(log.slice(log.length - missed)) };
    },
  };
}

/** An arc that came and went in between is in neither list. */
function sumUp(changes: readonly { come: BorderArc[]; gone: BorderArc[] }[]) {
  const [come, gone] = [new Set<BorderArc>(), new Set<BorderArc>()];
  for (const change of changes) {
    for (const arc of change.gone) if (!come.delete(arc)) gone.add(arc);
    for (const arc of change.come) come.add(arc);
  }
  return { come: [...come], gone: [...gone] };
}

function nameOf({ left, right, movable, over, line }: BorderArc): string {
  return `${left} ${right} ${movable} ${over} ${line.join(" ")}`;
}

/** What lies on the ground by itself; null for an area that others lie in. */
function groundOf(layers: Layers, key: Key): MultiPolygon | null {
  const state = stateOf(layers, isUncovered(key) ? parentOfUncovered(key) : key);
  const polygons = polygonsOf(state, key);
  const kind = kindOf(state, key);
  return polygons.length > 0 && (kind === "lowest" || kind === "uncovered") ? polygons : null;
}

/** Boxes that hold all edges that only one of two shapes has; few and small where just some vertices differ. */
function boxesOfDifference(before: MultiPolygon, after: MultiPolygon): Bbox[] {
  if (before === after) return [];
  const [olds, news] = [new Set(before.flat()), new Set(after.flat())];
  const [lost, fresh] = [[...olds].filter((ring) => !news.has(ring)), [...news].filter((ring) => !olds.has(ring))];
  const boxes =
    lost.length === 1 && fresh.length === 1
      ? [boxOfChange(lost[0]!, fresh[0]!)]
      : [...lost, ...fresh].map((ring) => aroundLine(ring));
  // vertices that lie that near are one node
  return boxes.map((box) => widened(box, 2 * weldReach));
}

/** Without the positions at the beginning and at the end that both have; the last of them on either side stay. */
function boxOfChange(before: Ring, after: Ring): Bbox {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head] && before[head + 1] === after[head + 1]) head += 2;
  let tail = 0;
  while (tail < most - head && isSame(before, before.length - tail - 2, after, after.length - tail - 2)) tail += 2;
  const cut = (ring: Ring) => ring.slice(Math.max(0, head - 2), ring.length - Math.max(0, tail - 2));
  return aroundLine(cut(before), aroundLine(cut(after)));
}

function isSame(one: Ring, i: number, other: Ring, j: number): boolean {
  return one[i] === other[j] && one[i + 1] === other[j + 1];
}
