import { beforeAll, expect, test } from "vitest";
import { reportCoverage } from "../../../server/cli/check_report.ts";
import { sql } from "../../../server/db/sql.ts";
import { type Browser, certificate, check, type CheckDoor, checkDoor } from "../../support/check_door.ts";
import { smallCity, square } from "../../support/small_city.ts";

let door: CheckDoor;
let planner: Browser;

beforeAll(async () => {
  const city = smallCity();
  door = await checkDoor(city);
  planner = await door.signedIn("planner", "governance:001");
});

/** A rectangle in squares of the net of the small city. */
function rectangle(west: number, south: number, east: number, north: number): string {
  const [w, s, e, n] = [121.4 + west / 1000, 33.6 + south / 1000, 121.4 + east / 1000, 33.6 + north / 1000];
  return `POLYGON((${w} ${s},${e} ${s},${e} ${n},${w} ${n},${w} ${s}))`;
}

const grids = { 1: [0, 0], 2: [1, 0], 3: [0, 1], 4: [1, 1] } as const;
type Grid = keyof typeof grids;

async function heal(...of: Grid[]): Promise<void> {
  for (const n of of) {
    const [column, row] = grids[n];
    await door.reshape(`00100${n}`, rectangle(column, row, column + 1, row + 1));
  }
}

test("a division that covers its community is valid, and says what was judged", async () => {
  const { summary, faults, warnings, hydrants } = await check(planner, "areas/governance:001/check");
  expect(faults).toEqual([]);
  expect(warnings).toEqual([]);
  expect(hydrants).toBeNull(); // a planner is shown none
  expect(summary).toMatchObject({
    network: "governance",
    network_name: "社区治理网格",
    area: { code: "001", role: "community" },
    edition: { number: 1, to_day: null },
    rules: { special_areas: "beside", water: "covered", hydrant_radius_m: 150 },
    // five houses stand inside, one road runs along
    inputs: { areas: 5, vertices: 25, things: 6 },
    valid: true,
    counts: { faults: {}, warnings: {}, without_reason: 0 },
  });
  expect(summary.covered_m2).toBeCloseTo(summary.container_m2, 3);
});

test("the hash is the one that the command line prints for the same areas", async () => {
  const { inputs } = await certificate(planner, "areas/governance:001/certificate");
  const areas = [
    ...Object.entries(grids).map(([n, [column, row]]) => ({ id: `00100${n}`, polygons: square(column, row) })),
    { id: "001", polygons: square(0, 0, 2) },
  ];
  expect(reportCoverage(areas)).toMatchObject({ inputs_sha256: inputs.sha256, vertices: inputs.vertices });
});

test("a gap is told with its place, its surface, who is beside it and who could get it", async () => {
  await door.reshape("001001", rectangle(0, 0, 0.9, 1));
  const { summary, faults } = await check(planner, "areas/governance:001/check");
  expect(summary.valid).toBe(false);
  expect(faults).toHaveLength(1);
  const [gap] = faults;
  expect(gap).toMatchObject({ kind: "gap", parent: { code: "001" }, inside: { buildings: 0, households: 0 } });
  expect(gap!.area_m2).toBeCloseTo(summary.container_m2 - summary.covered_m2, 2);
  expect(gap!.at![0]).toBeGreaterThan(121.4009);
  expect(gap!.at![0]).toBeLessThan(121.401);
  expect(gap!.areas.map(({ code }) => code).sort()).toEqual(["001001", "001002", "001003"]);
  const [first] = gap!.mends;
  expect(first).toMatchObject({ act: "give", changes: [{ before: { households: 3, people: 8 } }] });
  expect(gap!.geometry).toMatchObject({ type: "Polygon" });
  // the same fault has the same key: what a link names
  const again = await check(planner, "areas/governance:001/check");
  expect(again.faults[0]!.key).toBe(gap!.key);
  await heal(1);
});

test("what stands in a gap is named, and its homes are counted", async () => {
  await door.reshape("001001", rectangle(0, 0, 0.35, 1));
  const { faults, summary } = await check(planner, "areas/governance:001/check");
  expect(faults.find(({ kind }) => kind === "gap")!.inside).toEqual({ buildings: 2, households: 3, people: 8 });
  const uncovered = faults.flatMap(({ thing }) => thing ?? []).map(({ kind, name }) => `${kind} ${name}`);
  expect(uncovered).toEqual(["building ", "building 1幢"]);
  expect(summary.counts.faults).toEqual({ gap: 1, uncovered: 2 });
  await heal(1);
});

test("an overlap and a place outside are told apart", async () => {
  await door.reshape("001001", rectangle(-0.1, 0, 1.1, 1));
  const { faults } = await check(planner, "areas/governance:001/check");
  const told = faults.map(({ kind, areas, mends }) => [
    kind,
    areas
      .map(({ code }) => code)
      .sort()
      .join(),
    mends[0]!.act,
  ]);
  expect(told).toEqual(
    expect.arrayContaining([
      ["overlap", "001001,001002", "keep"],
      ["outside", "001001", "cut_off"],
    ]),
  );
  expect(told).toHaveLength(2);
  await heal(1);
});

test("a house outside that an area reaches is counted, its homes only for who may know them", async () => {
  // the house at 5,5 stands in no network's area
  await door.reshape(
    "001004",
    "POLYGON((121.401 33.601,121.402 33.601,121.406 33.605,121.406 33.606,121.405 33.606,121.401 33.602,121.401 33.601))",
  );
  const { faults } = await check(planner, "areas/governance:001/check");
  // it stands outside of what was granted to the planner
  expect(faults.find(({ kind }) => kind === "outside")!.inside).toEqual({ buildings: 1, households: 0, people: 0 });
  await heal(4);
});

test("of a whole network, what lies in none of its areas is named, too", async () => {
  const { summary, faults } = await check(planner, "networks/governance/check");
  expect(summary.area).toBeNull();
  expect(faults.map(({ kind, thing }) => [kind, thing!.kind])).toEqual([["uncovered", "building"]]);
  expect(await certificate(planner, "networks/governance/certificate")).toEqual(summary);
});

test("the same state gives the same certificate, another state another hash", async () => {
  const before = await certificate(planner, "areas/governance:001/certificate");
  expect(await certificate(planner, "areas/governance:001/certificate")).toEqual(before);
  await door.reshape("001001", rectangle(0, 0, 0.999, 1));
  const after = await certificate(planner, "areas/governance:001/certificate");
  expect(after.inputs.sha256).not.toBe(before.inputs.sha256);
  await heal(1);
  const healed = await certificate(planner, "areas/governance:001/certificate");
  expect(healed.inputs).toEqual(before.inputs);
  expect(healed.checked_at > after.checked_at).toBe(true);
});

test("what was found holds on while nothing changes that it was made from", async () => {
  const change = (layer: string, bbox: number[] | null) =>
    door.db.query(sql`select record_change(${layer}, '{1}'::bigint[], ${bbox}::float8[])`);
  const path = "areas/governance:001/certificate";
  const first = await certificate(planner, path);
  await change("buildings", [100, 20, 100.1, 20.1]); // far away
  await change("access", null);
  await change("pipes", null);
  expect((await certificate(planner, path)).checked_at).toBe(first.checked_at);
  await change("buildings", [121.4, 33.6, 121.41, 33.61]);
  expect((await certificate(planner, path)).checked_at).not.toBe(first.checked_at);
});

test("limits, duties and their source come from the profile of the level", async () => {
  await door.db.transaction(async (tx) => {
    await tx.query(sql`
      with made as (
        insert into profile (name, source, joined, households_min, staffing)
        values ('网格', '《测试办法》', 'or', 100, '{"leader": {"min": 1, "max": 1}}') returning id)
      update level set profile_id = (select id from made) where role = 'grid'`);
    await tx.query(sql`select record_change('profile', '{}', null)`);
  });
  const { warnings, summary } = await check(planner, "areas/governance:001/check");
  expect(summary.counts.warnings).toEqual({ population: 4, staffing: 4 });
  expect(warnings[0]).toMatchObject({
    kind: "population",
    area: { code: "001001" },
    figures: [{ what: "households", value: 3, limits: [100, null], fits: false }],
    profile: { name: "网格", source: "《测试办法》" },
    reason: null,
  });
  expect(warnings.at(-1)).toMatchObject({
    kind: "staffing",
    duty: { code: "leader", name: "网格长", name_en: "Leader" },
  });
  // what an area above sets for those below it comes first
  await door.db.transaction(async (tx) => {
    await tx.query(sql`
      with made as (insert into profile (name, source, joined) values ('自由', '《测试办法》', 'or') returning id)
      update area_version set child_profile_id = (select id from made) where area_id = 1`);
    await tx.query(sql`select record_change('profile', '{}', null)`);
  });
  expect((await check(planner, "areas/governance:001/check")).warnings).toEqual([]);
  expect((await check(planner, "areas/governance:001001/check")).warnings).toEqual([]);
});

test("an edition that is over is judged as it was", async () => {
  await door.db.transaction(async (tx) => {
    await tx.query(sql`update edition set to_day = '2026-02-01' where network_id = 1 and number = 1`);
    await tx.query(sql`insert into edition (network_id, number, from_day) values (1, 2, '2026-02-01')`);
    await tx.query(sql`update area_version set to_edition = 2 where area_id = 2`);
    await tx.query(sql`
      insert into area_version (area_id, network_id, from_edition, level_id, parent_id, name, short_name, kind, hue, geom, at,
        area_m2, piece_count, source)
      select area_id, network_id, 2, level_id, parent_id, name, short_name, kind, hue,
        st_multi(st_geomfromtext(${rectangle(0, 0, 0.5, 1)}, 4490)), at, area_m2, piece_count, source
      from area_version where area_id = 2`);
    await tx.query(sql`select record_change('areas', '{2}'::bigint[], null)`);
  });
  const now = await check(planner, "areas/governance:001/check");
  expect(now.summary).toMatchObject({ valid: false, edition: { number: 2 } });
  for (const when of ["edition=1", "on=2026-01-15"]) {
    const then = await check(planner, `areas/governance:001/check?${when}`);
    expect(then.summary).toMatchObject({ valid: true, edition: { number: 1, to_day: "2026-02-01" } });
  }
  const { measures } = await check(planner, "areas/governance:001/check?edition=1");
  expect(measures.households).toMatchObject({ least: 3, most: 3 });
  await planner.get("/api/areas/governance:001/check?edition=9").expect(404);
  await planner.get("/api/areas/governance:001/check?on=2999-01-01").expect(404);
  await planner.get("/api/areas/governance:001/check?edition=x").expect(400);
  expect(door.app.failures).toEqual([]);
});
