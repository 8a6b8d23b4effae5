import type { Session } from "../../data/schema/session.ts";
import type { GrantedRole } from "../../data/access/roles.ts";
import type { RecordAudit } from "../audit/event.ts";
import { serverActor } from "../audit/service.ts";
import { inForceOn, refJoins } from "../areas/rows.ts";
import type { Db, Queries } from "../db/db.ts";
import { sql } from "../db/sql.ts";
import { tellAccess } from "../access/access_changes.ts";
import { hashPassword, isPasswordOf } from "./password_hash.ts";

export type DemoAccount = Session["demo_accounts"][number];

/** One for all of them, on the page for signing in: no secret. */
const demoPassword = "Demo-Atlas-26";

/** Where a demo account works, from the smallest to the whole. */
type Place = "grid" | "community" | "subdistrict" | "district" | "everywhere";

interface Demo {
  role: GrantedRole;
  name: string;
  display_name: string;
  place: Place;
  /** Kind of the organisation whose things alone count. */
  organisation?: string;
}

const demos: readonly Demo[] = [
  { role: "worker", name: "worker", display_name: "周晓梅", place: "grid" },
  { role: "handler", name: "handler", display_name: "许志强", place: "district", organisation: "城市管理局" },
  { role: "dispatcher", name: "dispatcher", display_name: "陈立新", place: "subdistrict" },
  { role: "supervisor", name: "supervisor", display_name: "方慧敏", place: "subdistrict" },
  { role: "planner", name: "planner", display_name: "李文博", place: "subdistrict" },
  { role: "approver", name: "approver", display_name: "赵国栋", place: "subdistrict" },
  { role: "fire_liaison", name: "fire", display_name: "孙海涛", place: "district" },
  { role: "police_liaison", name: "police", display_name: "马建军", place: "subdistrict" },
  { role: "wall", name: "wall", display_name: "指挥大厅大屏", place: "subdistrict" },
  { role: "system_admin", name: "system", display_name: "吴思远", place: "everywhere" },
  { role: "security_admin", name: "security", display_name: "郑雅琴", place: "everywhere" },
  { role: "audit_admin", name: "auditor", display_name: "冯启明", place: "everywhere" },
];

/**
 * Makes the demo accounts where they may be and takes them away everywhere else: a real city, or a server that others
 * can reach, has none. Sessions of demo accounts outlive a restart.
 * @param allowed - this server listens to this machine alone
 * @returns what the page for signing in lists
 */
export async function prepareDemoAccounts(
  db: Db,
  { allowed, today, audit }: { allowed: boolean; today: string; audit: RecordAudit },
): Promise<DemoAccount[]> {
  if (!allowed || !(await isDemoCity(db))) {
    await removeDemoAccounts(db, audit);
    return [];
  }
  const hash = await demoHash(db);
  return db.transaction(async (tx) => {
    // of several servers that start at once one makes them, the others find them
    await tx.query(sql`select pg_advisory_xact_lock(${demoLock})`);
    const places = await demoPlaces(tx, today);
    const there: DemoAccount[] = [];
    const made: string[] = [];
    for (const demo of demos) {
      const written = await writeDemo(tx, demo, { hash, areas: places[demo.place] });
      if (!written) continue;
      if (written === "made") made.push(demo.name);
      const { name, display_name, role } = demo;
      there.push({ name, display_name, role, password: demoPassword });
    }
    if (made.length > 0) await audit(tx, serverActor, { action: "account_create", target, after: { names: made } });
    return there;
  });
}

const demoLock = 7_161_312; // that of all changes of accounts
const target = "accounts:demo";

/**
 * Whether this database holds the demo city and nothing else: rows of the demo say so as their source, and one
 * network, building or organisation of another source makes it somebody's city.
 */
export async function isDemoCity(db: Queries): Promise<boolean> {
  const [row] = await db.query(sql<{ demo: boolean }>`
    select exists (select 1 from network)
      and not exists (select 1 from network where source !~ '^演示城市 ')
      and not exists (select 1 from building where source !~ '^演示城市 ')
      and not exists (select 1 from organisation where source !~ '^演示城市 ') as demo`);
  return row.demo;
}

async function removeDemoAccounts(db: Db, audit: RecordAudit): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query(sql`delete from session where account_id in (select id from account where origin = 'demo')`);
    const gone = await tx.query(sql<{ id: string; name: string }>`
      delete from account where origin = 'demo' returning id::text as id, name`);
    if (gone.length === 0) return;
    const ids = gone.map(({ id }) => id);
    const before = { names: gone.map(({ name }) => name) };
    await tellAccess(tx, ids);
    await audit(tx, serverActor, { action: "account_change", target, before, after: { names: [] } });
  });
}

/** The hash that demo accounts have; a new one only where there is none of this password. */
async function demoHash(db: Db): Promise<string> {
  const [known] = await db.query(sql<{ password_hash: string }>`
    select password_hash from account where origin = 'demo' limit 1`);
  if (known && (await isPasswordOf(demoPassword, known.password_hash))) return known.password_hash;
  return hashPassword(demoPassword);
}

/** Ids of the areas at each place: 慧泽社区 or the largest community, what lies above and one grid of it. */
async function demoPlaces(tx: Queries, today: string): Promise<Record<Place, (string | null)[]>> {
  const areas = await tx.query(sql<{ id: string; parent: string | null; role: string; name: string; code: string }>`
    select a.id::text as id, v.parent_id::text as parent, l.role, v.name, a.code
    from ${refJoins} where n.code = 'governance' and ${inForceOn(today)} order by a.code`);
  const byId = new Map(areas.map((area) => [area.id, area]));
  const communities = areas.filter(({ role }) => role === "community");
  const home = communities.find(({ name }) => name === "慧泽社区") ?? communities[0] ?? areas[0];
  if (!home) return { grid: [], community: [], subdistrict: [], district: [], everywhere: [null] };
  const path = [home];
  for (let up = byId.get(home.parent ?? ""); up; up = byId.get(up.parent ?? "")) path.push(up);
  const roots = areas.filter(({ parent }) => parent === null).map(({ id }) => id);
  const above = path.find(({ role }) => role === "subdistrict") ?? path[path.length - 1];
  const district = path.find(({ role }) => role === "district");
  return {
    grid: areas
      .filter(({ parent }) => parent === home.id)
      .slice(0, 1)
      .map(({ id }) => id),
    community: [home.id],
    subdistrict: [above.id],
    district: district ? [district.id] : roots,
    everywhere: [null],
  };
}

/** @returns null where the name is somebody else's, whose it stays */
async function writeDemo(
  tx: Queries,
  demo: Demo,
  { hash, areas }: { hash: string; areas: readonly (string | null)[] },
): Promise<"made" | "kept" | null> {
  const [account] = await tx.query(sql<{ id: string; made: boolean }>`
    insert into account (name, display_name, origin, password_hash)
    values (${demo.name}, ${demo.display_name}, 'demo', ${hash})
    on conflict (name) do update set display_name = excluded.display_name, password_hash = excluded.password_hash,
      failures = 0, locked_until = null, disabled = false
    where account.origin = 'demo'
    returning id::text as id, xmax = 0 as made`);
  if (!account) return null;
  const organisation = demo.organisation ?? null;
  await tx.query(sql`delete from role_grant where account_id = ${account.id}::bigint`);
  await tx.query(sql`
    insert into role_grant (account_id, role, area_id, organisation_id)
    select ${account.id}::bigint, ${demo.role}, area_id, case when ${organisation}::text is null then null else
      (select o.id from organisation o where o.name like '%' || ${organisation}::text order by o.id limit 1) end
    from unnest(${areas}::bigint[]) as place (area_id)`);
  return account.made ? "made" : "kept";
}
