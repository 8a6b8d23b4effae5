import { fork } from "node:child_process";
import { Agent, createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliDecompressSync } from "node:zlib";
import autocannon from "autocannon";
import { generateDemo } from "../../data/demo/generate.ts";
import type { CityRows } from "../../data/schema/city_rows.ts";
import { tileLayers } from "../../data/schema/tile_layers.ts";
import { tileDoor } from "../../server/tiles/routes.ts";
import { TileRegistry } from "../../tiles/registry.ts";
import { AreaSource } from "../../tiles/resident/area_source.ts";
import { FeatureSource } from "../../tiles/resident/feature_source.ts";
import type { FeatureChunk, TileRows } from "../../tiles/rows.ts";
import { worldBits, worldX, worldY } from "../../tiles/tile_math.ts";
import { cityTileRows } from "../support/city_tile_rows.ts";
import { readStrictly } from "../tiles/strict_reader.ts";
import { atLeast, atMost, type Figure, median, report, told } from "./report.ts";

/**
 * Tiles as a map gets them, over HTTP, from the demo district: a cold z14 tile of at least 2,000 buildings (drawn and
 * compressed), the same warm with 50 connections, and 304. Then a city of 300,000 buildings in memory.
 *
 * The server runs in a process of its own (this file with `serve`), the load in this one.
 */
const rounds = 31;
const connections = 50;
const seconds = 4;

const headers = { "accept-encoding": "br" };
const agent = new Agent({ keepAlive: true });

interface Serving {
  port: number;
  /** Path of a z14 tile with 2,000 buildings and more. */
  dense: string;
  /** Path of the tile of median size among those that the map asks for at z15. */
  usual: string;
  buildings: number;
}

if (process.argv.includes("serve")) await serve();
else if (process.argv.includes("city")) await weighCity();
else report("tiles", [...(await measureRequests()), ...(await measureCity())]);

async function measureRequests(): Promise<Figure[]> {
  const server = fork(process.env.BENCH_FILE!, ["serve"], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  server.setMaxListeners(100);
  try {
    const { port, dense, usual, buildings } = await nextMessage<Serving>(server);
    const base = `http://127.0.0.1:${port}`;
    const cold: number[] = [];
    for (let round = 0; round < rounds; round++) {
      server.send("forget");
      await nextMessage(server);
      const started = performance.now();
      await get(base + dense);
      cold.push(performance.now() - started);
    }
    server.send("draw");
    const drawing = await nextMessage<{ draw: number; compress: number; bytes: number }>(server);
    const first = await fetch(base + usual, { headers });
    const bytes = Number(first.headers.get("content-length"));
    const warm = await load(base + usual, headers, 200);
    const bare = await load(`${base}/bare`, headers, 200);
    const unchanged = await load(base + usual, { ...headers, "if-none-match": first.headers.get("etag")! }, 304);
    return [
      atMost(`cold z14 tile, ${buildings} buildings, whole request, median`, median(cold), "ms", 8),
      told("  of it drawn", drawing.draw, "ms"),
      told("  of it compressed (brotli 3)", drawing.compress, "ms"),
      told("  bytes sent", drawing.bytes, "B"),
      atLeast(`warm z15 tile of the map (${bytes} B), ${connections} connections`, warm, "/s", 6000),
      told("  of what a handler does that only sends these bytes", warm / bare, ""),
      atLeast("304", unchanged, "/s", 6000),
    ];
  } finally {
    agent.destroy();
    server.kill();
  }
}

/** One request on a connection that is kept; resolves when the last byte is here. */
function get(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { headers, agent }, (response) => response.resume().on("end", resolve));
    sent.on("error", reject).end();
  });
}

/** Requests a second; every answer must have the status. */
async function load(url: string, headers: Record<string, string>, status: number): Promise<number> {
  const result = await autocannon({ url, headers, connections, duration: seconds });
  const right = result.statusCodeStats?.[String(status)]?.count ?? 0;
  if (right !== result.requests.total) throw new Error(`${result.requests.total - right} answers were not ${status}`);
  return result.requests.average;
}

function nextMessage<T>(child: ReturnType<typeof fork>): Promise<T> {
  return new Promise((resolve, reject) => {
    child.once("message", (message) => resolve(message as T));
    child.once("exit", (code) => reject(new Error(`the measured process ended with ${code}`)));
  });
}

async function serve(): Promise<void> {
  const city = generateDemo({ size: "district" });
  const rows = cityTileRows(city);
  const registry = new TileRegistry(
    tileLayers.map((layer) => (layer === "areas" ? new AreaSource(rows) : new FeatureSource(layer, rows))),
    rows,
    128 * 1024 * 1024,
  );
  await registry.load();
  const door = tileDoor(registry);
  let bare: Buffer = Buffer.alloc(0);
  const server = createServer((incoming, response) =>
    door(incoming, response, () => response.writeHead(200, { "Content-Length": bare.length }).end(bare)),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  const tile = denseTile(city);
  const query = { layers: registry.layersOf("buildings"), ...tile, view: registry.viewOf(null, null) };
  const { body } = await registry.tile(query, "br");
  const [layer] = readStrictly(brotliDecompressSync(body!));
  if (layer!.features.length < 2000) throw new Error(`only ${layer!.features.length} buildings in the tile`);
  let rev = 0;
  process.on("message", async (message) => {
    if (message === "forget") {
      await registry.follow([
        { layer: "buildings", ids: [city.building[0]!.id], bbox: [-180, -85, 180, 85], rev: ++rev },
      ]);
      process.send!("forgotten");
    } else process.send!(await timeDrawing(registry, query));
  });
  const { port } = server.address() as AddressInfo;
  const usual = await usualTile(registry, tile);
  bare = usual.body;
  const dense = `/tiles/buildings/${tile.z}/${tile.x}/${tile.y}.mvt`;
  process.send!({ port, dense, usual: usual.path, buildings: layer!.features.length } satisfies Serving);
}

/** Of the tiles round it, those of the map's own source, the one of median size. */
async function usualTile(registry: TileRegistry, { x, y }: { x: number; y: number }) {
  const names = "ground,roads,estates,buildings";
  const tiles: { path: string; body: Buffer }[] = [];
  for (let column = 2 * x - 2; column < 2 * x + 4; column++) {
    for (let row = 2 * y - 2; row < 2 * y + 4; row++) {
      const query = { layers: registry.layersOf(names), z: 15, x: column, y: row, view: registry.viewOf(null, null) };
      const { body } = await registry.tile(query, "br");
      if (body) tiles.push({ path: `/tiles/${names}/15/${column}/${row}.mvt`, body });
    }
  }
  return tiles.sort((a, b) => a.body.length - b.body.length)[tiles.length >> 1]!;
}

/** The parts of a cold tile, each the median of many. */
async function timeDrawing(registry: TileRegistry, query: Parameters<TileRegistry["tile"]>[0]) {
  const [draws, compressions]: [number[], number[]] = [[], []];
  let bytes = 0;
  for (let round = 0; round < rounds * 2; round++) {
    await registry.follow([{ layer: "buildings", ids: [1], bbox: [-180, -85, 180, 85], rev: 1000 + round }]);
    const started = performance.now();
    await registry.tile(query, "identity");
    const drawn = performance.now();
    bytes = (await registry.tile(query, "br")).body!.length;
    draws.push(drawn - started);
    compressions.push(performance.now() - drawn);
  }
  return { draw: median(draws), compress: median(compressions), bytes };
}

/** The z14 tile with least buildings among those with 2,000 and more. */
function denseTile(city: CityRows): { z: number; x: number; y: number } {
  const side = 2 ** (worldBits - 14);
  const counts = new Map<string, number>();
  for (const { at } of city.building) {
    const key = `${Math.floor(worldX(at[0]) / side)} ${Math.floor(worldY(at[1]) / side)}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const [dense] = [...counts].filter(([, count]) => count >= 2000).sort((a, b) => a[1] - b[1]);
  if (!dense) throw new Error("no tile of the demo district has 2,000 buildings");
  const [x, y] = dense[0].split(" ").map(Number);
  return { z: 14, x: x!, y: y! };
}

async function measureCity(): Promise<Figure[]> {
  const city = fork(process.env.BENCH_FILE!, ["city"], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    execArgv: ["--expose-gc"],
  });
  const { megabytes, load, change, buildings } = await nextMessage<Weight>(city);
  city.kill();
  return [
    told(`${buildings} buildings taken into memory`, load, "ms"),
    atMost("  memory they take", megabytes, "MB", 200),
    atMost("  a change of one of them followed, tiles evicted, median", change, "ms", 100),
  ];
}

interface Weight {
  megabytes: number;
  load: number;
  change: number;
  buildings: number;
}

/** The district's buildings again and again, side by side: only the columns stay. */
async function weighCity(): Promise<void> {
  const district = generateDemo({ size: "district" });
  const inMemory = cityTileRows(district);
  const chunks: FeatureChunk[] = [];
  await inMemory.features("buildings", (chunk) => chunks.push(chunk));
  let one: FeatureChunk | undefined;
  await inMemory.features(
    "buildings",
    (chunk) => {
      one = chunk;
    },
    [1],
  );
  const perDistrict = district.building.length;
  const districts = Math.ceil(300_000 / perDistrict);
  const rows: TileRows = {
    networks: async () => [],
    areas: async () => {},
    state: async () => ({ database: "bench", revs: {} }),
    today: () => "2026-06-01",
    async features(_, take, only) {
      if (only) return take(one!);
      for (let copy = 0; copy < districts; copy++) for (const chunk of chunks) take(moved(chunk, copy, perDistrict));
    },
  };
  const registry = new TileRegistry([new FeatureSource("buildings", rows)], rows, 128 * 1024 * 1024);
  globalThis.gc?.();
  const before = process.memoryUsage();
  const started = performance.now();
  await registry.load();
  const load = performance.now() - started;
  globalThis.gc?.();
  const after = process.memoryUsage();
  const megabytes = (after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers) / 1024 / 1024;
  const changes: number[] = [];
  for (let rev = 1; rev <= rounds; rev++) {
    const from = performance.now();
    await registry.follow([{ layer: "buildings", ids: [1], bbox: null, rev }]);
    changes.push(performance.now() - from);
  }
  const buildings = districts * perDistrict;
  process.send!({ megabytes, load, change: median(changes), buildings } satisfies Weight);
}

function moved(chunk: FeatureChunk, copy: number, perDistrict: number): FeatureChunk {
  const [east, north] = [(copy % 6) * 0.08, Math.floor(copy / 6) * 0.06];
  const shift = (value: number, i: number) => value + (i % 2 === 0 ? east : north);
  const coordinates = chunk.shapes.coordinates.map(shift);
  return {
    ids: Array.from(chunk.ids, (id) => id + copy * perDistrict),
    shapes: { ...chunk.shapes, coordinates },
    attributes: chunk.attributes,
    at: Array.from(chunk.at!, shift),
  };
}
