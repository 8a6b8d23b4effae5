import request from "supertest";
import { beforeAll, describe, expect, test } from "vitest";
import { AreaDetail } from "../../../data/schema/area.ts";
import type { Contact } from "../../../data/schema/contact.ts";
import { RecordDetail } from "../../../data/schema/record.ts";
import type { Reader } from "../../../server/access/reader.ts";
import type { Db } from "../../../server/db/db.ts";
import { sql } from "../../../server/db/sql.ts";
import { loadCity } from "../../../server/loading/load_city.ts";
import { testDatabase } from "../../support/database.ts";
import { readApi } from "../../support/demo_app.ts";
import { aReader, thePublic } from "../../support/readers.ts";
import { canaries, twoSubdistricts } from "../../support/two_subdistricts.ts";

let db: Db;
const areas: Record<string, string> = {};
const organisations: Record<string, string> = {};

beforeAll(async () => {
  db = await testDatabase();
  await loadCity(db, twoSubdistricts());
  for (const { id, code } of await db.query(sql<{ id: string; code: string }>`select id::text as id, code from area`)) {
    areas[code] = id;
  }
  for (const { id, code } of await db.query(
    sql<{ id: string; code: string }>`select id::text as id, code from organisation`,
  )) {
    organisations[code] = id;
  }
});

async function phonesOfGrid(reader: Reader, code = "0111"): Promise<Contact[]> {
  const answer = await request(readApi(db, reader)).get(`/api/areas/governance:${code}`).expect(200);
  return AreaDetail.parse(answer.body).staff.flatMap(({ contacts }) => contacts);
}

async function phonesOf(reader: Reader, register: "key_unit" | "facility"): Promise<Contact[]> {
  const address = { key_unit: "key_units", facility: "facilities" }[register];
  const rows = await db.query<{ id: string }>({ text: `select min(id)::text as id from ${register}`, values: [] });
  const answer = await request(readApi(db, reader)).get(`/api/registers/${address}/${rows[0]!.id}`).expect(200);
  return RecordDetail.parse(answer.body).contacts;
}

async function idOf(phone: string): Promise<string> {
  const [row] = await db.query(sql<{ id: string }>`select id::text as id from contact where phone = ${phone}`);
  return row!.id;
}

const reveal = (reader: Reader, id: string) => request(readApi(db, reader)).post(`/api/contacts/${id}/reveal`);
const lines = async () => {
  const rows = await db.query(sql<{ payload: string }>`select payload from audit order by seq`);
  return rows.map(({ payload }) => JSON.parse(payload) as { action: string; outcome: string; target: string });
};

describe("a private phone", () => {
  test("is shown to nobody who did not sign in, and in part to those of its grid", async () => {
    expect(await phonesOfGrid(thePublic)).toEqual([]);
    expect(await phonesOfGrid(aReader("planner", areas["01"]!))).toEqual([]);
    for (const [role, showing] of [
      ["worker", "part"],
      ["supervisor", "part"],
      ["dispatcher", "full"],
      ["fire_liaison", "full"],
    ] as const) {
      expect(await phonesOfGrid(aReader(role, areas["01"]!))).toMatchObject([
        { kind: "mobile", phone: "139****0011", showing },
      ]);
    }
  });

  test("is not shown beside the areas of a grant, and to no wall", async () => {
    expect(await phonesOfGrid(aReader("dispatcher", areas["02"]!))).toEqual([]);
    expect(await phonesOfGrid(aReader("worker", areas["0112"]!))).toEqual([]);
    expect(await phonesOfGrid(aReader("worker", areas["0111"]!))).toHaveLength(1);
    expect(await phonesOfGrid(aReader("wall", areas["01"]!))).toEqual([]);
  });

  test("of somebody with another post elsewhere is shown to those there too, wherever it is met", async () => {
    await db.query(sql`
      insert into assignment (staff_id, duty_id, building_id, from_day)
      select s.id, d.id, b.id, '2020-01-01' from staff s, duty d, building b where s.name = '张西' and b.name = '西乙楼'`);
    expect(await phonesOfGrid(aReader("worker", areas["0112"]!))).toHaveLength(1);
    await db.query(sql`update assignment set to_day = '2021-01-01' where building_id is not null`);
    expect(await phonesOfGrid(aReader("worker", areas["0112"]!))).toEqual([]);
  });

  test("with a grant for one organisation is shown of its own people only", async () => {
    const of = (code: string) =>
      phonesOfGrid(aReader("dispatcher", areas["0"]!, { organisation_id: organisations[code]! }));
    expect(await of("ORG-西")).toHaveLength(1);
    expect(await of("ROOT")).toHaveLength(1);
    expect(await of("ORG-东")).toEqual([]);
  });
});

describe("phones of units and organisations", () => {
  test("of a key unit are masked for those who see it", async () => {
    expect(await phonesOf(aReader("worker", areas["01"]!), "key_unit")).toMatchObject([
      { kind: "responsible", phone: "139****0021", showing: "part" },
      { kind: "manager", showing: "part" },
    ]);
    expect(await phonesOf(aReader("wall", areas["01"]!), "key_unit")).toEqual([]);
  });

  test("on duty hang in the street: everybody reads them, no wall shows them", async () => {
    expect(await phonesOf(thePublic, "facility")).toMatchObject([
      { kind: "duty", phone: canaries.west.duty, showing: "open" },
    ]);
    expect(await phonesOf(aReader("wall", areas["01"]!), "facility")).toEqual([]);
  });
});

describe("a phone in full", () => {
  test("is given to who may have it, and written down without it", async () => {
    const id = await idOf(canaries.west.mobile);
    const before = (await lines()).length;
    const answer = await reveal(aReader("dispatcher", areas["01"]!), id).expect(200);
    expect(answer.body).toEqual({ id, phone: canaries.west.mobile });
    expect(answer.headers["cache-control"]).toBe("no-store");
    const [line, ...more] = (await lines()).slice(before);
    expect(more).toEqual([]);
    expect(line).toMatchObject({ action: "contact_reveal", target: `contact:${id}`, outcome: "done" });
    expect(JSON.stringify(line)).not.toContain(canaries.west.mobile);
  });

  test("is refused to who sees a part of it, and does not exist for who sees nothing", async () => {
    const id = await idOf(canaries.west.responsible);
    expect((await reveal(aReader("worker", areas["01"]!), id).expect(403)).body.code).toBe("access.forbidden");
    const absent = (await reveal(thePublic, "999999").expect(404)).body;
    for (const reader of [aReader("worker", areas["02"]!), aReader("wall", areas["01"]!), thePublic]) {
      expect((await reveal(reader, id).expect(404)).body).toEqual(absent);
    }
    expect((await lines()).at(-1)).toMatchObject({ outcome: "refused", target: `contact:${id}` });
    await reveal(thePublic, "x").expect(404);
  });
});
