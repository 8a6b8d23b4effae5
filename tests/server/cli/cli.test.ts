import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openEmbedded } from "../../../server/db/embedded.ts";
import { projectRoot } from "../../../server/db/project_files.ts";
import { buildWorkers, testDatabaseAt } from "../../support/database.ts";
import { bowTie, box, collection, feature, townFiles } from "../../support/town_files.ts";

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

let folder: string;
let settings: Record<string, string>;
beforeAll(async () => {
  await buildWorkers();
  const { url } = await testDatabaseAt();
  folder = mkdtempSync(join(tmpdir(), "ga-cli-"));
  // the embedded engine of a test lives in memory: then the commands make one of their own in a folder
  settings = url ? { DATABASE_URL: url } : { DATA_DIR: join(folder, "data") };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function cli(args: string[], env: Record<string, string> = settings): Promise<Ended> {
  const child = spawn(process.execPath, [join(projectRoot(), "dist/server/cli/main.js"), ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended: Ended = { code: null, stdout: "", stderr: "" };
  child.stdout.on("data", (piece: Buffer) => {
    ended.stdout += piece.toString();
  });
  child.stderr.on("data", (piece: Buffer) => {
    ended.stderr += piece.toString();
  });
  return new Promise((resolve) => child.once("close", (code) => resolve({ ...ended, code })));
}

// on the embedded engine each command boots it: seconds, on a busy machine minutes
describe("the command line", { timeout: 240_000 }, () => {
  test("explains itself: asked for with 0, otherwise with 2", async () => {
    expect(await cli(["help"])).toMatchObject({ code: 0, stdout: expect.stringContaining("import FILE") });
    expect(await cli([])).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("import FILE") });
    expect(await cli(["nonsense"])).toMatchObject({ code: 2 });
    expect(await cli(["toString"])).toMatchObject({ code: 2 });
  });

  test("answers wrong usage and bad settings with 2, naming what is wrong", async () => {
    expect(await cli(["import", "x.geojson", "--as", "areas"])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("--network"),
    });
    expect(await cli(["import", "--frobnicate"])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("frobnicate"),
    });
    expect(await cli(["demo", "--size", "huge"])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("community"),
    });
    expect(await cli(["town", folder, "--name", "A"])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("boundary"),
    });
    expect(await cli(["migrate"], { DATABASE_URL: "mysql://x" })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("DATABASE_URL"),
    });
  });

  test("answers a file that it cannot take with 2 and one reason, never with a stack", async () => {
    const quote = (name: string) => JSON.stringify(collection(feature({ nr: 1, name }, box(0, 0, 100, 100))));
    const packed = gzipSync(quote("A"));
    const given: [string, string | Buffer, string][] = [
      ["broken.json", '{"type":', "JSON"],
      ["cut.json.gz", packed.subarray(0, -12), "无法解压"],
      ["gbk.json", Buffer.from(quote("A").replace('"A"', '"\xd0\xd2"'), "latin1"), "UTF-8"],
      ["nul.json", quote("A\0B"), "NUL"],
      ["folder.json", "", "EISDIR"],
      ["missing.json", "", "ENOENT"],
    ];
    mkdirSync(join(folder, "folder.json"));
    for (const [name, content, reason] of given) {
      if (content !== "") writeFileSync(join(folder, name), content);
      const options = ["--as", "areas", "--network", "N", "--code", "nr", "--label", "name"];
      const ended = await cli(["import", join(folder, name), ...options]);
      expect(ended, name).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining(reason) });
      expect(ended.stderr, name).not.toMatch(/^ +at /m);
    }
  });

  test("imports areas from a packed file: the report on stdout, 1 when a row was refused", async () => {
    const file = join(folder, "areas.geojson.gz");
    writeFileSync(
      file,
      // with a byte order mark, as some programs write it
      gzipSync(
        `\ufeff${JSON.stringify(collection(feature({ nr: 7 }, box(0, 0, 100, 100)), feature({ nr: 8 }, bowTie(300, 0))))}`,
      ),
    );
    const ended = await cli([
      "import",
      file,
      "--as",
      "areas",
      "--network",
      "Blocks",
      "--code",
      "nr",
      "--label",
      "nr",
      "--json",
    ]);
    expect(ended.code, ended.stderr).toBe(1);
    expect(JSON.parse(ended.stdout)).toMatchObject({
      register: "areas",
      network: "blocks",
      edition: 1,
      rows: 2,
      taken: 1,
      refused: [{ row: 2, kind: "invalid_geometry" }],
    });
    expect(ended.stderr).not.toBe("");
  });

  test("lays out a town, then refuses the demo city because the database is not empty", async () => {
    for (const [file, json] of Object.entries(townFiles())) {
      writeFileSync(join(folder, `${file}.geojson`), JSON.stringify(json));
    }
    const town = await cli(["town", folder, "--name", "Kremsdorf"]);
    expect(town.code, town.stderr).toBe(1);
    expect(town.stdout).toMatch(/kremsdorf[^\n]*building 5[\s\S]*buildings 第 5 个 feature 5 \(b5\)/);
    expect(await cli(["town", folder, "--name", "Kremsdorf"])).toMatchObject({ code: 2, stdout: "" });
    expect(await cli(["demo", "--size", "community"])).toMatchObject({ code: 1, stdout: "" });
  });

  test("wrote down who loaded what, and proves that nobody touched the log", async () => {
    const ended = await cli(["audit", "verify", "--json"]);
    expect(ended.code, ended.stderr).toBe(0);
    const { last, ...verdict } = JSON.parse(ended.stdout);
    expect(verdict).toEqual({ valid: true, lines: 2, faults: [], more: 0, guarded: true }); // the import and the town
    expect(last).toMatch(/^2:[0-9a-f]{64}$/);
    const other = await cli(["audit", "verify", "--expect", `2:${"0".repeat(64)}`]);
    expect(other).toMatchObject({ code: 1, stdout: expect.stringContaining(last) });
    expect(await cli(["audit", "verify", "--expect", "last"])).toMatchObject({ code: 2, stdout: "" });
    expect(await cli(["audit", "forget"])).toMatchObject({ code: 2, stdout: "" });
  });

  test("says in one line which process holds the embedded database", async () => {
    const data_dir = join(folder, "held");
    const db = await openEmbedded({ data_dir });
    const ended = await cli(["migrate"], { DATA_DIR: data_dir });
    expect(ended).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining(`process ${process.pid}`) });
    await db.close();
  });
});
