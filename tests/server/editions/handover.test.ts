import { beforeAll, describe, expect, test } from "vitest";
import type { CityRows } from "../../../data/schema/city_rows.ts";
import { recordAudit, serverActor } from "../../../server/audit/service.ts";
import type { Db } from "../../../server/db/db.ts";
import { sql } from "../../../server/db/sql.ts";
import { publishPlan } from "../../../server/editions/publish.ts";
import { editionService } from "../../../server/editions/service.ts";
import { loadCity } from "../../../server/loading/load_city.ts";
import { testDatabase } from "../../support/database.ts";
import { publishNow, publishParts, writePlan } from "../../support/edition_plans.ts";
import { smallCity, square } from "../../support/small_city.ts";

/** Each of the four grids has a leader of its own and an organisation that answers for it. */
function peopledCity(): CityRows {
  const city = smallCity();
  for (let n = 1; n <= 4; n++) {
    const base = { organisation_id: null, portrait: null, photo_public: false };
    city.staff.push({ id: n, number: `N${n}`, name: `网格长${n}`, ...base });
    const targets = { building_id: null, entrance_id: null, road_id: null, key_unit_id: null };
    city.assignment.push({
      id: n,
      staff_id: n,
      duty_id: 1,
      area_id: n + 1,
      ...targets,
      from_day: "2020-01-01",
      to_day: null,
    });
    const office = { parent_id: null, kind: "station", at: null } as const;
    city.organisation.push({ id: n, code: `O${n}`, name: `第${n}站`, area_id: n + 1, ...office });
  }
  return city;
}

const west = [[[121.4, 33.6, 121.4003, 33.6, 121.4003, 33.601, 121.4, 33.601, 121.4, 33.6]]];
const east = [[[121.4003, 33.6, 121.401, 33.6, 121.401, 33.601, 121.4003, 33.601, 121.4003, 33.6]]];
const north = [
  [[121.4, 33.601, 121.401, 33.601, 121.402, 33.601, 121.402, 33.602, 121.401, 33.602, 121.4, 33.602, 121.4, 33.601]],
];
const splitAndMerge = [
  { area: "001001", geom: west },
  { area: "new-1", parent: "001", level: 2, name: "东格", short_name: "东格", geom: east },
  { area: "001003", removed: true },
  { area: "001004", geom: north },
];

let db: Db;
const today = new Date().toISOString().slice(0, 10);

/** Who holds a duty for an area on a day, by code. */
async function holders(day: string): Promise<string[]> {
  const rows = await db.query(sql<{ words: string }>`
    select a.code || ' ' || s.number || case when m.to_confirm then '?' else '' end as words
    from assignment m join area a on a.id = m.area_id join staff s on s.id = m.staff_id
    where m.from_day <= ${day}::date and (m.to_day is null or m.to_day > ${day}::date) order by 1`);
  return rows.map(({ words }) => words);
}

describe("those who answer for areas", () => {
  beforeAll(async () => {
    db = await testDatabase();
    await loadCity(db, peopledCity());
  });

  test("go along: of split and merged areas to be confirmed, of others as they were", async () => {
    const published = await publishNow(db, splitAndMerge);
    expect(published.assignments).toEqual({ kept: 0, to_confirm: 4, ended: 1 });
    expect(await holders(today)).toEqual(["001001 N1?", "001002 N2", "001004 N3?", "001004 N4?", "001005 N1?"]);
    expect(await holders("2026-01-02")).toContain("001003 N3");
    const organisations = await db.query(sql<object>`
      select o.code, a.code as area from organisation o join area a on a.id = o.area_id order by o.code`);
    expect(organisations).toEqual([
      { code: "O1", area: "001001" },
      { code: "O2", area: "001002" },
      { code: "O3", area: "001004" },
      { code: "O4", area: "001004" },
    ]);
  });

  test("a border that moves leaves them in place, and a new code takes them along with its rights", async () => {
    const [grid] = await db.query(sql<{ id: string }>`select id::text as id from area where code = '001002'`);
    await db.query(sql`
      insert into role_grant (account_id, role, area_id)
      select id, 'worker', ${grid!.id}::bigint from account where name = 'planner'`);
    const published = await publishNow(db, [{ area: "001002", code: "001200" }]);
    expect(published).toMatchObject({
      assignments: { kept: 1, to_confirm: 0 },
      grants_on_retired: 0,
      organisations: 1,
    });
    expect(await holders(today)).toContain("001200 N2");
    const [row] = await db.query(sql<{ code: string }>`
      select a.code from role_grant g join area a on a.id = g.area_id`);
    expect(row!.code).toBe("001200");
    const lineage = await db.query(sql<object>`
      select kind, f.code as from, a.code as area from area_lineage r join area a on a.id = r.area_id join area f on f.id = r.from_area_id
      where r.edition = 3`);
    expect(lineage).toEqual([{ kind: "kept", from: "001002", area: "001200" }]);
  });

  test("a right on a retired area stays and is told", async () => {
    const [grid] = await db.query(sql<{ id: string }>`select id::text as id from area where code = '001005'`);
    await db.query(sql`
      insert into role_grant (account_id, role, area_id)
      select id, 'planner', ${grid!.id}::bigint from account where name = 'planner'`);
    const published = await publishNow(db, [
      { area: "001005", removed: true },
      { area: "001001", geom: square(0, 0) },
    ]);
    expect(published.grants_on_retired).toBe(1);
    expect(await holders(today)).toContain("001001 N1?");
  });
});

describe("an edition for a day to come", () => {
  const later = "2090-01-01";

  beforeAll(async () => {
    db = await testDatabase();
    await loadCity(db, peopledCity());
    await publishNow(db, splitAndMerge, { from_day: later });
  });

  const counted = async () => {
    const rows = await db.query(sql<{ code: string; households: number }>`
      select a.code, c.households from area_count c join area a on a.id = c.area_id where a.code like '001___' order by 1`);
    return rows.map(({ code, households }) => `${code} ${households}`);
  };

  test("changes nothing before its day, and everything on it, once", async () => {
    const at = (day: string) => editionService({ db, recordAudit, today: () => day });
    const before = ["001001 3", "001002 3", "001003 3", "001004 3"];
    expect(await counted()).toEqual(before);
    expect(await holders(today)).toEqual(["001001 N1?", "001002 N2", "001003 N3", "001004 N4?"]);
    expect(await holders(later)).toEqual(["001001 N1?", "001002 N2", "001004 N3?", "001004 N4?", "001005 N1?"]);
    expect(await at("2089-12-31").takeDue()).toBe(0);
    // a house that grows meanwhile is counted where it stands now
    await db.query(sql`update building set households = 5 where name = '1幢'`);
    expect(await counted()).toEqual(["001001 5", ...before.slice(1)]);
    expect(await at(later).takeDue()).toBe(1);
    expect(await at(later).takeDue()).toBe(0);
    expect(await counted()).toEqual(["001001 0", "001002 3", "001004 6", "001005 5"]);
    const [entry] = await db.query(
      sql<{ subtitle: string }>`select subtitle from search_entry where title = '小路1号'`,
    );
    expect(entry!.subtitle).toBe("小社区 › 东格");
  });
});

describe("a plan that cannot be published", () => {
  beforeAll(async () => {
    db = await testDatabase();
    await loadCity(db, peopledCity());
  });

  const state = () =>
    db.query(sql<object>`
      select (select max(number) from edition) as edition, (select count(*) from area) as areas,
        (select count(*) from area_version where to_edition is not null) as ended, (select count(*) from moved_ground) as moved,
        (select count(*) from assignment where to_confirm) as unsure, (select max(rev) from change) as rev, (select count(*) from audit) as lines`);

  async function refused(changes: Parameters<typeof writePlan>[1], facts?: Parameters<typeof writePlan>[2]) {
    const id = await writePlan(db, changes, facts);
    const before = await state();
    const outcome = await publishPlan(db, publishParts(), id, serverActor);
    expect(await state()).toEqual(before);
    return outcome.ok ? null : outcome.problem;
  }

  test("leaves everything as it was, and says why", async () => {
    expect(await refused(splitAndMerge, { status: "submitted" })).toMatchObject({ code: "plan.status" });
    expect(await refused([{ area: "001001", code: "001002" }])).toMatchObject({ code: "plan.codes", pointer: "code" });
    await db.query(sql`update level set code_pattern = '{parent}{number:1}' where role = 'grid'`);
    const pieces = Array.from({ length: 10 }, (_, i) => {
      const [from, to] = [121.4 + i * 1e-4, 121.4 + (i + 1) * 1e-4].map((lon) => Math.round(lon * 1e9) / 1e9) as [
        number,
        number,
      ];
      return {
        area: `new-${i + 1}`,
        parent: "001",
        level: 2,
        geom: [[[from, 33.6, to, 33.6, to, 33.601, from, 33.601, from, 33.6]]],
      };
    });
    expect(await refused([{ area: "001001", removed: true }, ...pieces])).toMatchObject({ code: "plan.codes" });
  });

  test("what the database does not take is taken back whole", async () => {
    const id = await writePlan(db, [...splitAndMerge.slice(0, 3), { area: "001004", parent: "001001", geom: north }]);
    const before = await state();
    await expect(publishPlan(db, publishParts(), id, serverActor)).rejects.toMatchObject({
      constraint: "area_version_level_below_parent",
    });
    expect(await state()).toEqual(before);
  });

  test("of two on one base the first wins, and the other is told what both changed", async () => {
    const ids = [await writePlan(db, splitAndMerge), await writePlan(db, [{ area: "001001", name: "别名" }])];
    const outcomes = await Promise.all(ids.map((id) => publishPlan(db, publishParts(), id, serverActor)));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    const lost = outcomes.find(({ ok }) => !ok) as { problem: object };
    expect(lost.problem).toMatchObject({ code: "plan.base_moved", places: [{ what: expect.any(String) }] });
    const [row] = await db.query(sql<{ published: number; editions: number }>`
      select count(*) filter (where status = 'published')::int as published,
        (select max(number) from edition where network_id = 1)::int as editions from plan`);
    expect(row).toEqual({ published: 1, editions: 2 });
  });
});
