import { beforeAll, expect, test } from "vitest";
import type { AccountSummary } from "../../../data/schema/account.ts";
import { type AccountService, accountService } from "../../../server/accounts/service.ts";
import { auditService, recordAudit } from "../../../server/audit/service.ts";
import { takeAppRole } from "../../../server/db/app_role.ts";
import type { Db } from "../../../server/db/db.ts";
import { loadCity } from "../../../server/loading/load_city.ts";
import { testDatabase } from "../../support/database.ts";
import { aReader } from "../../support/readers.ts";
import { smallCity } from "../../support/small_city.ts";

/**
 * Edition 2 of the small city, in force since 1 May. Grid 001001 was parted into 001005 and 001006; 001002 went, and of
 * its ground only a sliver lies in another grid. Grid 001007 comes in July.
 *
 *     ┌───┬───┐      ┌───┬───┐
 *     │ 3 │ 4 │      │ 3 │ 4 │
 *     ├───┼───┤  →   ├─┬─┼───┤
 *     │ 1 │ 2 │      │5│6›   │
 *     └───┴───┘      └─┴─┴───┘
 */
const redraw = `
  update edition set to_day = '2026-05-01' where number = 1 and network_id = 1;
  insert into edition (network_id, number, from_day, to_day) values
    (1, 2, '2026-05-01', '2026-07-01'), (1, 3, '2026-07-01', null);
  insert into area (id, network_id, code) values (105, 1, '001005'), (106, 1, '001006'), (107, 1, '001007');
  insert into area_version (area_id, network_id, from_edition, level_id, parent_id, name, short_name, kind, hue, geom, at,
    area_m2, piece_count, source)
  select fresh.id, 1, fresh.edition, v.level_id, v.parent_id, '新' || fresh.id, '新', 'basic', 1, fresh.geom,
    st_pointonsurface(fresh.geom), 1, 1, 't'
  from area_version v join area a on a.id = v.area_id and a.code = '001001', (values
    (105, 2, st_multi(st_makeenvelope(121.4, 33.6, 121.4003, 33.601, 4490))),
    (106, 2, st_multi(st_makeenvelope(121.4003, 33.6, 121.401005, 33.601, 4490))),
    (107, 3, st_multi(st_makeenvelope(121.4, 33.6, 121.4003, 33.601, 4490)))) fresh (id, edition, geom);
  update area_version set to_edition = 2 where area_id in (select id from area where code in ('001001', '001002'));
  update area_version set to_edition = 3 where area_id = 105`;

let db: Db;
let accounts: AccountService;
const admin = aReader("security_admin", null);
admin.account!.id = "900";
let day = "2026-02-01";

beforeAll(async () => {
  db = await testDatabase();
  await loadCity(db, smallCity());
  await takeAppRole(db);
  accounts = accountService({
    db,
    audit: recordAudit,
    log: auditService({ db, time_zone: "Asia/Shanghai", now: Date.now }),
    hashPassword: async () => "scrypt$test",
    today: () => day,
    time_zone: "Asia/Shanghai",
    onChange: () => undefined,
  });
});

const grant = (code: string) => ({ role: "worker" as const, area: `governance:${code}`, organisation_id: null });
const create = (name: string, ...codes: string[]) =>
  accounts.create(admin, { name, display_name: name, grants: codes.map(grant) });
const change = ({ id, revision }: AccountSummary, facts: { disabled?: boolean; codes: string[] }) =>
  accounts.change(admin, id, {
    display_name: "x",
    disabled: facts.disabled ?? false,
    grants: facts.codes.map(grant),
    revision,
  });

let before: AccountSummary;

test("a grant on an area in force is given", async () => {
  const outcome = await create("before", "001001", "001003");
  if (!outcome.ok) throw new Error(outcome.problem.detail);
  before = outcome.value;
  await db.execute(redraw);
  day = "2026-06-01";
});

test("a grant on a retired area is refused with what came after it, the largest part first", async () => {
  const outcome = await create("after", "001003", "001001");
  expect(outcome).toMatchObject({
    ok: false,
    problem: {
      code: "grant.retired",
      status: 422,
      pointer: "grants/1/area",
      allowed: ["governance:001006", "governance:001005"],
      detail: expect.stringMatching(/小社区第1网格（001001）已撤销。其范围现属 新106（001006）、新105（001005）。/),
    },
  });
});

test("where no area of its level came after, the nearest above is named; a sliver is no successor", async () => {
  expect(await create("after", "001002")).toMatchObject({ problem: { allowed: ["governance:001"] } });
});

test("an area that is not in force yet has no successors and cannot be granted", async () => {
  expect(await create("after", "001007")).toMatchObject({
    ok: false,
    problem: { code: "grant.place", detail: expect.stringContaining("尚未生效") },
  });
});

test("an account shows which of its grants came to nothing, and what came after", async () => {
  const outcome = await accounts.one(before.id);
  expect(outcome).toMatchObject({
    value: {
      grants: [
        { area: { code: "001001" }, retired: true, successors: [{ code: "001006" }, { code: "001005" }] },
        { area: { code: "001003" }, retired: false, successors: [] },
      ],
    },
  });
});

test("an account with such a grant can still be disabled, and be given the successors instead", async () => {
  const disabled = await change(before, { disabled: true, codes: ["001001", "001003"] });

  expect(disabled).toMatchObject({ ok: true, value: { disabled: true } });
  const moved = await change({ ...before, revision: 2 }, { codes: ["001005", "001006"] });
  expect(moved).toMatchObject({ value: { grants: [{ area: { code: "001005" } }, { area: { code: "001006" } }] } });
  // taken away, it does not come back
  expect(await change({ ...before, revision: 3 }, { codes: ["001001"] })).toMatchObject({
    problem: { code: "grant.retired" },
  });
});
