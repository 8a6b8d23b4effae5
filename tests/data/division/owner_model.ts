import type { Draft, DraftArea } from "../../../data/division/draft.ts";
import { metresPerDegree } from "../../../data/measure/ellipsoid.ts";
import type { MultiPolygon, Position } from "../../../data/schema/geometry.ts";
import type { PlanOperation } from "../../../data/schema/plan_operation.ts";
import { seeded } from "./dissection.ts";

/**
 * Another way to know what a draft must be: some points of ground, and who owns each of them, by going through all
 * polygons. It shares nothing with the kernel; what an operation does is said here in words about points.
 */
export interface Sample {
  points: readonly Position[];
  /** Special areas lie over the others: a point may have an owner in either layer. */
  over: boolean;
  /** A whole network: its outer border may move, and ground go to nobody by that. */
  open: boolean;
}

/** `~` and the parent: uncovered ground; null: nobody's. */
type Owner = string | null;
interface Owners {
  ground: Owner[];
  over: Owner[];
}

/** A draft as the model sees it at one time. */
export interface Seen {
  areas: Map<string, DraftArea>;
  lowest: Set<string>;
  owners: Owners;
}

/** Metres: pieces narrower than that, or of less than 1 m², are slivers, which may go where the kernel thinks best. */
const sliver = 0.6;
/** Metres: borders that did not match to the vertex may have been either here or there. */
const loose = 0.002;

/** Half of the points are strewn over the ground, half near vertices, where things happen. */
export function strewPoints(areas: readonly DraftArea[], count: number, seed: number): Position[] {
  const random = seeded(seed);
  const rings = areas.flatMap(({ polygons }) => polygons.flat());
  const [xs, ys] = [0, 1].map((axis) => rings.flatMap((ring) => ring.filter((_, i) => i % 2 === axis)));
  const [west, east] = [min(xs!), -min(xs!.map((x) => -x))];
  const [south, north] = [min(ys!), -min(ys!.map((y) => -y))];
  return Array.from({ length: count }, (_, i): Position => {
    if (i % 2 === 0) return [west + (east - west) * random(), south + (north - south) * random()];
    const at = Math.floor(random() * xs!.length);
    return [xs![at]! + 8e-5 * (random() - 0.5), ys![at]! + 8e-5 * (random() - 0.5)];
  });
}

function min(values: readonly number[]): number {
  return values.reduce((least, value) => Math.min(least, value), Infinity);
}

export function see(draft: Draft, { points, over }: Sample): Seen {
  const areas = new Map(draft.areas().map((area) => [area.id, area]));
  const isOver = ({ kind }: DraftArea) => over && kind === "special";
  const parents = new Set([...areas.values()].filter((area) => !isOver(area)).map(({ parent_id }) => parent_id));
  const lowest = [...areas.values()].filter(({ id }) => !parents.has(id));
  const boxed = lowest.map((area) => ({ area, box: boxOf(area.polygons) }));
  const gaps = draft.uncovered();
  const owners: Owners = { ground: [], over: [] };
  for (const [x, y] of points) {
    const here = boxed.filter(
      ({ area, box }) => x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3] && holds(area.polygons, x, y),
    );
    const ids = here.filter(({ area }) => !isOver(area)).map(({ area }) => area.id);
    for (const { parent_id, polygons } of gaps) if (holds(polygons, x, y)) ids.push(`~${parent_id ?? ""}`);
    owners.ground.push(ids.length === 0 ? null : ids.join("+"));
    const special = here.filter(({ area }) => isOver(area)).map(({ area }) => area.id);
    owners.over.push(special.length === 0 ? null : special.join("+"));
  }
  return { areas, lowest: new Set(lowest.map(({ id }) => id)), owners };
}

/** Even–odd, edge by edge. */
function holds(polygons: MultiPolygon, x: number, y: number): boolean {
  let inside = false;
  for (const polygon of polygons) {
    for (const ring of polygon) {
      for (let i = 0; i + 3 < ring.length; i += 2) {
        const [ax, ay, bx, by] = [ring[i]!, ring[i + 1]!, ring[i + 2]!, ring[i + 3]!];
        if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside;
      }
    }
  }
  return inside;
}

function boxOf(polygons: MultiPolygon): [number, number, number, number] {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [ring] of polygons) {
    for (let i = 0; i < ring!.length; i += 2) {
      box[0] = Math.min(box[0], ring![i]!);
      box[1] = Math.min(box[1], ring![i + 1]!);
      box[2] = Math.max(box[2], ring![i]!);
      box[3] = Math.max(box[3], ring![i + 1]!);
    }
  }
  return box;
}

/** Metres from a point to the nearest edge. */
function distanceTo(polygons: MultiPolygon, [x, y]: Position): number {
  const [perLon, perLat] = metresPerDegree(y);
  let nearest = Infinity;
  for (const ring of polygons.flat()) {
    for (let i = 0; i + 3 < ring.length; i += 2) {
      const [ax, ay] = [(ring[i]! - x) * perLon, (ring[i + 1]! - y) * perLat];
      const [dx, dy] = [(ring[i + 2]! - x) * perLon - ax, (ring[i + 3]! - y) * perLat - ay];
      const share = Math.max(0, Math.min(1, -(ax * dx + ay * dy) / (dx * dx + dy * dy || 1)));
      nearest = Math.min(nearest, Math.hypot(ax + share * dx, ay + share * dy));
    }
  }
  return nearest;
}

/** What an operation was, and what it said that it changed. */
export interface Deed {
  operation: PlanOperation;
  changed: readonly string[];
  removed: readonly string[];
  made: readonly string[];
}

/** @returns what is wrong, in words; and how many points changed hands */
export function judgeDeed(sample: Sample, before: Seen, after: Seen, deed: Deed): { wrong: string[]; moved: number } {
  const wrong: string[] = [];
  let moved = 0;
  for (const layer of ["ground", "over"] as const) {
    sample.points.forEach((point, i) => {
      const [was, is] = [before.owners[layer][i]!, after.owners[layer][i]!];
      if (was !== is) moved += 1;
      const complaint = complain(point, was, is, { layer, before, after, deed, sample });
      if (!complaint || isNearBorder(point, [was, is], { before, after, deed })) return;
      wrong.push(`${complaint}: ${layer} at ${point.join(",")} was ${was}, is ${is}`);
    });
  }
  return { wrong, moved };
}

interface Scene {
  layer: "ground" | "over";
  sample: Sample;
  before: Seen;
  after: Seen;
  deed: Deed;
}

function complain(point: Position, was: Owner, is: Owner, scene: Scene): string | null {
  const { before, after, deed, layer } = scene;
  if (is?.includes("+")) return "two have it";
  const mayBeLost = layer === "over" || (scene.sample.open && isBorderWork(deed.operation));
  if (was !== null && is === null && !mayBeLost) return "nobody has it any more";
  if (was !== is) {
    // an area with nothing below it any more owns what was uncovered in it, and the other way round
    const becameLowest = (id: Owner) => id !== null && after.lowest.has(id) !== before.lowest.has(id);
    const isTold = (id: Owner) =>
      id === null || isGap(id) || deed.changed.includes(id) || deed.removed.includes(id) || becameLowest(id);
    if (!isTold(was) || !isTold(is)) return "nobody said so";
    if ((isGap(was) && becameLowest(is)) || (isGap(is) && becameLowest(was))) return null;
  }
  const wanted = expectedOwner(point, was, scene);
  if (wanted === "another") return was === is ? "should have gone to the other side" : null;
  return wanted === undefined || wanted.includes(is) ? null : `should be ${wanted.join(" or ")}`;
}

function isGap(owner: Owner): boolean {
  return owner?.startsWith("~") ?? false;
}

const borderWork = ["move_vertex", "add_vertex", "delete_vertex", "reshape"] as const;
type BorderWork = Extract<PlanOperation, { op: (typeof borderWork)[number] }>;
function isBorderWork(operation: PlanOperation): operation is BorderWork {
  return borderWork.some((op) => op === operation.op);
}

/** Who must have a point after an operation; undefined: that is more than the model knows. */
function expectedOwner(point: Position, was: Owner, scene: Scene): Owner[] | "another" | undefined {
  const { operation, made } = scene.deed;
  const [fresh] = made;
  const isIn = (place: readonly (readonly (readonly Position[])[])[]) =>
    place.some((one) => holds([flat(one)], ...point));
  const concerns = (id: string) => isOfLayer(id, scene);
  switch (operation.op) {
    case "split":
      if (was !== operation.area) return [was];
      if (operation.by.kind === "line") return [was, fresh!];
      return [isIn(operation.by.place) ? fresh! : was];
    case "merge":
      return [was !== null && operation.areas.includes(was) ? operation.keep : was];
    case "give": {
      if (!concerns(operation.to) || !isIn(operation.place) || isGap(was)) return [was];
      const mayGive =
        was === null ? scene.layer === "over" && !operation.from : (operation.from?.includes(was) ?? true);
      return [mayGive ? operation.to : was];
    }
    case "take_uncovered":
      return isGap(was) ? [was, operation.to] : [was];
    case "add_area":
    case "create_special":
      return [concerns(fresh!) && isIn(operation.place) ? fresh! : was];
    case "remove_special":
      if (was !== operation.area) return [was];
      return scene.layer === "over" ? [null] : scene.deed.changed.slice();
    case "group":
    case "set_attributes":
      return [was];
    case "reshape":
      return undefined;
    default:
      return expectedBeside(point, was, operation, scene);
  }
}

function flat(rings: readonly (readonly Position[])[]): number[][] {
  return rings.map((ring) => ring.flat());
}

function isOfLayer(id: string, { sample, before, after, layer }: Scene): boolean {
  const { kind } = (before.areas.get(id) ?? after.areas.get(id))!;
  return (sample.over && kind === "special") === (layer === "over");
}

/** A point changes hands when it lies in the ground that the border swept, and only then. */
function expectedBeside(
  point: Position,
  was: Owner,
  operation: Exclude<BorderWork, { op: "reshape" }>,
  scene: Scene,
): Owner[] | "another" | undefined {
  const { before, deed } = scene;
  if (!deed.changed.some((id) => isOfLayer(id, scene))) return [was];
  const beside = [...before.areas.values()].filter(({ id }) => before.lowest.has(id) && isOfLayer(id, scene));
  const triangles = trianglesOf(operation, beside);
  const times = triangles.filter((corners) => holds([[[...corners, corners[0]!].flat()]], ...point)).length;
  if (times === 0) return [was];
  // where more borders meet it depends on how they lie
  const mostly = operation.op === "move_vertex" ? 2 : 1;
  if (triangles.length !== mostly) return undefined;
  return times === 1 ? "another" : [was];
}

function trianglesOf(operation: Exclude<BorderWork, { op: "reshape" }>, areas: readonly DraftArea[]): Position[][] {
  if (operation.op === "add_vertex") return [[...operation.between, operation.at]];
  const from = operation.op === "move_vertex" ? operation.from : operation.at;
  const ends = endsAt(areas, from);
  if (operation.op === "move_vertex") return ends.map((end) => [from, operation.to, end]);
  return ends.flatMap((a, i) => ends.slice(i + 1).map((b): Position[] => [a, from, b]));
}

/** Vertices at the other end of every edge that comes within a hair of a position. */
function endsAt(areas: readonly DraftArea[], [x, y]: Position): Position[] {
  const isHere = (ring: readonly number[], i: number) => Math.hypot(ring[i]! - x, ring[i + 1]! - y) < 1e-8;
  const ends = new Map<string, Position>();
  for (const ring of areas.flatMap(({ polygons }) => polygons.flat())) {
    for (let i = 0; i + 3 < ring.length; i += 2) {
      const passes = distanceTo([[ring.slice(i, i + 4)]], [x, y]) < loose;
      if (!passes) continue;
      for (const at of [i, i + 2]) {
        if (!isHere(ring, at)) ends.set(`${ring[at]},${ring[at + 1]}`, [ring[at]!, ring[at + 1]!]);
      }
    }
  }
  return [...ends.values()];
}

/** Whether the point lies where slivers or loose borders leave the answer open. */
function isNearBorder(
  point: Position,
  owners: readonly Owner[],
  { before, after, deed }: Omit<Scene, "layer" | "sample">,
): boolean {
  const { operation } = deed;
  const place =
    "place" in operation
      ? operation.place
      : operation.op === "split" && "place" in operation.by
        ? operation.by.place
        : null;
  const shapes = owners
    .flatMap((id) => (id === null ? [] : id.split("+")))
    .flatMap((id) => [before.areas.get(id)?.polygons ?? [], after.areas.get(id)?.polygons ?? []]);
  if (place) shapes.push(place.map(flat));
  const reach = place ? sliver : loose;
  return shapes.some((shape) => distanceTo(shape, point) < reach);
}
