import Flatbush from "flatbush";
import { metresPerDegree } from "../../../data/measure/ellipsoid.ts";
import type { Bbox, Line } from "../../../data/schema/geometry.ts";
import { maxTileZoom } from "../../../data/schema/tile_layers.ts";
import type { PublishedFacts } from "./draft_features.ts";
import { fetchTile, linesOf, tileAt } from "./read_tile.ts";

/** Metres within which a border runs where it ran: tiles keep 0.15 m. */
const alike = 0.4;
const mostTiles = 64;

/** Borders and leaders of the published edition, as far as they are known: from its tiles. */
export class PublishedBorders implements PublishedFacts {
  readonly #address: (x: number, y: number) => string;
  readonly #asked = new Set<string>();
  readonly #lines: Line[] = [];
  readonly #leaders = new Map<string, string>();
  #index: { flatbush: Flatbush; stretches: number[] } | null = null;
  #known: Bbox | null = null;

  constructor(network: string, edition: number | null, reader: string | undefined) {
    const query = new URLSearchParams({ network });
    if (edition !== null) query.set("edition", String(edition));
    if (reader !== undefined) query.set("reader", reader);
    this.#address = (x, y) => `/tiles/areas/${maxTileZoom}/${x}/${y}.mvt?${query}`;
  }

  /** Asks for what lies in a box. @returns whether more is known than before */
  async load(box: Bbox): Promise<boolean> {
    const [west, north] = tileAt(box[0], box[3]);
    const [east, south] = tileAt(box[2], box[1]);
    if ((east - west + 1) * (south - north + 1) > mostTiles) return false;
    const asked: Promise<void>[] = [];
    for (let x = west; x <= east; x++) {
      for (let y = north; y <= south; y++) {
        if (!this.#asked.has(`${x}/${y}`)) asked.push(this.#ask(x, y));
      }
    }
    if (asked.length === 0) return false;
    await Promise.all(asked);
    this.#index = null;
    const known = this.#known ?? box;
    this.#known = [
      Math.min(known[0], box[0]),
      Math.min(known[1], box[1]),
      Math.max(known[2], box[2]),
      Math.max(known[3], box[3]),
    ];
    return true;
  }

  leaderOf(id: string): string | null {
    return this.#leaders.get(id) ?? null;
  }

  /** Whether a border runs where a published one runs; also where nothing is known. */
  isFormer(line: Line): boolean {
    this.#index ??= indexLines(this.#lines);
    const index = this.#index;
    if (!index || !this.#isKnown(line)) return true;
    const [perLon, perLat] = metresPerDegree(line[1]!);
    const isNear = (lon: number, lat: number): boolean => {
      const [aside, up] = [alike / perLon, alike / perLat];
      return index.flatbush.search(lon - aside, lat - up, lon + aside, lat + up).some((i) => {
        const [ax, ay, bx, by] = index.stretches.slice(4 * i, 4 * i + 4) as [number, number, number, number];
        const [px, py, qx, qy] = [(ax - lon) * perLon, (ay - lat) * perLat, (bx - lon) * perLon, (by - lat) * perLat];
        const long = (qx - px) ** 2 + (qy - py) ** 2;
        const share = long === 0 ? 0 : Math.min(1, Math.max(0, -(px * (qx - px) + py * (qy - py)) / long));
        return Math.hypot(px + share * (qx - px), py + share * (qy - py)) <= alike;
      });
    };
    for (let i = 0; i < line.length; i += 2) {
      if (!isNear(line[i]!, line[i + 1]!)) return false;
      if (i + 3 < line.length && !isNear((line[i]! + line[i + 2]!) / 2, (line[i + 1]! + line[i + 3]!) / 2))
        return false;
    }
    return true;
  }

  #isKnown(line: Line): boolean {
    const known = this.#known;
    if (!known) return false;
    for (let i = 0; i < line.length; i += 2) {
      if (line[i]! < known[0] || line[i]! > known[2] || line[i + 1]! < known[1] || line[i + 1]! > known[3])
        return false;
    }
    return true;
  }

  async #ask(x: number, y: number): Promise<void> {
    this.#asked.add(`${x}/${y}`);
    try {
      const { area_arcs: arcs, area_labels: labels } = await fetchTile(this.#address(x, y));
      for (let i = 0; arcs && i < arcs.length; i++) this.#lines.push(...linesOf(arcs.feature(i), x, y));
      for (let i = 0; labels && i < labels.length; i++) {
        const { id, leader } = labels.feature(i).properties;
        if (typeof leader === "string") this.#leaders.set(String(id), leader);
      }
    } catch {
      // Asked for again with the next look: until then borders there count as published.
      this.#asked.delete(`${x}/${y}`);
    }
  }
}

function indexLines(lines: readonly Line[]): { flatbush: Flatbush; stretches: number[] } | null {
  const stretches = lines.flatMap((line) => {
    const parts: number[] = [];
    for (let i = 0; i + 3 < line.length; i += 2) parts.push(line[i]!, line[i + 1]!, line[i + 2]!, line[i + 3]!);
    return parts;
  });
  if (stretches.length === 0) return null;
  const flatbush = new Flatbush(stretches.length / 4);
  for (let i = 0; i < stretches.length; i += 4) {
    const [ax, ay, bx, by] = stretches.slice(i, i + 4) as [number, number, number, number];
    flatbush.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by));
  }
  flatbush.finish();
  return { flatbush, stretches };
}
