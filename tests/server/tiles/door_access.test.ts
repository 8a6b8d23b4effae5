import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Grant, GrantedRole } from "../../../data/access/roles.ts";
import { tileLayers } from "../../../data/schema/tile_layers.ts";
import { scopeCookie, type ScopeTokens, scopeTokens } from "../../../server/access/scope_token.ts";
import type { Db } from "../../../server/db/db.ts";
import { sql } from "../../../server/db/sql.ts";
import { loadCity } from "../../../server/loading/load_city.ts";
import { tileRows } from "../../../server/tiles/repository.ts";
import { tileDoor } from "../../../server/tiles/routes.ts";
import { scopeRepository } from "../../../server/tiles/scope_repository.ts";
import { type TileScopes, tileScopes } from "../../../server/tiles/tile_scopes.ts";
import { TileRegistry } from "../../../tiles/registry.ts";
import { AreaSource } from "../../../tiles/resident/area_source.ts";
import { FeatureSource } from "../../../tiles/resident/feature_source.ts";
import { worldBits, worldX, worldY } from "../../../tiles/tile_math.ts";
import { testDatabase } from "../../support/database.ts";
import { placeIn, type Side, twoSubdistricts } from "../../support/two_subdistricts.ts";
import { readStrictly } from "../../tiles/strict_reader.ts";

let db: Db;
let registry: TileRegistry;
let scopes: TileScopes;
let tokens: ScopeTokens;
const clock = { at: 1_000_000, rev: 0, day: "2026-11-24" };
const failures: unknown[] = [];
const refusals: string[] = [];
const areas: Record<string, string> = {};
let open: Server;
let closed: Server;

beforeAll(async () => {
  db = await testDatabase();
  await loadCity(db, twoSubdistricts());
  for (const { id, code } of await db.query(sql<{ id: string; code: string }>`select id::text as id, code from area`)) {
    areas[code] = id;
  }
  const rows = tileRows(db, () => clock.day);
  registry = new TileRegistry(
    tileLayers.map((layer) => (layer === "areas" ? new AreaSource(rows) : new FeatureSource(layer, rows))),
    rows,
    10_000_000,
  );
  await registry.load();
  tokens = scopeTokens({ key: Buffer.alloc(32, 1), now: () => clock.at, rev: () => clock.rev });
  scopes = tileScopes(scopeRepository(db), () => clock.day);
  open = await serve(true);
  closed = await serve(false);
});

beforeEach(() => {
  failures.length = 0;
  refusals.length = 0;
});

afterAll(() => {
  open.close();
  closed.close();
});

async function serve(publicAccess: boolean): Promise<Server> {
  const door = tileDoor(registry, {
    onError: (error) => failures.push(error),
    access: { tokens, scopes, publicAccess },
    onRefusal: (_request, refused) => void refusals.push(refused.code),
    schemeOf: () => "https",
  });
  const server = createServer((request, response) => door(request, response, () => response.writeHead(418).end()));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

function ask(path: string, token?: string, more: { server?: Server; tag?: string } = {}): Promise<Response> {
  const { port } = (more.server ?? open).address() as AddressInfo;
  const headers: Record<string, string> = { "accept-encoding": "identity" };
  if (token !== undefined) headers.cookie = `theme=dark; ${scopeCookie}=${token}; other=1`;
  if (more.tag !== undefined) headers["if-none-match"] = more.tag;
  return fetch(`http://127.0.0.1:${port}${path}`, { headers });
}

function tileOf(layers: string, side: Side, z = 16, at: readonly [number, number] = [1.2, 1.2]): string {
  const size = 2 ** (worldBits - z);
  const [lon, lat] = placeIn(side, at[0], at[1]);
  return `/tiles/${layers}/${z}/${Math.floor(worldX(lon) / size)}/${Math.floor(worldY(lat) / size)}.mvt`;
}

function tokenOf(role: GrantedRole, code: string | null, account = "7"): string {
  const grants: Grant[] = [{ role, area_id: code === null ? null : areas[code]!, organisation_id: null }];
  return tokens.issue(account, grants).token;
}

async function namesIn(answer: Response): Promise<string[]> {
  if (answer.status === 204) return [];
  expect(answer.status).toBe(200);
  const layers = readStrictly(Buffer.from(await answer.arrayBuffer()));
  return layers.flatMap(({ features }) => features.map(({ attributes }) => String(attributes.name)));
}

describe("without a token", () => {
  test("tiles are those of the public, and those of hidden layers are empty, not missing", async () => {
    const buildings = await ask(tileOf("buildings", "west", 14));
    expect(buildings.headers.get("cache-control")).toBe("no-cache");
    expect(buildings.headers.get("vary")).toBe("Accept-Encoding");
    const [layer] = readStrictly(Buffer.from(await buildings.arrayBuffer()));
    expect(layer!.features.length).toBeGreaterThan(0);
    for (const { attributes } of layer!.features) expect(attributes).not.toHaveProperty("households");
    for (const hidden of ["pipes", "components", "key_units"]) {
      expect((await ask(tileOf(hidden, "west"))).status, hidden).toBe(204);
    }
    expect(await namesIn(await ask(tileOf("areas", "west")))).toContain("西区0111");
  });

  test("and without public access they are refused until somebody signs in", async () => {
    const refused = await ask(tileOf("areas", "west"), undefined, { server: closed });
    expect(refused.status).toBe(401);
    expect(await refused.json()).toMatchObject({ code: "access.sign_in" });
    const set = await ask("/tiles/areas.json", undefined, { server: closed });
    expect(set.status).toBe(401);
    const admin = await ask(tileOf("areas", "west"), tokenOf("system_admin", null), { server: closed });
    expect(admin.status).toBe(200);
    expect(admin.headers.get("cache-control")).toBe("private, no-cache");
  });
});

describe("with a token", () => {
  test("more is there inside the areas of its grants, for the reader alone to keep", async () => {
    const token = tokenOf("police_liaison", "01");
    const answer = await ask(tileOf("key_units", "west"), token);
    expect(answer.headers.get("cache-control")).toBe("private, no-cache");
    expect(answer.headers.get("vary")).toBe("Accept-Encoding, Cookie");
    expect(await namesIn(answer)).toEqual(["金丝雀西仓库"]);
    expect(await namesIn(await ask(tileOf("key_units", "east"), token))).toEqual([]);
  });

  test("a tile that is the public one stays the public one", async () => {
    const token = tokenOf("police_liaison", "01");
    const [mine, everybodys] = [await ask(tileOf("roads", "east"), token), await ask(tileOf("roads", "east"))];
    expect(mine.headers.get("etag")).toBe(everybodys.headers.get("etag"));
    expect(mine.headers.get("cache-control")).toBe("no-cache");
  });

  test("what one reader keeps is not the tile of another", async () => {
    const path = tileOf("key_units", "west");
    const readers = [
      tokenOf("worker", "01"),
      tokenOf("police_liaison", "01"),
      tokenOf("police_liaison", "02"),
      undefined,
    ];
    const tags = await Promise.all(readers.map(async (token) => (await ask(path, token)).headers.get("etag")!));
    for (const [i, tag] of tags.entries()) {
      for (const [j, token] of readers.entries()) {
        const { status } = await ask(path, token, { tag });
        expect(status === 304, `${i} shown to ${j}`).toBe(tags[j] === tag);
      }
    }
    expect(new Set(tags.slice(0, 2)).size).toBe(2);
  });

  test("a level that is not shown does not show by the zoom at which a unit appears", async () => {
    for (const z of [11, 12, 13]) {
      expect(await namesIn(await ask(tileOf("key_units", "west", z), tokenOf("worker", "01"))), String(z)).toEqual([]);
    }
    expect(await namesIn(await ask(tileOf("key_units", "west", 13), tokenOf("dispatcher", "01")))).toHaveLength(1);
    const worker = await ask(tileOf("key_units", "west", 14), tokenOf("worker", "01"));
    const [layer] = readStrictly(Buffer.from(await worker.arrayBuffer()));
    expect(Object.keys(layer!.features[0]!.attributes).sort()).toEqual(["category", "id", "name"]);
  });

  test("that does not hold is refused, whatever is wrong with it", async () => {
    const good = tokenOf("police_liaison", "01", "8");
    const [payload, signature] = good.split(".");
    const forged = Buffer.from(
      Buffer.from(payload!, "base64url").toString().replace("police_liaison", "fire_liaison"),
    ).toString("base64url");
    const other = scopeTokens({ key: Buffer.alloc(32, 2), now: () => clock.at, rev: () => 0 });
    for (const bad of ["", "x", `${forged}.${signature}`, other.issue("8", []).token]) {
      const refused = await ask(tileOf("areas", "west"), bad);
      expect(refused.status, bad).toBe(401);
      expect(await refused.json()).toMatchObject({ code: "access.token" });
      expect(refused.headers.get("cache-control")).toBe("no-store");
    }
    expect((await ask(tileOf("areas", "west"), good)).status).toBe(200);
    tokens.revoke(["8"]);
    expect((await ask(tileOf("areas", "west"), good)).status).toBe(401);
    const late = tokenOf("police_liaison", "01", "9");
    expect((await ask(tileOf("areas", "west"), late)).status).toBe(200);
    clock.at += 10 * 60_000;
    expect((await ask(tileOf("areas", "west"), late)).status).toBe(401);
  });
});

describe("where a border crosses a tile", () => {
  test("each feature is judged by its own place, a pipe by any part of it", async () => {
    const path = tileOf("components,pipes", "west", 16, [1.5, 2]);
    const codesIn = async (token: string) => {
      const layers = readStrictly(Buffer.from(await (await ask(path, token)).arrayBuffer()));
      return layers.flatMap(({ features }) => features.map(({ attributes }) => String(attributes.code))).sort();
    };
    expect(await codesIn(tokenOf("fire_liaison", "01"))).toEqual(["HYD-W-7391", "PIPE-W-7391", "VAL-W-7391"]);
    // the grid ends at column 2, the pipe runs from 1.4 to 1.9
    expect(await codesIn(tokenOf("fire_liaison", "0111"))).toEqual(["HYD-W-7391", "PIPE-W-7391", "VAL-W-7391"]);
    expect((await ask(path, tokenOf("fire_liaison", "0112"))).status).toBe(204);
    await db.query(sql`
      update pipe set geom = st_setsrid(st_makeline(st_makepoint(121.4014, 33.602), st_makepoint(121.4025, 33.602)), 4490)
      where code = 'PIPE-W-7391'`);
    await registry.follow([{ layer: "pipes", ids: [], bbox: null, rev: 1 }]);
    expect(await codesIn(tokenOf("fire_liaison", "0112"))).toEqual(["PIPE-W-7391"]);
  });
});

describe("when areas are redrawn", () => {
  test("grants follow them, and one on an area that is no more covers nothing", async () => {
    const path = tileOf("key_units", "west");
    const token = tokenOf("dispatcher", "0111");
    expect(await namesIn(await ask(path, token))).toEqual(["金丝雀西仓库"]);
    // edition 2: the first grid gives its place to a new one of another code
    await db.query(sql`update edition set to_day = '2026-11-24' where number = 1`);
    await db.query(sql`
      insert into edition (network_id, number, from_day, note) select network_id, 2, '2026-11-24', '' from edition`);
    await db.query(sql`update area_version set to_edition = 2 where area_id = ${areas["0111"]!}::bigint`);
    await db.query(sql`
      with made as (insert into area (network_id, code) select network_id, '0113' from area where code = '0' returning id)
      insert into area_version (area_id, network_id, from_edition, level_id, parent_id, name, short_name, kind, hue, geom, at, area_m2, piece_count, source)
      select made.id, network_id, 2, level_id, parent_id, '新网格', '新', kind, hue, geom, at, area_m2, piece_count, source
      from area_version, made where area_id = ${areas["0111"]!}::bigint`);
    scopes.follow([{ layer: "areas" }]);
    expect(await namesIn(await ask(path, token))).toEqual([]);
    expect(await namesIn(await ask(path, tokenOf("dispatcher", "011")))).toEqual(["金丝雀西仓库"]);
    const [made] = await db.query(sql<{ id: string }>`select id::text as id from area where code = '0113'`);
    areas["0113"] = made!.id;
    expect(await namesIn(await ask(path, tokenOf("dispatcher", "0113")))).toEqual(["金丝雀西仓库"]);
    expect(failures).toEqual([]);
  });
});

test("TileJSON says https where the client came by it, and does not tell where hidden things lie", async () => {
  const answer = await ask("/tiles/pipes.json");
  const set = (await answer.json()) as { tiles: string[]; bounds: number[] };
  expect(set.tiles[0]).toMatch(/^https:/);
  expect(set.bounds[0]).toBeCloseTo(121.4, 5);
  expect(set.bounds[2]).toBeCloseTo(121.408, 5);
});

test("each refused tile is told, so that it can be written down", async () => {
  const path = tileOf("pipes", "west");
  await ask(path, "forged");
  await ask(path, undefined, { server: closed });
  await ask(path);
  expect(refusals).toEqual(["access.token", "access.sign_in"]);
});
