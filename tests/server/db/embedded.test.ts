import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openEmbedded } from "../../../server/db/embedded.ts";
import { projectRoot } from "../../../server/db/project_files.ts";
import { sql } from "../../../server/db/sql.ts";
import { buildWorkers } from "../../support/database.ts";

let folder: string;
beforeAll(async () => {
  await buildWorkers();
  folder = mkdtempSync(join(tmpdir(), "ga-data-"));
  const db = await openEmbedded({ data_dir: folder });
  await db.execute("create table kept (n int); insert into kept values (1)");
  await db.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs lines of code in another process, where `open` opens the folder. */
function another(code: string): ChildProcess {
  const module = join(projectRoot(), "dist/server/db/embedded.js");
  const script = `import { openEmbedded } from ${JSON.stringify(module)};
    const open = () => openEmbedded({ data_dir: ${JSON.stringify(folder)} });
    ${code}`;
  return spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: ["pipe", "pipe", "inherit"] });
}

function says(child: ChildProcess, word: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.stdout!.on("data", (piece: Buffer) => piece.toString().includes(word) && resolve());
    child.once("exit", () => reject(new Error(`it ended before it said ${word}`)));
  });
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => child.once("exit", () => resolve()));
}

// booting takes seconds, on a busy machine minutes
describe("the embedded data folder", { timeout: 240_000 }, () => {
  test("keeps what was written, and is free again after closing", async () => {
    const db = await openEmbedded({ data_dir: folder });
    expect(await db.query(sql`select n from kept`)).toEqual([{ n: 1 }]);
    await db.close();
    expect(existsSync(join(folder, "database.lock"))).toBe(false);
  });

  test("is refused to a second process while one holds it, by a sentence with its pid", async () => {
    const db = await openEmbedded({ data_dir: folder });
    const output = execFileSync(process.execPath, [
      "--input-type=module",
      "-e",
      `import { openEmbedded } from ${JSON.stringify(join(projectRoot(), "dist/server/db/embedded.js"))};
       await openEmbedded({ data_dir: ${JSON.stringify(folder)} }).catch((error) => console.log(error.code, error.message));`,
    ]);
    expect(output.toString()).toMatch(new RegExp(`^locked .*进程 ${process.pid}[\\s\\S]*process ${process.pid}`));
    await expect(openEmbedded({ data_dir: folder })).rejects.toMatchObject({ code: "locked" });
    await db.close();
  });

  test("is taken over from a process that was killed, with every commit", async () => {
    const child = another(`const db = await open();
      await db.execute("insert into kept values (2)");
      console.log("written");
      setInterval(() => undefined, 1000);`);
    await says(child, "written");
    const gone = ended(child);
    child.kill("SIGKILL");
    await gone;
    const db = await openEmbedded({ data_dir: folder });
    expect(await db.query(sql`select n from kept order by n`)).toEqual([{ n: 1 }, { n: 2 }]);
    await db.close();
  });

  test("is not taken over because its pid was given to another process", async () => {
    const db = await openEmbedded({ data_dir: folder });
    const lock = join(folder, "database.lock");
    const mine = readFileSync(lock, "utf8");
    await db.close();
    // the same pid, begun at another time: that holder is gone
    writeFileSync(lock, JSON.stringify({ ...(JSON.parse(mine) as object), pid: process.ppid, process_start: "1" }));
    const again = await openEmbedded({ data_dir: folder });
    await again.close();
  });

  test("loses nothing when a call overruns its deadline", async () => {
    const db = await openEmbedded({ data_dir: folder });
    await db.query(sql`insert into kept values (3)`);
    const endless = db.query(sql`select count(*) from generate_series(1, 1e10)`, { timeout_ms: 200 });
    const next = db.query(sql`select n from kept where n = 3`);
    await expect(endless).rejects.toMatchObject({ sqlstate: "57014" });
    expect(await next).toEqual([{ n: 3 }]);
    await db.close();
  });

  test("that is damaged is refused with the remedy, and not touched", async () => {
    const control = join(folder, "database/global/pg_control");
    const before = readFileSync(control);
    writeFileSync(control, Buffer.alloc(before.length, 7));
    const files = listing();
    await expect(openEmbedded({ data_dir: folder })).rejects.toMatchObject({
      code: "damaged",
      message: expect.stringMatching(/损坏[\s\S]*Restore the folder from a backup/),
    });
    expect(listing()).toEqual(files);
    rmSync(control);
    await expect(openEmbedded({ data_dir: folder })).rejects.toMatchObject({ code: "damaged" });
    writeFileSync(control, before);
    const db = await openEmbedded({ data_dir: folder });
    expect(await db.query(sql`select n from kept where n = 1`)).toEqual([{ n: 1 }]);
    await db.close();
  });

  test("that is some other folder is refused, and not touched", async () => {
    const other = mkdtempSync(join(tmpdir(), "ga-other-"));
    execFileSync("mkdir", [join(other, "database")]);
    writeFileSync(join(other, "database/letter.txt"), "dear");
    await expect(openEmbedded({ data_dir: other })).rejects.toMatchObject({ code: "damaged" });
    expect(readdirSync(join(other, "database"))).toEqual(["letter.txt"]);
    rmSync(other, { recursive: true });
  });

  test("whose first start was interrupted is made anew, the remains set aside", async () => {
    const fresh = mkdtempSync(join(tmpdir(), "ga-fresh-"));
    execFileSync("mkdir", ["-p", join(fresh, "database/base")]);
    writeFileSync(join(fresh, "database.unfinished"), "");
    const said: string[] = [];
    const db = await openEmbedded({ data_dir: fresh, onProgress: (sentence) => said.push(sentence) });
    await db.close();
    expect(readdirSync(fresh).filter((name) => name.startsWith("database.unfinished"))).toHaveLength(1);
    expect(said[0]).toMatch(/interrupted/);
    rmSync(fresh, { recursive: true });
  });

  test("that cannot be written is refused with the remedy", async () => {
    const file = join(folder, "a_file");
    writeFileSync(file, "");
    await expect(openEmbedded({ data_dir: join(file, "data") })).rejects.toMatchObject({ code: "not_writable" });
  });
});

/** Names, sizes and times of all files of the cluster. */
function listing(): string[] {
  const root = join(folder, "database");
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const { size, mtimeMs } = statSync(path);
      return `${path} ${size} ${mtimeMs}`;
    })
    .sort();
}
