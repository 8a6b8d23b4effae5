import { createServer, connect, type Server, type Socket } from "node:net";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { DatabaseUnavailable, type Db } from "../../../server/db/db.ts";
import { openPostgis } from "../../../server/db/postgis.ts";
import { sql } from "../../../server/db/sql.ts";
import { testDatabaseAt } from "../../support/database.ts";

/** A door between us and the database that can be shut and opened again. */
interface Door {
  url: string;
  shut: () => Promise<void>;
  open: () => Promise<void>;
}

let real: URL | null;
beforeAll(async () => {
  const { url } = await testDatabaseAt();
  real = url === null ? null : new URL(url);
});

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function openDoor(target: URL): Promise<Door> {
  const through = new Set<Socket>();
  const socketFolder = target.searchParams.get("host");
  const pass = (client: Socket) => {
    const port = Number(target.port || 5432);
    const server = socketFolder ? connect(`${socketFolder}/.s.PGSQL.${port}`) : connect(port, target.hostname);
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      through.add(from);
      from.on("error", () => to.destroy()).on("close", () => to.destroy());
      from.pipe(to);
    }
  };
  let door: Server = createServer(pass);
  await new Promise<void>((resolve) => door.listen(0, "127.0.0.1", resolve));
  const { port } = door.address() as { port: number };
  const shut = () =>
    new Promise<void>((resolve) => {
      for (const socket of through) socket.destroy();
      through.clear();
      door.close(() => resolve());
    });
  const open = () => {
    door = createServer(pass);
    return new Promise<void>((resolve) => door.listen(port, "127.0.0.1", resolve));
  };
  const url = Object.assign(new URL(target), { search: "" });
  url.host = `127.0.0.1:${port}`;
  return { url: url.href, shut, open };
}

describe("a PostGIS that cannot be reached", () => {
  test("is tried again, each try one line, then given up with a sentence that shows no password", async () => {
    const lines: string[] = [];
    const opening = openPostgis({
      url: "postgresql://user:secret@127.0.0.1:1/atlas",
      attempts: 2,
      onProgress: (sentence) => lines.push(sentence),
    });
    await expect(opening).rejects.toMatchObject({
      code: "unreachable",
      message: expect.stringMatching(/127\.0\.0\.1:1\/atlas[\s\S]*DATABASE_URL/),
    });
    await expect(opening).rejects.not.toMatchObject({ message: expect.stringContaining("secret") });
    expect(lines).toEqual([expect.stringMatching(/1\/2.*try 1 of 2/)]);
  });

  test("is waited for until it answers", async (context) => {
    if (!real) return context.skip();
    const door = await openDoor(real);
    await door.shut();
    const opening = openPostgis({ url: door.url, attempts: 5, onProgress: () => void door.open() });
    const db = await opening;
    closing.push(door.shut, () => db.close());
    expect(db.version).toMatch(/^PostgreSQL \d+/);
  });
});

describe("a PostGIS that is lost in service", () => {
  async function openThrough(): Promise<{ door: Door; db: Db }> {
    const door = await openDoor(real!);
    const db = await openPostgis({ url: door.url, attempts: 1 });
    closing.push(door.shut, () => db.close());
    return { door, db };
  }

  test("is not healthy, its questions fail as unavailable, and it recovers by itself", async (context) => {
    if (!real) return context.skip();
    const { door, db } = await openThrough();
    expect(await db.healthy()).toBe(true);
    await door.shut();
    expect(await db.healthy()).toBe(false);
    await expect(db.query(sql`select 1`)).rejects.toBeInstanceOf(DatabaseUnavailable);
    await door.open();
    expect(await db.healthy()).toBe(true);
    expect(await db.query(sql`select 1 as one`)).toEqual([{ one: 1 }]);
  });

  test("fails what was under way, and a transaction with it", async (context) => {
    if (!real) return context.skip();
    const { door, db } = await openThrough();
    const work = db.transaction(async (tx) => {
      const slow = tx.query(sql`select pg_sleep(60)`);
      await tx.query(sql`select 1`).catch(() => undefined);
      await slow;
    });
    void door.shut();
    await expect(work).rejects.toBeInstanceOf(DatabaseUnavailable);
  });
});

test("a name that the server does not know is given up at once", async (context) => {
  if (!real) return context.skip();
  const url = Object.assign(new URL(real), { pathname: "/no_such_database" }).href;
  const lines: string[] = [];
  const opening = openPostgis({ url, attempts: 5, onProgress: (line) => lines.push(line) });
  await expect(opening).rejects.toMatchObject({
    code: "unreachable",
    message: expect.stringContaining("no_such_database"),
  });
  expect(lines).toEqual([]);
});
