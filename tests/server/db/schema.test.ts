import { beforeAll, describe, expect, test } from "vitest";
import type { Db } from "../../../server/db/db.ts";
import { type Sql, sql } from "../../../server/db/sql.ts";
import { loadCity } from "../../../server/loading/load_city.ts";
import { testDatabase } from "../../support/database.ts";
import { smallCity } from "../../support/small_city.ts";

let db: Db;
beforeAll(async () => {
  db = await testDatabase();
  await loadCity(db, smallCity());
  await db.execute(`
    insert into edition (network_id, number, from_day, to_day) values (1, 2, '2025-01-01', '2026-01-01');
    insert into staff (number, name, photo_public, source) values ('W1', '李建国', true, '测试');`);
});

const refuses = (statement: Sql, sqlstate: string) => expect(db.query(statement)).rejects.toMatchObject({ sqlstate });
const checkViolation = "23514";
const exclusionViolation = "23P01";
const foreignKeyViolation = "23503";
const uniqueViolation = "23505";

describe("areas", () => {
  const versionLike = (change: Sql) => sql`
    insert into area_version (area_id, network_id, from_edition, level_id, name, short_name, kind, hue, geom, at, area_m2,
      piece_count, source, parent_id, to_edition)
    select ${change} from area_version v where area_id = 2`;

  test("do not hold twice in one edition", async () => {
    await refuses(
      versionLike(sql`area_id, network_id, 2, level_id, name, short_name, kind, hue, geom, at, area_m2,
      piece_count, source, parent_id, null::int`),
      exclusionViolation,
    );
  });

  test("may hold again once the version before has ended", async () => {
    await db.transaction(async (tx) => {
      await tx.query(sql`update area_version set to_edition = 2 where area_id = 2`);
      await tx.query(
        versionLike(sql`area_id, network_id, 2, level_id, '新名', short_name, kind, hue, geom, at, area_m2,
        piece_count, source, parent_id, null::int`),
      );
    });
    expect(
      await db.query(sql`select name, from_edition, to_edition from area_version where area_id = 2 order by 2`),
    ).toEqual([
      { name: "小社区第1网格", from_edition: 1, to_edition: 2 },
      { name: "新名", from_edition: 2, to_edition: null },
    ]);
  });

  test("stand below their parents, in the same network", async () => {
    await refuses(sql`update area_version set parent_id = 3 where area_id = 4`, checkViolation); // grid below grid
    await refuses(sql`update area_version set parent_id = 6 where area_id = 4`, foreignKeyViolation); // fire area
    await refuses(sql`update area_version set parent_id = area_id where area_id = 4`, checkViolation);
    await refuses(sql`update area_version set level_id = 3 where area_id = 4`, foreignKeyViolation); // fire level
  });

  test("have valid geometry of the right kind and system", async () => {
    const bowTie = "MULTIPOLYGON(((0 0,1 1,1 0,0 1,0 0)))";
    await refuses(
      sql`update area_version set geom = st_geomfromtext(${bowTie}, 4490) where area_id = 4`,
      checkViolation,
    );
    await refuses(
      sql`update area_version set geom = st_geomfromtext('MULTIPOLYGON EMPTY', 4490), piece_count = 0 where area_id = 4`,
      checkViolation,
    );
    await refuses(sql`update area_version set geom = st_transform(geom, 4326) where area_id = 4`, "22023");
  });

  test("have a code without what addresses are made of", async () => {
    for (const code of ["", "a b", "a:b", "a/b", "a#b", "a?b", "x".repeat(65)]) {
      await refuses(sql`insert into area (network_id, code) values (1, ${code})`, checkViolation);
    }
  });
});

describe("networks and editions", () => {
  test("have codes and prefixes of their own", async () => {
    const like = (code: string, prefix: string) => sql`
      insert into network (code, prefix, name, name_en, mark, ordinal, source) values (${code}, ${prefix}, '甲', 'A', '甲', 9, '测试')`;
    await refuses(like("fire", "QQ"), uniqueViolation);
    await refuses(like("other", "XF"), uniqueViolation);
    await refuses(like("Other", "QQ"), checkViolation);
  });

  test("have one edition at a time", async () => {
    await refuses(
      sql`insert into edition (network_id, number, from_day) values (2, 2, '2026-06-01')`,
      exclusionViolation,
    );
    await refuses(
      sql`insert into edition (network_id, number, from_day, to_day) values (1, 3, '2025-06-01', '2025-07-01')`,
      exclusionViolation,
    );
    await refuses(
      sql`insert into edition (network_id, number, from_day, to_day) values (1, 3, '2024-06-01', '2024-05-01')`,
      checkViolation,
    );
  });
});

describe("assignments and contacts", () => {
  test("have exactly one target", async () => {
    const assign = (targets: Sql) => sql`
      insert into assignment (staff_id, duty_id, area_id, building_id, from_day) select 1, 1, ${targets}, '2026-01-01'`;
    await refuses(assign(sql`null::bigint, null::bigint`), checkViolation);
    await refuses(assign(sql`2, 1`), checkViolation);
    await db.query(assign(sql`2, null::bigint`));
    await db.query(assign(sql`null::bigint, 1`));
  });

  test("have exactly one owner, and a phone that looks like one", async () => {
    const call = (staff: number | null, phone: string) => sql`
      insert into contact (staff_id, kind, phone, source) values (${staff}, 'duty', ${phone}, '测试')`;
    await refuses(call(null, "010-12345"), checkViolation);
    await refuses(call(1, "call me"), checkViolation);
    await db.query(call(1, "+86 010-12345"));
  });

  test("go with what they are about", async () => {
    await db.query(sql`delete from building where id = 1`);
    expect(await db.query(sql`select 1 from assignment where building_id = 1`)).toEqual([]);
    expect(await db.query(sql`select 1 from address where building_id = 1`)).toEqual([]);
  });
});

test("a pipe joins nodes of its own kind", async () => {
  await db.execute(`
    insert into pipe_node (id, code, pipe_kind, kind, status, at, source) values
      (1, 'A', 'JS', 'valve', 'in_use', st_setsrid(st_makepoint(121.4, 33.6), 4490), '测试'),
      (2, 'B', 'RQ', 'valve', 'in_use', st_setsrid(st_makepoint(121.5, 33.6), 4490), '测试')`);
  await refuses(
    sql`
    insert into pipe (code, kind, from_node_id, to_node_id, material, depth_m, year, status, geom, source)
    values ('P', 'JS', 1, 2, 'PE', 1, 2000, 'in_use', st_setsrid(st_makeline(st_makepoint(121.4, 33.6), st_makepoint(121.5, 33.6)), 4490), '测试')`,
    foreignKeyViolation,
  );
});

test("numbers of the change feed rise in the order of commits", async () => {
  const order: number[] = [];
  await Promise.all(
    [1, 2, 3, 4].map(() =>
      db.transaction(async (tx) => {
        const [row] = await tx.query(
          sql<{ rev: number }>`select record_change('areas', ${[1]}::bigint[], null) as rev`,
        );
        order.push(row!.rev);
      }),
    ),
  );
  const first = order[0]!;
  expect(order).toEqual([first, first + 1, first + 2, first + 3]);
});

test("a change that was rolled back leaves no gap in the feed", async () => {
  const last = async () => (await db.query(sql<{ rev: number }>`select max(rev) as rev from change`))[0]!.rev;
  const before = await last();
  const work = db.transaction(async (tx) => {
    await tx.query(sql`select record_change('areas', '{}', null)`);
    throw new Error("no");
  });
  await expect(work).rejects.toThrow("no");
  await db.query(sql`select record_change('areas', '{}', null)`);
  expect(await last()).toBe(before + 1);
});
