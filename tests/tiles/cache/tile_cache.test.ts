import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import type { TileLayer } from "../../../data/schema/tile_layers.ts";
import { bodyOf, chooseEncoding } from "../../../tiles/cache/compress.ts";
import { type CachedTile, TileCache } from "../../../tiles/cache/tile_cache.ts";
import { tileBox, worldBits } from "../../../tiles/tile_math.ts";

function aTile(x: number, y: number, bytes = 1000, layers: TileLayer[] = ["roads"]): CachedTile {
  return { layers, z: 14, x, y, version: "1", isEmpty: false, bodies: { identity: Buffer.alloc(bytes, "tile") } };
}

test("what was asked for last stays when memory runs out", () => {
  const cache = new TileCache(5000);
  cache.set("a", aTile(0, 0));
  cache.set("b", aTile(1, 0));
  cache.set("c", aTile(2, 0));
  cache.get("a");
  cache.set("d", aTile(3, 0));
  expect(cache.get("b")).toBeUndefined();
  for (const key of ["a", "c", "d"]) expect(cache.get(key)).toBeDefined();
  expect(cache.bytes).toBeLessThanOrEqual(5000);
});

test("a tile larger than the whole budget is not kept", () => {
  const cache = new TileCache(500);
  cache.set("a", aTile(0, 0));
  expect(cache.size).toBe(0);
  expect(cache.bytes).toBe(0);
});

test("a compressed form takes the place of the plain one, and memory is counted anew", () => {
  const cache = new TileCache(100_000);
  const tile = aTile(0, 0);
  cache.set("a", tile);
  const before = cache.bytes;
  cache.addBody("a", tile, "br", Buffer.alloc(100));
  expect(cache.bytes).toBe(before - 900);
  expect(tile.bodies.identity).toBeUndefined();
});

test("a change evicts the tiles of its layer that its box meets, buffer included, and no others", () => {
  const cache = new TileCache(100_000);
  for (let x = 0; x < 4; x++) cache.set(`${x}`, aTile(x, 0));
  cache.set("other layer", aTile(1, 0, 1000, ["buildings"]));
  cache.set("composite", aTile(1, 0, 1000, ["buildings", "roads"]));
  const side = 2 ** (worldBits - 14);
  // inside tile 1, within the buffer of tile 2
  expect(cache.evict("roads", [2 * side - 10, 10, 2 * side - 5, 20])).toBe(3);
  expect(cache.get("0") && cache.get("3") && cache.get("other layer")).toBeDefined();
  expect(cache.evict("roads", null)).toBe(2);
});

test("the box of a tile reaches as far as its buffer", () => {
  const side = 2 ** (worldBits - 14);
  expect(tileBox(14, 1, 0)).toEqual([
    side - (side * 96) / 4096,
    (-side * 96) / 4096,
    2 * side + (side * 96) / 4096,
    side + (side * 96) / 4096,
  ]);
});

test("each form decompresses to the tile, from whichever form is there", async () => {
  const plain = Buffer.from("a tile, a tile, a tile");
  const tile = { ...aTile(0, 0), bodies: { identity: plain } as CachedTile["bodies"] };
  const br = await bodyOf(tile, "br");
  expect(brotliDecompressSync(br)).toEqual(plain);
  tile.bodies = { br };
  const gzip = await bodyOf(tile, "gzip");
  expect(gunzipSync(gzip)).toEqual(plain);
  tile.bodies = { gzip };
  expect(await bodyOf(tile, "identity")).toEqual(plain);
});

test("the form is what the client takes: brotli before gzip before plain, q=0 refuses", () => {
  expect(chooseEncoding("gzip, deflate, br, zstd")).toBe("br");
  expect(chooseEncoding("gzip, deflate")).toBe("gzip");
  expect(chooseEncoding("br;q=0, gzip;q=0.5")).toBe("gzip");
  expect(chooseEncoding("identity")).toBe("identity");
  expect(chooseEncoding("*")).toBe("br");
  expect(chooseEncoding("*;q=0")).toBe("identity");
  expect(chooseEncoding(undefined)).toBe("identity");
});
