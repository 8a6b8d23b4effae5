import { createServer, type AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { generateDemo } from "../../data/demo/generate.ts";
import { loadCity } from "../../server/loading/load_city.ts";
import { testDatabaseAt } from "../support/database.ts";
import { startServer, temporaryFolder } from "../support/server_process.ts";
import { databaseGate } from "../support/database_gate.ts";

const { db, url } = await testDatabaseAt();

/** Asks until the answer is the expected one; the test's own limit ends it. */
async function until(ask: () => Promise<boolean>): Promise<void> {
  while (!(await ask())) await new Promise((again) => setImmediate(again));
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

test("a setting that cannot be read ends the start with its name", async () => {
  const server = await startServer({ DEMO: "village" });
  expect(await server.ended).toBe(1);
  expect(server.said()).toMatch(/DEMO.*village/);
  expect(server.said()).not.toMatch(/\bat .*\.js:\d+/);
});

test("a taken port ends the start before anything is written", async () => {
  const other = createServer();
  await new Promise<void>((done) => other.listen(0, "127.0.0.1", done));
  onTestFinished(() => void other.close());
  const { port } = other.address() as AddressInfo;
  const server = await startServer({ PORT: String(port), DATA_DIR: temporaryFolder() });
  expect(await server.ended).toBe(1);
  expect(server.said()).toContain(`端口 ${port} 已被占用`);
});

test("a database that is down is tried again, each try one line, and the start gives up with a sentence", async () => {
  const password = "geheim";
  const server = await startServer({
    DATABASE_URL: `postgres://atlas:${password}@127.0.0.1:${await freePort()}/atlas`,
    DATABASE_TRIES: "2",
  });
  expect(await server.ended).toBe(1);
  expect(server.said()).toMatch(/第 1\/2 次/);
  expect(server.said()).not.toContain(password);
  expect(server.said()).not.toMatch(/\bat .*\.js:\d+/);
});

test.runIf(url !== null)(
  "a database lost in service costs readiness, not the tiles in memory, and comes back by itself",
  async () => {
    await loadCity(db, generateDemo({ size: "community" }));
    const gate = await databaseGate(url!);
    const server = await startServer({ DATABASE_URL: gate.url, DEMO: "off" });
    const [, base] = await server.until(/ready: +(http:\S+)/);
    const status = async (path: string) => (await fetch(base + path)).status;

    const { bounds } = (await (await fetch(`${base}/tiles/buildings.json`)).json()) as { bounds: number[] };
    const side = 2 ** 15;
    const x = Math.floor((((bounds[0] + bounds[2]) / 2 + 180) / 360) * side);
    const latitude = (((bounds[1] + bounds[3]) / 2) * Math.PI) / 180;
    const y = Math.floor(((1 - Math.asinh(Math.tan(latitude)) / Math.PI) / 2) * side);
    expect(await status("/readyz")).toBe(200);
    expect(await status(`/tiles/buildings/15/${x}/${y}.mvt`)).toBe(200);

    gate.shut();
    await until(async () => (await status("/readyz")) === 503);
    expect(await status(`/tiles/buildings/15/${x}/${y}.mvt`)).toBe(200);
    expect(await status(`/tiles/areas,roads/15/${x}/${y}.mvt`)).toBe(200);
    const refused = await fetch(`${base}/api/networks`);
    expect(refused.status).toBe(503);
    expect(await refused.json()).toMatchObject({ code: "database.unavailable" });

    await gate.open();
    await until(async () => (await status("/readyz")) === 200);
    expect(await status("/api/networks")).toBe(200);
    expect(await server.stop()).toBe(0);
  },
);

test.runIf(url !== null)("pages, assets and tiles each have their own 404", async () => {
  const server = await startServer({ DATABASE_URL: url!, DEMO: "off" });
  const [, base] = await server.until(/ready: +(http:\S+)/);
  for (const [path, code] of [
    ["/assets/nothing.js", "route.unknown"],
    ["/assets/../../package.json", "route.unknown"],
    ["/tiles/nothing/1/0/0.mvt", "tile.unknown_layer"],
    ["/tiles/roads/1/2/0.mvt", "tile.out_of_range"],
    ["/tiles/roads/30/0/0.mvt", "tile.out_of_range"],
  ]) {
    const answer = await fetch(base + path);
    expect(answer.status, path).toBe(404);
    expect(await answer.json(), path).toMatchObject({ code });
  }
  expect((await fetch(`${base}/tiles/areas/1/0/0.mvt?edition=x`)).status).toBe(400);
  expect((await fetch(`${base}/api/areas?bbox=1`)).status).toBe(400);
});
