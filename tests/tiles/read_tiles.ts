import { everythingOf } from "../../tiles/scope/tile_scope.ts";
import type { TileSource, TileView } from "../../tiles/source.ts";
import { boxesMeet, tileBox } from "../../tiles/tile_math.ts";
import { type ReadFeature, type ReadLayer, readStrictly } from "./strict_reader.ts";

export const governance: TileView = { network: "governance", edition: 1 };

/** Every tile of a zoom that the source's box meets with its buffer, read strictly; empty ones left out. */
export async function readZoom(
  source: TileSource,
  z: number,
  view = governance,
): Promise<{ x: number; y: number; layers: ReadLayer[] }[]> {
  const box = source.box(view);
  if (!box) return [];
  const tiles: { x: number; y: number; layers: ReadLayer[] }[] = [];
  const side = 2 ** (31 - z);
  for (let x = Math.floor(box[0] / side) - 1; x <= Math.floor(box[2] / side) + 1; x++) {
    for (let y = Math.floor(box[1] / side) - 1; y <= Math.floor(box[3] / side) + 1; y++) {
      if (!boxesMeet(tileBox(z, x, y), box)) continue;
      const layers = readStrictly(await source.tile(z, x, y, view, everythingOf(source.layer)));
      if (layers.length > 0) tiles.push({ x, y, layers });
    }
  }
  return tiles;
}

/** All features of one vector layer at a zoom. */
export async function readFeatures(
  source: TileSource,
  z: number,
  name: string,
  view = governance,
): Promise<ReadFeature[]> {
  const tiles = await readZoom(source, z, view);
  return tiles.flatMap(({ layers }) => layers.find((layer) => layer.name === name)?.features ?? []);
}
