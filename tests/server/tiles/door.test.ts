import { createServer, request, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliDecompressSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { generateDemo } from "../../../data/demo/generate.ts";
import { Problem } from "../../../data/schema/problem.ts";
import { tileLayers } from "../../../data/schema/tile_layers.ts";
import { DatabaseUnavailable } from "../../../server/db/db.ts";
import { tileDoor } from "../../../server/tiles/routes.ts";
import { TileRegistry } from "../../../tiles/registry.ts";
import { AreaSource } from "../../../tiles/resident/area_source.ts";
import { FeatureSource } from "../../../tiles/resident/feature_source.ts";
import { worldBits, worldX, worldY } from "../../../tiles/tile_math.ts";
import { cityTileRows } from "../../support/city_tile_rows.ts";
import { readStrictly } from "../../tiles/strict_reader.ts";

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

let server: Server;
const failures: unknown[] = [];
const city = generateDemo({ size: "community" });
let isDown = false;

beforeAll(async () => {
  const inMemory = cityTileRows(city);
  const rows: typeof inMemory = {
    ...inMemory,
    networks: async () => (await inMemory.networks()).map((network) => ({ ...network, editions: [1, 2] })),
    areas: (...args) => (isDown ? Promise.reject(new DatabaseUnavailable("down")) : inMemory.areas(...args)),
  };
  const sources = tileLayers.map((layer) =>
    layer === "areas" ? new AreaSource(rows) : new FeatureSource(layer, rows),
  );
  const registry = new TileRegistry(sources, rows, 10_000_000);
  await registry.load();
  const door = tileDoor(registry, { onError: (error) => failures.push(error) });
  server = createServer((incoming, response) => door(incoming, response, () => response.writeHead(418).end("next")));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterAll(() => {
  server.close();
});

function ask(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Answer> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, path, headers, method }, (response) => {
      const pieces: Buffer[] = [];
      response.on("data", (piece: Buffer) => pieces.push(piece));
      response.on("end", () =>
        resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(pieces) }),
      );
    });
    sent.on("error", reject).end();
  });
}

function problemOf({ status, headers, body }: Answer): Problem {
  expect(headers["content-type"]).toContain("application/problem+json");
  const problem = Problem.parse(JSON.parse(body.toString()));
  expect(problem.status).toBe(status);
  return problem;
}

/** z/x/y of the tile round the first building. */
function here(z: number): string {
  const [lon, lat] = city.building[0]!.at;
  const side = 2 ** (worldBits - z);
  return `${z}/${Math.floor(worldX(lon) / side)}/${Math.floor(worldY(lat) / side)}`;
}

test("a tile comes compressed as the client likes it, with type, tag and what it depends on", async () => {
  const { status, headers, body } = await ask(`/tiles/areas,buildings/${here(15)}.mvt`, {
    "accept-encoding": "gzip, br",
  });
  expect(status).toBe(200);
  expect(headers).toMatchObject({
    "content-type": "application/vnd.mapbox-vector-tile",
    "content-encoding": "br",
    "cache-control": "no-cache",
    vary: "Accept-Encoding",
  });
  expect(headers.etag).toMatch(/^W\/"[\w.-]+"$/);
  expect(readStrictly(brotliDecompressSync(body)).map(({ name }) => name)).toContain("buildings");
  const plain = await ask(`/tiles/areas,buildings/${here(15)}.mvt`);
  expect(plain.headers["content-encoding"]).toBeUndefined();
  expect(plain.body).toEqual(brotliDecompressSync(body));
  expect(plain.headers.etag).toBe(headers.etag);
});

test("whoever has the tile gets 304, also before it was ever drawn here", async () => {
  const { headers } = await ask(`/tiles/roads/${here(14)}.mvt`);
  for (const path of [`/tiles/roads/${here(14)}.mvt`, `/tiles/roads/${here(16)}.mvt`]) {
    const again = await ask(path, { "if-none-match": `"other", ${headers.etag}` });
    expect(again.status).toBe(304);
    expect(again.body).toHaveLength(0);
    expect(again.headers.etag).toBe(headers.etag);
  }
  expect((await ask(`/tiles/roads/${here(14)}.mvt`, { "if-none-match": 'W/"old"' })).status).toBe(200);
});

test("where nothing lies the answer is 204", async () => {
  const { status, body, headers } = await ask("/tiles/buildings/14/0/0.mvt");
  expect([status, body.length]).toEqual([204, 0]);
  expect(headers.etag).toBeDefined();
});

test("HEAD says what GET would, without the tile", async () => {
  const { status, headers, body } = await ask(`/tiles/buildings/${here(15)}.mvt`, {}, "HEAD");
  expect([status, body.length]).toEqual([200, 0]);
  expect(Number(headers["content-length"])).toBeGreaterThan(0);
});

test("tiles out of range are 404 and the problem names the range", async () => {
  for (const path of ["17/0/0", "16/65536/0", "3/0/8"]) {
    const problem = problemOf(await ask(`/tiles/areas/${path}.mvt`));
    expect(problem.code).toBe("tile.out_of_range");
    expect(problem.allowed!.join()).toContain("0–16");
  }
});

test("unknown layers are 404 and the problem names those there are", async () => {
  for (const layers of ["cafes", "areas,cafes", "", ","]) {
    const problem = problemOf(await ask(`/tiles/${layers}/1/0/0.mvt`));
    expect(problem.code).toBe("tile.unknown_layer");
    expect(problem.allowed).toEqual(expect.arrayContaining([...tileLayers]));
  }
});

test("numbers and parameters that cannot be read are 400 and named", async () => {
  const wrong = {
    "a/0/0.mvt": "z",
    "1/-1/0.mvt": "x",
    "1/0/1.5.mvt": "y",
    "1/0/0.mvt?edition=last": "edition",
    "1/0/0.mvt?edition=0": "edition",
    "1/0/0.mvt?network=A%20B": "network",
  };
  for (const [path, pointer] of Object.entries(wrong)) {
    const answer = await ask(`/tiles/areas/${path}`);
    expect(answer.status, path).toBe(400);
    expect(problemOf(answer)).toMatchObject({ code: "request.invalid", pointer });
  }
  expect((await ask("/tiles/%E0%A4%A/1/0/0.mvt")).status).toBe(400);
});

test("an unknown network or edition is 404 and the problem names those there are", async () => {
  expect(problemOf(await ask("/tiles/areas/1/0/0.mvt?network=nowhere"))).toMatchObject({
    code: "network.unknown",
    allowed: city.network.map(({ code }) => code),
  });
  expect(problemOf(await ask("/tiles/areas/1/0/0.mvt?edition=3"))).toMatchObject({
    code: "edition.unknown",
    allowed: ["1", "2"],
  });
});

test("the network and edition asked for are the ones drawn", async () => {
  const layersOf = async (query: string) => {
    const { body } = await ask(`/tiles/areas/${here(14)}.mvt${query}`);
    return readStrictly(body)
      .find(({ name }) => name === "areas")!
      .features.map(({ id }) => id);
  };
  const governed = await layersOf("?network=governance");
  expect(await layersOf("")).toEqual(governed);
  expect(await layersOf("?network=governance&edition=2")).toEqual(governed);
  expect(await layersOf("?network=fire")).not.toEqual(governed);
});

test("TileJSON points back to the host that was asked", async () => {
  const { status, body } = await ask("/tiles/areas,roads.json?network=fire&edition=1", { host: "atlas.example:8080" });
  expect(status).toBe(200);
  expect(JSON.parse(body.toString())).toMatchObject({
    tilejson: "3.0.0",
    tiles: ["http://atlas.example:8080/tiles/areas,roads/{z}/{x}/{y}.mvt?network=fire&edition=1"],
    minzoom: 0,
    maxzoom: 16,
  });
  expect(problemOf(await ask("/tiles/cafes.json")).code).toBe("tile.unknown_layer");
});

test("other methods are refused, other addresses passed on", async () => {
  const answer = await ask("/tiles/areas/1/0/0.mvt", {}, "DELETE");
  expect(problemOf(answer).code).toBe("method.not_allowed");
  expect(answer.headers.allow).toBe("GET, HEAD");
  for (const path of ["/", "/api/areas", "/tiles/areas/1/0.mvt", "/tiles/"]) expect((await ask(path)).status).toBe(418);
});

test("without a database tiles from memory go on, and what must be read is 503", async () => {
  isDown = true;
  expect((await ask(`/tiles/areas/${here(13)}.mvt`)).status).toBe(200);
  expect(problemOf(await ask(`/tiles/areas/${here(13)}.mvt?network=fire&edition=2`)).code).toBe("database.unavailable");
  expect(failures).toHaveLength(1);
  isDown = false;
  expect((await ask(`/tiles/areas/${here(13)}.mvt?network=fire&edition=2`)).status).toBe(200);
});
