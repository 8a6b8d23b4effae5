import { VectorTile, type VectorTileFeature } from "@mapbox/vector-tile";
import { PbfReader } from "pbf";
import type { Line } from "../../../data/schema/geometry.ts";
import { maxTileZoom } from "../../../data/schema/tile_layers.ts";

/** Layers of one of our own tiles; none where nothing lies. */
export async function fetchTile(address: string): Promise<VectorTile["layers"]> {
  const response = await fetch(address);
  if (response.status === 204) return {};
  if (!response.ok) throw new Error(`No tile at ${address}: ${response.status}`);
  return new VectorTile(new PbfReader(new Uint8Array(await response.arrayBuffer()))).layers;
}

/** Lines or rings of a feature of tile x, y of the deepest zoom, in degrees. */
export function linesOf(feature: VectorTileFeature, x: number, y: number): Line[] {
  return feature
    .loadGeometry()
    .map((points) => points.flatMap((point) => degreesOf(x + point.x / feature.extent, y + point.y / feature.extent)));
}

const tilesAcross = 2 ** maxTileZoom;

/** The tile of the deepest zoom that holds a position. */
export function tileAt(lon: number, lat: number): [number, number] {
  const sine = Math.sin((lat * Math.PI) / 180);
  const y = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  return [Math.floor((lon / 360 + 0.5) * tilesAcross), Math.floor(y * tilesAcross)];
}

function degreesOf(x: number, y: number): [number, number] {
  const angle = Math.PI * (1 - (2 * y) / tilesAcross);
  return [snap((x / tilesAcross) * 360 - 180), snap((Math.atan(Math.sinh(angle)) * 180) / Math.PI)];
}

function snap(degrees: number): number {
  return Math.round(degrees * 1e9) / 1e9;
}
