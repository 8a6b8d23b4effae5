import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { findFaults } from "../../data/coverage/find_faults.ts";
import type { MultiPolygon } from "../../data/schema/geometry.ts";
import type { PlanArea, PlanDetail, PlanSummary } from "../../data/schema/plan.ts";
import { openPostgis } from "../../server/db/postgis.ts";
import { sql } from "../../server/db/sql.ts";
import { type ServerProcess, startServer } from "../e2e/server_process.ts";
import { findPostgresBinaries, type LocalPostgres, startLocalPostgres } from "../support/local_postgres.ts";

const password = "Demo-Atlas-26";

/** The built server with a demo city, and the planner of all of it. */
export interface EditorServer {
  origin: string;
  /** `name=value` of the planner's session. */
  cookies: string[];
  /** Begins a plan over the whole network of communities. */
  begin(name: string): Promise<string>;
  areas(plan: string): Promise<PlanArea[]>;
  stop(): Promise<void>;
}

export async function withCluster<T>(use: (cluster: LocalPostgres) => Promise<T>): Promise<T> {
  const binaries = findPostgresBinaries();
  if (!binaries) throw new Error("no PostgreSQL with PostGIS was found");
  const folder = mkdtempSync(path.join(tmpdir(), "ga-bench-editor-"));
  chmodSync(folder, 0o711); // the account that runs PostgreSQL must pass through
  const cluster = await startLocalPostgres(binaries, folder);
  try {
    return await use(cluster);
  } finally {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param size - of the demo, which is laid into a database of the same name */
export async function serveEditor(cluster: LocalPostgres, size: "district" | "city"): Promise<EditorServer> {
  const admin = await openPostgis({ url: cluster.url("postgres"), attempts: 3 });
  await admin.execute(`create database ${size}`);
  await admin.close();
  const server = await startServer({ DATABASE_URL: cluster.url(size), DEMO: size });
  await grantAll(cluster.url(size));
  return joinServer(server);
}

/** The demo's planner has one subdistrict; here the whole network. */
async function grantAll(url: string): Promise<void> {
  const db = await openPostgis({ url, attempts: 3 });
  await db.query(sql`
    insert into role_grant (account_id, role, area_id)
    select account.id, 'planner', top.area_id
    from account cross join (
      select distinct v.area_id from area_version v join area a on a.id = v.area_id join network n on n.id = a.network_id
      where v.parent_id is null and n.code = 'governance') top
    where account.name = 'planner' on conflict do nothing`);
  await db.close();
}

async function joinServer({ origin, stop }: ServerProcess): Promise<EditorServer> {
  const headers = { "content-type": "application/json", origin };
  const body = JSON.stringify({ name: "planner", password });
  const signedIn = await fetch(`${origin}/api/session`, { method: "POST", headers, body });
  const cookies = signedIn.headers.getSetCookie().map((line) => line.split(";")[0]!);
  const ask = async <T>(method: string, address: string, asked?: object): Promise<T> => {
    const answer = await fetch(origin + address, {
      method,
      headers: { ...headers, cookie: cookies.join("; ") },
      ...(asked ? { body: JSON.stringify(asked) } : {}),
    });
    if (!answer.ok) throw new Error(`${method} ${address}: ${answer.status} ${(await answer.text()).slice(0, 300)}`);
    return (await answer.json()) as T;
  };
  return {
    origin,
    cookies,
    async begin(name) {
      const asked = { name, network: "governance", area: null, from: { kind: "edition" } };
      return (await ask<PlanSummary>("POST", "/api/plans", asked)).id;
    },
    areas: async (plan) => (await ask<PlanDetail>("GET", `/api/plans/${plan}`)).areas,
    stop,
  };
}

/** Flat rings. */
export function polygonsOf({ geometry }: PlanArea): MultiPolygon {
  return (geometry.coordinates as [number, number][][][]).map((polygon) => polygon.map((ring) => ring.flat()));
}

/** Proves that the areas below each area, and the tops among themselves, cover their ground once. @throws where not */
export function proveCoverage(areas: readonly PlanArea[]): void {
  const below = new Map<string | null, PlanArea[]>();
  for (const area of areas) below.set(area.parent_id, [...(below.get(area.parent_id) ?? []), area]);
  const byId = new Map(areas.map((area) => [area.id, area]));
  for (const [parent, children] of below) {
    const container = parent === null ? undefined : polygonsOf(byId.get(parent)!);
    const faults = findFaults(
      children.map((child) => ({ id: child.id, polygons: polygonsOf(child) })),
      container,
    );
    if (faults.length > 0) throw new Error(`below ${parent ?? "the top"}: ${faults.length} faults, ${faults[0]!.kind}`);
  }
}
