import type { VectorTileFeature } from "@mapbox/vector-tile";
import Flatbush from "flatbush";
import { sourceTileLayers } from "../../../data/cartography/sources.ts";
import type { Road } from "../../../data/roads/road.ts";
import { buildRoadGraph, type RoadGraph } from "../../../data/roads/road_graph.ts";
import type { RoadClass } from "../../../data/schema/city_rows.ts";
import type { Bbox, Line, MultiPolygon, Position } from "../../../data/schema/geometry.ts";
import { isInRing } from "../../../data/measure/in_ring.ts";
import { maxTileZoom } from "../../../data/schema/tile_layers.ts";
import { fetchTile, linesOf, tileAt } from "./read_tile.ts";

export type GroundKind = "road" | "water" | "estate" | "building";

/** Something that lies under the draft, as tiles of the deepest zoom have it (to about 0.15 m). */
export interface GroundThing {
  kind: GroundKind;
  id: number;
  name: string;
  /** Outlines of an estate or building, in as many pieces as tiles it lies in. */
  polygons: MultiPolygon;
  /** Centre lines, banks, walls. */
  lines: Line[];
  road: RoadClass | null;
}

/** At most so many tiles are kept: about 20 km² round what is being edited. */
const mostTiles = 64;

/** Roads, water, estates and buildings near what is being edited: what tools snap to, follow and give away. */
export class CityGround {
  readonly #address: (x: number, y: number) => string;
  readonly #tiles = new Map<string, Promise<GroundThing[]>>();
  #things: GroundThing[] = [];
  #boxes: { index: Flatbush; things: GroundThing[] } | null = null;
  #graph: RoadGraph | null = null;
  #version = 0;

  /** @param reader - part of each address of tiles, see StyleOptions */
  constructor(reader: string | undefined) {
    const query = reader === undefined ? "" : `?reader=${encodeURIComponent(reader)}`;
    // The same address as the map's own: the tiles are in the browser's store already.
    this.#address = (x, y) => `/tiles/${sourceTileLayers.city.join(",")}/${maxTileZoom}/${x}/${y}.mvt${query}`;
  }

  /** Rises when more is known. */
  get version(): number {
    return this.#version;
  }

  /** Asks for what lies in a box; does nothing where that is too much. A tile that does not come is asked for again next time. */
  async load(box: Bbox): Promise<void> {
    const [west, north] = tileAt(box[0], box[3]);
    const [east, south] = tileAt(box[2], box[1]);
    if ((east - west + 1) * (south - north + 1) > mostTiles) return;
    const asked: Promise<GroundThing[]>[] = [];
    for (let x = west; x <= east; x++) {
      for (let y = north; y <= south; y++) asked.push(this.#ask(x, y));
    }
    const before = this.#things.length;
    await Promise.all(asked);
    const all = (await Promise.all(this.#tiles.values())).flat();
    if (all.length === before) return;
    this.#things = joinPieces(all);
    this.#boxes = null;
    this.#graph = null;
    this.#version++;
  }

  /** Things whose box meets the box. */
  near(box: Bbox): GroundThing[] {
    this.#boxes ??= indexThings(this.#things);
    const boxes = this.#boxes;
    return boxes ? boxes.index.search(...box).map((i) => boxes.things[i]!) : [];
  }

  /** The building, else the estate, that holds a position. */
  thingAt([lon, lat]: Position): GroundThing | null {
    const here = this.near([lon, lat, lon, lat]).filter(({ polygons }) => isInside(polygons, lon, lat));
    return here.find(({ kind }) => kind === "building") ?? here.find(({ kind }) => kind === "estate") ?? null;
  }

  /** All roads that are known, as one graph. */
  roads(): RoadGraph {
    this.#graph ??= buildRoadGraph(
      this.#things.flatMap(({ kind, id, name, lines, road }): Road[] =>
        kind === "road" && road ? [{ id, class: road, name: name || null, lines }] : [],
      ),
    );
    return this.#graph;
  }

  #ask(x: number, y: number): Promise<GroundThing[]> {
    const key = `${x}/${y}`;
    const known = this.#tiles.get(key);
    if (known) return known;
    const asked = readTile(this.#address(x, y), x, y).catch(() => {
      this.#tiles.delete(key);
      return [];
    });
    this.#tiles.set(key, asked);
    for (const old of this.#tiles.keys()) {
      if (this.#tiles.size <= 2 * mostTiles) break;
      this.#tiles.delete(old);
    }
    return asked;
  }
}

async function readTile(address: string, x: number, y: number): Promise<GroundThing[]> {
  const layers = await fetchTile(address);
  const things: GroundThing[] = [];
  for (const [name, kind] of layerKinds) {
    const layer = layers[name];
    for (let i = 0; layer && i < layer.length; i++) {
      const thing = readThing(kind, layer.feature(i), x, y);
      if (thing) things.push(thing);
    }
  }
  return things;
}

const layerKinds = [
  ["roads", "road"],
  ["ground", "water"],
  ["estates", "estate"],
  ["buildings", "building"],
] as const;

function readThing(kind: GroundKind, feature: VectorTileFeature, x: number, y: number): GroundThing | null {
  const { properties, type } = feature;
  if (kind === "water" && properties.kind !== "water") return null;
  const rings = linesOf(feature, x, y);
  return {
    kind,
    id: Number(properties.id),
    name: String(properties.name ?? ""),
    polygons: type === 3 && kind !== "water" ? rings.map((ring) => [ring]) : [],
    lines: rings,
    road: kind === "road" ? (properties.class as RoadClass) : null,
  };
}

/** One thing of many tiles becomes one again. */
function joinPieces(pieces: readonly GroundThing[]): GroundThing[] {
  const joined = new Map<string, GroundThing>();
  for (const piece of pieces) {
    const key = `${piece.kind}${piece.id}`;
    const known = joined.get(key);
    if (!known) joined.set(key, { ...piece });
    else {
      known.polygons = [...known.polygons, ...piece.polygons];
      known.lines = [...known.lines, ...piece.lines];
    }
  }
  return [...joined.values()];
}

function indexThings(things: GroundThing[]): { index: Flatbush; things: GroundThing[] } | null {
  if (things.length === 0) return null;
  const index = new Flatbush(things.length);
  for (const { lines } of things) {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const line of lines) {
      for (let i = 0; i < line.length; i += 2) {
        west = Math.min(west, line[i]!);
        east = Math.max(east, line[i]!);
        south = Math.min(south, line[i + 1]!);
        north = Math.max(north, line[i + 1]!);
      }
    }
    index.add(west, south, east, north);
  }
  index.finish();
  return { index, things };
}

/** Whether a position lies in a polygon's exterior and in none of its holes. */
export function isInside(polygons: MultiPolygon, lon: number, lat: number): boolean {
  return polygons.some((rings) => rings.reduce((inside, ring) => inside !== isInRing(ring, lon, lat), false));
}
