import { setMaxListeners } from "node:events";
import { createServer, request as ask, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import pino from "pino";
import { afterEach, beforeAll, expect, test } from "vitest";
import type { AreaSummary } from "../../../data/schema/area.ts";
import type { AreaService } from "../../../server/areas/service.ts";
import { recordAudit } from "../../../server/audit/service.ts";
import { crosswalkRepository } from "../../../server/checks/crosswalk_repository.ts";
import { type DivisionRepository, divisionRepository } from "../../../server/checks/division_repository.ts";
import { reasonService } from "../../../server/checks/reason_service.ts";
import { checkRoutes } from "../../../server/checks/routes.ts";
import { checkService } from "../../../server/checks/service.ts";
import type { Db } from "../../../server/db/db.ts";
import { sql } from "../../../server/db/sql.ts";
import { createApp } from "../../../server/http/app.ts";
import { loadCity } from "../../../server/loading/load_city.ts";
import { buildWorkers, testDatabase } from "../../support/database.ts";
import { aReader, gateFor } from "../../support/readers.ts";
import { smallCity } from "../../support/small_city.ts";

let db: Db;
let top: string;
let server: Server | undefined;

beforeAll(async () => {
  await buildWorkers();
  db = await testDatabase();
  await loadCity(db, smallCity());
  const [row] = await db.query(sql<{ id: string }>`select id::text as id from area where code = '001'`);
  top = row.id;
});

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

interface Answer {
  status: number;
  code: string | undefined;
  after: string | undefined;
}

/** The doors over a reading of divisions of the test's own. @returns asks for the check on one of many days */
async function doorsOver(divisions: DivisionRepository) {
  const today = () => "2026-11-24";
  const areas: Pick<AreaService, "findAt" | "editionFor" | "outside"> = {
    findAt: async () => ({
      ok: true,
      value: { summary: { id: top, network: "governance", name: "小社区" } as AreaSummary, edition: 1 },
    }),
    editionFor: async () => ({ ok: true, value: 1 }),
    outside: async () => [],
  };
  const crosswalks = crosswalkRepository(db);
  const checks = checkService({ db, divisions, crosswalks, areas, today, now: () => new Date(), version: "0.0.0" });
  const reasons = reasonService({ db, areas, recordAudit });
  const app = createApp({
    log: pino({ level: "silent" }),
    gate: gateFor(aReader("planner", top)),
    routers: [checkRoutes({ checks, reasons, onRefusal: async () => undefined })],
    isDatabaseDown: () => false,
  });
  server = createServer(app).listen(0, "127.0.0.1");
  await new Promise((resolve) => server!.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  return (day: number, signal?: AbortSignal): Promise<Answer> => askFor(port, day, signal);
}

function dayOf(n: number): string {
  return `2026-0${1 + Math.floor(n / 28)}-${String(1 + (n % 28)).padStart(2, "0")}`;
}

function askFor(port: number, day: number, signal: AbortSignal | undefined): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const path = `/api/areas/${top}/check?on=${dayOf(day)}`;
    const sent = ask({ port, path, agent: false, ...(signal ? { signal } : {}) }, (response) => {
      let text = "";
      response.on("data", (piece: Buffer) => {
        text += piece.toString();
      });
      response.on("end", () => {
        const { code } = JSON.parse(text) as { code?: string };
        resolve({ status: response.statusCode!, code, after: response.headers["retry-after"] });
      });
    });
    sent.on("error", reject);
    sent.end();
  });
}

/** Divisions whose reading hangs, on some days, until somebody ends it; says which days were begun and ended. */
function hangingOn(hangs: (day: string) => boolean) {
  const real = divisionRepository(db);
  const begun: string[] = [];
  const ended: string[] = [];
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  const divisions: DivisionRepository = {
    load(subject, send, signal) {
      const day = subject.day!;
      begun.push(day);
      tell();
      if (!hangs(day)) return real.load(subject, send, signal);
      return new Promise((_, reject) =>
        signal.addEventListener("abort", () => {
          ended.push(day);
          tell();
          reject(signal.reason as Error);
        }),
      );
    },
  };
  const until = (holds: () => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!holds()) return;
        listeners.delete(look);
        resolve();
      };
      listeners.add(look);
      look();
    });
  return { divisions, begun, ended, until };
}

test("who leaves ends his check, and the next in the queue gets his turn", async () => {
  const { divisions, begun, ended, until } = hangingOn((day) => day !== dayOf(3));
  const check = await doorsOver(divisions);
  const leavers = [new AbortController(), new AbortController()];
  const left = [check(1, leavers[0]!.signal), check(2, leavers[1]!.signal)];
  await until(() => begun.length === 2);
  const waits = check(3);
  leavers[0]!.abort();
  await expect(left[0]).rejects.toThrow();
  expect((await waits).status).toBe(200);
  expect(ended).toEqual([dayOf(1)]);
  leavers[1]!.abort();
  await expect(left[1]).rejects.toThrow();
  await until(() => ended.length === 2);
});

test("two who ask the same have one check, which goes on when one of them leaves", async () => {
  let goOn = () => {};
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const real = divisionRepository(db);
  let loads = 0;
  const check = await doorsOver({
    async load(subject, send, signal) {
      loads++;
      await held;
      return real.load(subject, send, signal);
    },
  });
  const leaver = new AbortController();
  const left = check(4, leaver.signal);
  const stays = check(4);
  await new Promise((resolve) => setImmediate(resolve));
  leaver.abort();
  await expect(left).rejects.toThrow();
  goOn();
  expect((await stays).status).toBe(200);
  expect((await check(4)).status).toBe(200);
  expect(loads).toBe(1);
});

test("where too many wait already, it is said so and when to come again", async () => {
  const { divisions, begun, ended, until } = hangingOn(() => true);
  const check = await doorsOver(divisions);
  const stop = new AbortController();
  setMaxListeners(0, stop.signal);
  // two at work and 32 in the queue: of 36 the last two are refused
  const asked = Array.from({ length: 36 }, (_, n) => check(n, stop.signal));
  for (const one of asked) one.catch(() => undefined);
  await until(() => begun.length === 2);
  expect(await Promise.race(asked)).toEqual({ status: 503, code: "check.busy", after: "5" });
  stop.abort();
  await until(() => ended.length === begun.length);
});

test("a check whose thread dies is a failure of ours, told at once", async () => {
  const check = await doorsOver({
    load(_subject, send, signal) {
      send({ kind: "hydrants", positions: new Float64Array(0) }); // no check was begun: the thread throws
      return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));
    },
  });
  expect(await check(6)).toMatchObject({ status: 500, code: "internal" });
});
