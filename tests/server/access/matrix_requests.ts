import { tileLayers } from "../../../data/schema/tile_layers.ts";
import { exportFormats } from "../../../data/schema/export.ts";
import { registers } from "../../../data/schema/record.ts";
import { worldBits, worldX, worldY } from "../../../tiles/tile_math.ts";
import type { Db } from "../../../server/db/db.ts";
import { sql } from "../../../server/db/sql.ts";
import { publishNow } from "../../support/edition_plans.ts";
import { canaries, codes, placeIn, type Side, sides } from "../../support/two_subdistricts.ts";

/** One request of the matrix. */
export interface Asked {
  method: "get" | "post" | "put" | "delete";
  url: string;
  body?: object;
}

/** Ids of everything that was planted in one subdistrict. */
export interface PlantedIds {
  areas: string[];
  contacts: string[];
  /** The plan over the subdistrict. */
  plan: string;
  records: Record<string, string[]>;
}

const tables = {
  buildings: "building",
  facilities: "facility",
  legal_entities: "legal_entity",
  pipes: "pipe",
  components: "component",
  key_units: "key_unit",
  small_places: "small_place",
} as const;

/** The planted things by their ids in the database, those of the west and those of the east by halves. */
export async function readPlantedIds(db: Db, side: Side): Promise<PlantedIds> {
  const half = (ids: string[]) => {
    const middle = ids.length / 2;
    return side === "west" ? ids.slice(0, middle) : ids.slice(middle);
  };
  const idsOf = async (table: string) => {
    const rows = await db.query<{ id: string }>({
      text: `select id::text as id from ${table} order by id`,
      values: [],
    });
    return half(rows.map(({ id }) => id));
  };
  const records: Record<string, string[]> = {};
  for (const [register, table] of Object.entries(tables)) records[register] = await idsOf(table);
  const nodes = await idsOf("pipe_node");
  records.components!.push(...nodes.map((id) => String(2n ** 40n + BigInt(id))));
  const areas = await db.query(sql<{ id: string }>`
    select id::text as id from area where code like ${`${codes[side]}%`} order by code`);
  const [plan] = await idsOf("plan");
  return { areas: areas.map(({ id }) => id), contacts: await idsOf("contact"), records, plan: plan! };
}

/** Households and people of the building on the ground that changes hands, as a difference of editions says them. */
export const movedCounts: Record<Side, string> = {
  west: '"households":3411,"people":8,"kind":"moved"',
  east: '"households":4521,"people":8,"kind":"moved"',
};

/** A second edition, in which the first grid of each subdistrict gives a square with a building to the second. */
export async function publishSecondEdition(db: Db): Promise<void> {
  const changes = sides.flatMap((side) => {
    const ring = (...corners: [number, number][]) => [[corners.flatMap(([column, row]) => placeIn(side, column, row))]];
    return [
      { area: `${codes[side]}11`, geom: ring([0, 1], [2, 1], [2, 4], [0, 4], [0, 1]) },
      { area: `${codes[side]}12`, geom: ring([0, 0], [2, 0], [4, 0], [4, 4], [2, 4], [2, 1], [0, 1], [0, 0]) },
    ];
  });
  await publishNow(db, changes);
  await db.query(sql`delete from plan where status = 'published'`); // what is asked about plans is of others
}

/** A plan over each subdistrict, with a comment, by somebody who is not asked here. */
export async function plantPlans(db: Db): Promise<void> {
  for (const side of sides) {
    await db.query(sql`
      with author as (
        insert into account (name, display_name, origin, issuer, subject)
        values (${`author.${side}`}, ${`author ${side}`}, 'identity_provider', 'test', ${side}) returning id),
      made as (
        insert into plan (network_id, area_id, base_edition, name, author_id, changed_by)
        select a.network_id, a.id, 2, ${canaries[side].plan}, author.id, author.id from area a cross join author
        where a.code = ${codes[side]} returning id, author_id),
      begun as (
        insert into plan_operation (plan_id, seq, revision, operation, inverse, changed, account_id, state_revision, state_by)
        select id, 1, 0, '{"op": "begin", "from": "edition"}', '{}', '{}', author_id, 0, author_id from made)
      insert into plan_comment (plan_id, account_id, text) select id, author_id, ${canaries[side].plan} from made`);
  }
}

const other: Record<Side, Side> = { west: "east", east: "west" };

/**
 * For each endpoint what is asked of one subdistrict, by method and path. Those that would end the session of the
 * reader come last.
 */
export function requestsOf(side: Side, ids: PlantedIds): Record<string, Asked[]> {
  const get = (...urls: string[]): Asked[] => urls.map((url) => ({ method: "get", url }));
  const area = `governance:${codes[side]}`;
  const [lon, lat] = placeIn(side, 1.2, 1.2);
  const planted = canaries[side];
  const words = [...Object.values(planted).map(String), planted.creditCode.slice(2, 10), planted.keyUnit.slice(0, 4)];
  return {
    "get /api/networks": get("/api/networks"),
    "get /api/editions": get("/api/editions"),
    "get /api/editions/:network/:from..:to": get("/api/editions/governance/1..2"),
    "get /api/areas/:id/lineage": get(...ids.areas.map((id) => `/api/areas/${id}/lineage`)),
    "get /api/areas": get("/api/areas", `/api/areas?parent=${codes[side]}`, "/api/areas?level=4"),
    "get /api/areas/at": get(`/api/areas/at?lon=${lon}&lat=${lat}`),
    "get /api/areas/:id": get(
      ...ids.areas.map((id) => `/api/areas/${id}`),
      `/api/areas/${area}`,
      "/api/areas/governance:0",
    ),
    "get /api/search": get(...words.map((word) => `/api/search?limit=50&q=${encodeURIComponent(word)}`)),
    "get /api/registers/:register/:id": get(
      ...Object.entries(ids.records).flatMap(([register, some]) =>
        some.map((id) => `/api/registers/${register}/${id}`),
      ),
    ),
    "get /api/staff/:id/portrait": get("/api/staff/1/portrait", "/api/staff/2/portrait"),
    "get /api/basemaps": get("/api/basemaps"),
    "get /basemap/:id/:z/:x/:y": get("/basemap/none/1/0/0"),
    "get /tiles/:layers.json": get(`/tiles/${tileLayers.join(",")}.json`),
    "get /tiles/:layers/:z/:x/:y.mvt": get(...tilesRound(side)),
    "post /api/contacts/:id/reveal": ids.contacts.map((id) => ({ method: "post", url: `/api/contacts/${id}/reveal` })),
    "get /api/exports/:register.:ext": get(
      ...registers.flatMap((register) =>
        exportFormats.map((ext) => `/api/exports/${register}.${ext}?area=${encodeURIComponent(area)}`),
      ),
    ),
    ...checkRequests(area, ids),
    ...planRequests(ids.plan),
    ...accountRequests,
    ...operationRequests,
    "delete /api/account/sessions": [{ method: "delete", url: "/api/account/sessions" }],
    "delete /api/session": [{ method: "delete", url: "/api/session" }],
  };

  /** Every tile of the last zooms that the subdistrict meets, its neighbours', and one far out. */
  function tilesRound(of: Side): string[] {
    const names = tileLayers.join(",");
    const urls = new Set<string>();
    for (const z of [11, 14, 15, 16]) {
      for (const [column, row] of [
        [0, 0],
        [1.2, 1.2],
        [1.9, 2],
        [3.9, 3.9],
      ] as const) {
        for (const one of [of, other[of]]) {
          const [x, y] = tileAt(placeIn(one, column, row), z);
          urls.add(`/tiles/${names}/${z}/${x}/${y}.mvt`);
        }
      }
    }
    return [...urls];
  }
}

function tileAt([lon, lat]: readonly [number, number], z: number): [number, number] {
  const side = 2 ** (worldBits - z);
  return [Math.floor(worldX(lon) / side), Math.floor(worldY(lat) / side)];
}

/** Reasons and rules that are sent cannot be used: nothing is to change. */
function checkRequests(area: string, { areas: [id] }: PlantedIds): Record<string, Asked[]> {
  const get = (...urls: string[]): Asked[] => urls.map((url) => ({ method: "get", url }));
  const code = area.split(":")[1];
  return {
    "get /api/areas/:id/check": get(
      `/api/areas/${area}/check`,
      `/api/areas/${id}/check`,
      "/api/areas/governance:0/check",
    ),
    "get /api/networks/:network/check": get("/api/networks/governance/check"),
    "get /api/areas/:id/certificate": get(`/api/areas/${area}/certificate`, "/api/areas/governance:0/certificate"),
    "get /api/networks/:network/certificate": get("/api/networks/governance/certificate"),
    "post /api/areas/:id/check/reasons": [{ method: "post", url: `/api/areas/${area}/check/reasons`, body: {} }],
    "delete /api/areas/:id/check/reasons/:reason": [{ method: "delete", url: `/api/areas/${area}/check/reasons/0` }],
    "put /api/networks/:network/rules": [{ method: "put", url: "/api/networks/governance/rules", body: {} }],
    "get /api/crosswalk": get(`/api/crosswalk?from=governance&to=fire&area=${code}`),
  };
}

/** What is written carries no revision, so nothing changes; a stream that begins would not end. */
function planRequests(id: string): Record<string, Asked[]> {
  const plan = `/api/plans/${id}`;
  const post = (path: string, body: object = {}): Asked[] => [{ method: "post", url: `${plan}/${path}`, body }];
  return {
    "get /api/plans": [{ method: "get", url: "/api/plans" }],
    "post /api/plans": [{ method: "post", url: "/api/plans", body: {} }],
    "get /api/plans/:id": [{ method: "get", url: plan }],
    "get /api/plans/:id/buildings": [{ method: "get", url: `${plan}/buildings` }],
    "get /api/plans/:id/former": [{ method: "get", url: `${plan}/former` }],
    "get /api/plans/:id/operations": [
      { method: "get", url: `${plan}/operations` },
      { method: "get", url: `${plan}/operations?after_revision=0` },
    ],
    "post /api/plans/:id/operations": post("operations", { op: "merge", keep: "1", areas: ["2"] }),
    "post /api/plans/:id/undo": post("undo"),
    "post /api/plans/:id/redo": post("redo"),
    "get /api/plans/:id/check": [{ method: "get", url: `${plan}/check` }],
    "post /api/plans/:id/check/reasons": post("check/reasons"),
    "delete /api/plans/:id/check/reasons/:reason": [{ method: "delete", url: `${plan}/check/reasons/0` }],
    "post /api/plans/:id/comments": post("comments"),
    "post /api/plans/:id/comments/:comment/settle": post("comments/0/settle"),
    "post /api/plans/:id/submit": post("submit", { from_day: null }),
    "post /api/plans/:id/withdraw": post("withdraw"),
    "post /api/plans/:id/approve": post("approve"),
    "post /api/plans/:id/reject": post("reject", { reason: "不行不行" }),
    "post /api/plans/:id/publish": post("publish", { name: "?" }),
    "post /api/plans/:id/discard": post("discard"),
    "post /api/plans/:id/rebase": post("rebase"),
    "get /api/stream": [{ method: "get", url: "/api/stream?plan=x" }],
  };
}

/** Nobody finds anything of the map here; what is sent cannot be used, for nothing is to change. */
const accountRequests: Record<string, Asked[]> = {
  "get /api/session": [{ method: "get", url: "/api/session" }],
  "post /api/session": [{ method: "post", url: "/api/session", body: { name: "nobody.at.all", password: "?" } }],
  "post /api/session/setup": [{ method: "post", url: "/api/session/setup", body: { token: "x".repeat(32) } }],
  "post /api/session/device": [{ method: "post", url: "/api/session/device", body: { token: "x".repeat(32) } }],
  "get /api/session/identity": [{ method: "get", url: "/api/session/identity" }],
  "get /api/session/identity/callback": [{ method: "get", url: "/api/session/identity/callback?code=1&state=2" }],
  "get /api/account/sessions": [{ method: "get", url: "/api/account/sessions" }],
  "put /api/account/password": [{ method: "put", url: "/api/account/password", body: {} }],
  "post /api/account/second_factor": [{ method: "post", url: "/api/account/second_factor", body: {} }],
  "put /api/account/second_factor": [{ method: "put", url: "/api/account/second_factor", body: {} }],
  "delete /api/account/second_factor": [{ method: "delete", url: "/api/account/second_factor", body: {} }],
  "get /api/accounts": [{ method: "get", url: "/api/accounts" }],
  "post /api/accounts": [{ method: "post", url: "/api/accounts", body: {} }],
  "get /api/accounts/:id": [{ method: "get", url: "/api/accounts/1" }],
  "put /api/accounts/:id": [{ method: "put", url: "/api/accounts/1", body: {} }],
  "post /api/accounts/:id/password": [{ method: "post", url: "/api/accounts/0/password" }],
  "post /api/accounts/:id/release": [{ method: "post", url: "/api/accounts/0/release", body: {} }],
  "get /api/organisations": [{ method: "get", url: "/api/organisations" }],
  "get /api/devices": [{ method: "get", url: "/api/devices" }],
  "post /api/devices": [{ method: "post", url: "/api/devices", body: {} }],
  "delete /api/devices/:id": [{ method: "delete", url: "/api/devices/0" }],
  "get /api/audit": [{ method: "get", url: "/api/audit?limit=500" }],
};

const operationRequests: Record<string, Asked[]> = {
  "get /healthz": [{ method: "get", url: "/healthz" }],
  "get /readyz": [{ method: "get", url: "/readyz" }],
  "get /metrics": [{ method: "get", url: "/metrics" }],
  "get /api/openapi.json": [{ method: "get", url: "/api/openapi.json" }],
  "get /problems/:code": [{ method: "get", url: "/problems/access.token" }],
};
