import type { GroundPlan } from "../../../data/demo/ground_plan.ts";

/** Checks of a ground plan, written plainly and apart from the code that lays it. */

export function areaOf(plan: GroundPlan, place: string): number {
  const own = plan.parcels.filter((parcel) => plan.blocks[parcel.block]!.place === place);
  return own.reduce((sum, parcel) => sum + parcel.area, 0);
}

/** Area inside the edges that have a parcel on one side only: Green's theorem along them. */
export function outlineArea(plan: GroundPlan): number {
  let twice = 0;
  for (const edge of plan.edges) {
    if (edge.left >= 0 && edge.right >= 0) continue;
    const [a, b] = edge.left >= 0 ? [edge.from, edge.to] : [edge.to, edge.from];
    twice += plan.x[a]! * plan.y[b]! - plan.x[b]! * plan.y[a]!;
  }
  return twice / 2;
}

type Segment = [number, number, number, number];

/** Pairs of edges that meet elsewhere than at a common vertex. */
export function findCrossingEdges(plan: GroundPlan): [number, number][] {
  const segments = plan.edges.map(
    (edge): Segment => [plan.x[edge.from]!, plan.y[edge.from]!, plan.x[edge.to]!, plan.y[edge.to]!],
  );
  const found: [number, number][] = [];
  for (const [i, j] of nearPairs(segments.map(boxOfSegment))) {
    const a = plan.edges[i]!;
    const b = plan.edges[j]!;
    const shares = a.from === b.from || a.from === b.to || a.to === b.from || a.to === b.to;
    if (!shares && crosses(segments[i]!, segments[j]!)) found.push([i, j]);
  }
  return found;
}

/** Buildings that do not lie wholly inside their parcel. */
export function findCutBuildings(plan: GroundPlan): number[] {
  const rings = plan.parcels.map((parcel) => parcel.ring.flatMap((v) => [plan.x[v]!, plan.y[v]!]));
  return plan.buildings.flatMap((building, index) => {
    const parcel = rings[building.parcel]!;
    const outside = !holds(parcel, building.ring[0]!, building.ring[1]!);
    const cut = sidesOf(parcel).some((p) => sidesOf(building.ring).some((q) => crosses(p, q)));
    return outside || cut ? [index] : [];
  });
}

/** Pairs of buildings that share ground. */
export function findOverlappingBuildings(plan: GroundPlan): [number, number][] {
  const rings = plan.buildings.map((building) => building.ring);
  return nearPairs(rings.map(boxOfRing)).filter(([i, j]) => {
    const a = rings[i]!;
    const b = rings[j]!;
    if (holds(a, b[0]!, b[1]!) || holds(b, a[0]!, a[1]!)) return true;
    return sidesOf(a).some((p) => sidesOf(b).some((q) => crosses(p, q)));
  });
}

/** Number of connected parts of the road edges. */
export function roadParts(plan: GroundPlan): number {
  const root = plan.x.map((_, i) => i);
  const find = (v: number): number => {
    while (root[v] !== v) v = root[v] = root[root[v]!]!;
    return v;
  };
  const used = new Set<number>();
  for (const edge of plan.edges) {
    if (edge.street < 0) continue;
    root[find(edge.from)] = find(edge.to);
    used.add(edge.from).add(edge.to);
  }
  return new Set([...used].map(find)).size;
}

/** Names of streets, estates and sites. */
export function namesOf(plan: GroundPlan): string[] {
  return [
    ...plan.streets.flatMap((street) => street.name ?? []),
    ...plan.estates.map((estate) => estate.name),
    ...plan.features.flatMap((feature) => (feature.kind === "site" && feature.name ? [feature.name] : [])),
  ];
}

function sidesOf(ring: readonly number[]): Segment[] {
  const sides: Segment[] = [];
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2)
    sides.push([ring[j]!, ring[j + 1]!, ring[i]!, ring[i + 1]!]);
  return sides;
}

function crosses([ax, ay, bx, by]: Segment, [cx, cy, dx, dy]: Segment): boolean {
  if (Math.max(ax, bx) < Math.min(cx, dx) || Math.max(cx, dx) < Math.min(ax, bx)) return false;
  if (Math.max(ay, by) < Math.min(cy, dy) || Math.max(cy, dy) < Math.min(ay, by)) return false;
  const side = (px: number, py: number, qx: number, qy: number, rx: number, ry: number): number =>
    Math.sign((qx - px) * (ry - py) - (qy - py) * (rx - px));
  return (
    side(ax, ay, bx, by, cx, cy) !== side(ax, ay, bx, by, dx, dy) &&
    side(cx, cy, dx, dy, ax, ay) !== side(cx, cy, dx, dy, bx, by)
  );
}

function holds(ring: readonly number[], x: number, y: number): boolean {
  return (
    sidesOf(ring).filter(([ax, ay, bx, by]) => ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax))
      .length %
      2 ===
    1
  );
}

function boxOfSegment([ax, ay, bx, by]: Segment): Segment {
  return [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)];
}

function boxOfRing(ring: readonly number[]): Segment {
  const xs = ring.filter((_, i) => i % 2 === 0);
  const ys = ring.filter((_, i) => i % 2 === 1);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

/** Pairs of boxes that touch, by sweeping over x. */
function nearPairs(boxes: readonly Segment[]): [number, number][] {
  const order = boxes.map((_, i) => i).sort((i, j) => boxes[i]![0] - boxes[j]![0]);
  const pairs: [number, number][] = [];
  let open: number[] = [];
  for (const i of order) {
    open = open.filter((j) => boxes[j]![2] >= boxes[i]![0]);
    for (const j of open) {
      if (boxes[j]![1] <= boxes[i]![3] && boxes[i]![1] <= boxes[j]![3]) pairs.push([j, i]);
    }
    open.push(i);
  }
  return pairs;
}
