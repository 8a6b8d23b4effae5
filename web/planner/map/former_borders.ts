import { type BoxIndex, createBoxIndex } from "../../../data/coverage/box_index.ts";
import type { BorderArc, DraftArea } from "../../../data/division/draft.ts";
import { aroundLine, boxOf } from "../../../data/measure/box.ts";
import { metresPerDegree } from "../../../data/measure/ellipsoid.ts";
import type { Line } from "../../../data/schema/geometry.ts";
import { samePolygons } from "../read_areas.ts";

/** Metres within which a border runs where it ran: coordinates of new points are rounded to a tenth of a millimetre. */
const alike = 0.01;

/** Where borders run in the edition that a draft began from. */
export class FormerBorders {
  /** As the edition has them; what the draft has not changed is as it was when the draft was opened. */
  readonly #areas: Map<string, DraftArea>;
  readonly #untouched = new WeakMap<DraftArea, boolean>();
  #index: BoxIndex | null = null;

  /** @param areas - those of the draft as it was opened */
  constructor(areas: readonly DraftArea[]) {
    this.#areas = new Map(areas.map((area) => [area.id, area]));
  }

  /** @param areas - that the draft had changed or taken away, as the edition has them */
  take(areas: readonly DraftArea[]): void {
    for (const area of areas) this.#areas.set(area.id, area);
    this.#index = null;
  }

  /** Whether an area has the outline that it had. */
  isUntouched(area: DraftArea): boolean {
    const known = this.#untouched.get(area);
    if (known !== undefined) return known;
    const former = this.#areas.get(area.id);
    const same = former !== undefined && (former === area || samePolygons(former.polygons, area.polygons));
    this.#untouched.set(area, same);
    return same;
  }

  /** Whether a border runs where one ran. */
  isFormer({ line }: BorderArc): boolean {
    const box = aroundLine(line);
    const [perLon, perLat] = metresPerDegree(line[1]!);
    const reach = [alike / perLon, alike / perLat] as const;
    const edges: number[] = [];
    this.#index ??= createBoxIndex([...this.#areas.values()].map(({ id, polygons }) => [id, boxOf(polygons)] as const));
    const [w, s, e, n] = [box[0] - reach[0], box[1] - reach[1], box[2] + reach[0], box[3] + reach[1]];
    for (const id of this.#index.near([w, s, e, n])) {
      for (const ring of this.#areas.get(id)!.polygons.flat()) collectEdges(ring, [w, s, e, n], edges);
    }
    const isNear = (lon: number, lat: number): boolean => {
      for (let i = 0; i < edges.length; i += 4) {
        const [px, py] = [(edges[i]! - lon) * perLon, (edges[i + 1]! - lat) * perLat];
        const [qx, qy] = [(edges[i + 2]! - lon) * perLon, (edges[i + 3]! - lat) * perLat];
        const long = (qx - px) ** 2 + (qy - py) ** 2;
        const share = long === 0 ? 0 : Math.min(1, Math.max(0, -(px * (qx - px) + py * (qy - py)) / long));
        if (Math.hypot(px + share * (qx - px), py + share * (qy - py)) <= alike) return true;
      }
      return false;
    };
    for (let i = 0; i < line.length; i += 2) {
      if (!isNear(line[i]!, line[i + 1]!)) return false;
      const isLast = i + 3 >= line.length;
      if (!isLast && !isNear((line[i]! + line[i + 2]!) / 2, (line[i + 1]! + line[i + 3]!) / 2)) return false;
    }
    return true;
  }
}

function collectEdges(ring: Line, [w, s, e, n]: readonly [number, number, number, number], edges: number[]): void {
  for (let i = 0; i + 3 < ring.length; i += 2) {
    const [ax, ay, bx, by] = [ring[i]!, ring[i + 1]!, ring[i + 2]!, ring[i + 3]!];
    if (Math.min(ax, bx) > e || Math.max(ax, bx) < w || Math.min(ay, by) > n || Math.max(ay, by) < s) continue;
    edges.push(ax, ay, bx, by);
  }
}
