import type { ByteWriter } from "../encode/byte_writer.ts";
import { clipLine, clipRing } from "../encode/clip.ts";
import { GeometryWriter } from "../encode/geometry_writer.ts";
import { LayerWriter } from "../encode/layer_writer.ts";
import { Path } from "../encode/path.ts";
import { lineShape, pointShape, polygonShape } from "../shape_columns.ts";
import { buffer, extent, tileBox, unitAt, worldBits } from "../tile_math.ts";
import type { TierView } from "../scope/layer_tiers.ts";
import type { ScopeRegion, Shown } from "../scope/shown.ts";
import type { FeatureColumns } from "./feature_columns.ts";

/** Buffers kept from tile to tile: encoding allocates next to nothing. */
const layer = new LayerWriter();
const geometry = new GeometryWriter();
const path = new Path();
const clipped = new Path();
const spare = new Path();
let inside = new Uint8Array(1024);

const low = -buffer;
const high = extent + buffer;

/**
 * Share of a tile's side by which a polygon may stand out of the buffer and still be written whole. A map puts the
 * name of a polygon in the middle of what it is given: of a house that two tiles cut each would name its own half.
 */
const outstanding = 1 / 4;

const everything: Selection = { shown: { tier: 1, raising: [], name: "1" }, views: null };

/** Which features to leave out: those that a later change replaced. */
export type IsGone = (feature: number) => boolean;

/** What of a layer is drawn. */
export interface Selection {
  shown: Shown;
  /** Of each tier; null where everybody sees everything of the layer. */
  views: readonly TierView[] | null;
}

/** Where a tile lies in world units, and how to come from them to its own. */
interface Frame {
  z: number;
  scale: number;
  left: number;
  top: number;
}

/**
 * Writes the layer `name` of tile z/x/y, as field 3 of a tile, to `tile`; nothing if it would be empty.
 * All sets of columns have the same keys and value table.
 */
export function drawFeatures(
  name: string,
  sets: readonly { columns: FeatureColumns; isGone?: IsGone }[],
  [z, x, y]: readonly [number, number, number],
  tile: ByteWriter,
  { shown, views }: Selection = everything,
): void {
  const first = sets[0]?.columns;
  if (!first) return;
  layer.begin(first.keys, first.table);
  const side = 2 ** (worldBits - z);
  const frame: Frame = { z, scale: 1 / unitAt(z), left: x * side, top: y * side };
  const [left, top, right, bottom] = tileBox(z, x, y);
  for (const { columns, isGone } of sets) {
    if (!columns.index) continue;
    if (inside.length < columns.count) inside = new Uint8Array(columns.count * 2);
    const found = columns.index.search(left, top, right, bottom, (i, minX, minY, maxX, maxY) => {
      // a view may let a feature appear later than it would of itself, never earlier
      if (columns.zooms[i]! > z || isGone?.(i)) return false;
      const reach = columns.types[i] === polygonShape ? side * outstanding : 0;
      const isInside = minX >= left - reach && minY >= top - reach && maxX <= right + reach && maxY <= bottom + reach;
      inside[i] = isInside ? 1 : 0;
      return true;
    });
    // in the order of rows: the same rows give the same bytes
    for (const i of Uint32Array.from(found).sort()) {
      const view = views ? viewOf(columns, i, shown, views) : null;
      if (view === undefined || (view && isLeftOut(columns, i, z, view))) continue;
      drawFeature(columns, i, frame, inside[i] === 1, view?.hidden ?? null);
    }
  }
  layer.finish(name, tile);
}

/** What the reader's tier shows of a feature; undefined = nothing, it is not there. */
function viewOf(columns: FeatureColumns, i: number, shown: Shown, views: readonly TierView[]): TierView | undefined {
  for (let tier = shown.raising.length; tier > shown.tier; tier--) {
    if (isInSome(columns, i, shown.raising[tier - 1]!)) return views[tier - 1];
  }
  return views[shown.tier - 1];
}

function isInSome({ places }: FeatureColumns, i: number, regions: readonly ScopeRegion[]): boolean {
  if (!places) return false;
  const { lonlat, starts } = places;
  const from = starts[i]!;
  const to = starts[i + 1]!;
  for (const { shape, holders } of regions) {
    if (holders && !holders.has(places.holders?.[i] ?? 0)) continue;
    if (!shape) return true;
    if (to - from > 1 ? shape.meetsLine(lonlat, from, to) : shape.covers(lonlat[from * 2]!, lonlat[from * 2 + 1]!)) {
      return true;
    }
  }
  return false;
}

function isLeftOut(columns: FeatureColumns, i: number, z: number, view: TierView): boolean {
  if (view.zoom > z) return true;
  if (view.withoutKinds.size === 0) return false;
  return view.withoutKinds.has(columns.numbers[i * columns.keys.length + view.kindKey]!);
}

function drawFeature(
  columns: FeatureColumns,
  i: number,
  frame: Frame,
  isInside: boolean,
  hidden: Uint8Array | null,
): void {
  const type = columns.types[i]!;
  geometry.begin();
  if (type === pointShape) drawPoints(columns, i, frame);
  else if (type === lineShape) drawLines(columns, i, frame, isInside);
  else drawPolygons(columns, i, frame, isInside);
  if (geometry.out.length === 0) return;
  layer.feature(columns.ids[i]!, type, columns.numbers, i * columns.keys.length, geometry.out, hidden);
}

/** A point belongs to the one tile that it lies in, without the buffer: maps place a symbol only there. */
function drawPoints(columns: FeatureColumns, i: number, { scale, left, top }: Frame): void {
  path.reset();
  const [from, to] = positionsOf(columns, columns.starts[i]!, columns.starts[i + 1]! - 1);
  for (let k = from; k < to; k++) {
    const x = Math.floor((columns.xy[k * 2]! - left) * scale);
    const y = Math.floor((columns.xy[k * 2 + 1]! - top) * scale);
    if (x >= 0 && x < extent && y >= 0 && y < extent) path.add(x, y);
  }
  geometry.writePoints(path.values, path.length);
}

function drawLines(columns: FeatureColumns, i: number, frame: Frame, isInside: boolean): void {
  for (let part = columns.starts[i]!; part < columns.starts[i + 1]!; part++) {
    readPart(columns, part, frame, frame.z);
    if (isInside) geometry.writeLine(path);
    else clipLine(path, low, high, clipped, writePiece);
  }
}

function writePiece(piece: Path): void {
  geometry.writeLine(piece);
}

function drawPolygons(columns: FeatureColumns, i: number, frame: Frame, isInside: boolean): void {
  let isDrawn = false;
  for (let part = columns.starts[i]!; part < columns.starts[i + 1]!; part++) {
    const isHole = columns.holes[part] === 1;
    if (isHole && !isDrawn) continue;
    readRing(columns, part, frame, frame.z);
    const isWritten = writeRing(isHole, isInside);
    if (isHole) continue;
    if (!isWritten) {
      // narrower than the tolerance: try it as it is before it shrinks to a square
      readRing(columns, part, frame, Infinity);
      isDrawn = writeRing(false, isInside);
      if (!isDrawn && isInside) writeSquareInTile();
    } else isDrawn = true;
  }
}

function writeRing(isHole: boolean, isInside: boolean): boolean {
  if (isInside) return geometry.writeRing(path, isHole);
  if (isBeyond(path)) return false;
  clipRing(path, low, high, clipped, spare);
  return geometry.writeRing(clipped, isHole);
}

/** Draws the ring in `path` as a small square, if its middle lies in the tile. */
function writeSquareInTile(): void {
  const [left, top, right, bottom] = boundsOf(path);
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  if (x >= 0 && y >= 0 && x < extent && y < extent) geometry.writeSquare(x, y);
}

function isBeyond(ring: Path): boolean {
  const [left, top, right, bottom] = boundsOf(ring);
  return right < low || left > high || bottom < low || top > high;
}

function boundsOf({ values, length }: Path): [number, number, number, number] {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let k = 0; k < length; k += 2) {
    const x = values[k]!;
    const y = values[k + 1]!;
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  }
  return [left, top, right, bottom];
}

/** Puts the vertices of a part that zoom `detail` draws into `path`, in tile units. */
function readPart(columns: FeatureColumns, part: number, { scale, left, top }: Frame, detail: number): void {
  path.reset();
  const { xy, ranks } = columns;
  const [from, to] = positionsOf(columns, part, part);
  for (let k = from; k < to; k++) {
    if (ranks[k]! <= detail) path.add((xy[k * 2]! - left) * scale, (xy[k * 2 + 1]! - top) * scale);
  }
}

/** A ring may have lost the vertex it began with: it is closed here. */
function readRing(columns: FeatureColumns, part: number, frame: Frame, detail: number): void {
  readPart(columns, part, frame, detail);
  const { values, length } = path;
  if (length === 0 || (values[0] === values[length - 2] && values[1] === values[length - 1])) return;
  path.add(values[0]!, values[1]!);
}

function positionsOf({ ends }: FeatureColumns, first: number, last: number): [number, number] {
  return [first === 0 ? 0 : ends[first - 1]!, ends[last]!];
}
