import * as fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { tierOf, tierRules } from "../../../data/access/decide.ts";
import { grantedRoles, type Grant } from "../../../data/access/roles.ts";
import { emptyRows } from "../../../data/exchange/empty_rows.ts";
import type { AreaRow, CityRows } from "../../../data/schema/city_rows.ts";
import { isShownSql, sqlScope } from "../../../server/access/scope_sql.ts";
import type { Db } from "../../../server/db/db.ts";
import { type Sql, sql } from "../../../server/db/sql.ts";
import { loadCity } from "../../../server/loading/load_city.ts";
import { tileRows } from "../../../server/tiles/repository.ts";
import { scopeRepository } from "../../../server/tiles/scope_repository.ts";
import { tileScopes } from "../../../server/tiles/tile_scopes.ts";
import { FeatureSource } from "../../../tiles/resident/feature_source.ts";
import type { TileScope } from "../../../tiles/scope/shown.ts";
import { shownIn } from "../../../tiles/scope/tile_scope.ts";
import { worldBits, worldX, worldY } from "../../../tiles/tile_math.ts";
import { testDatabase } from "../../support/database.ts";
import { aBuilding, anArea } from "../../support/small_city.ts";
import { readStrictly } from "../../tiles/strict_reader.ts";

/**
 * Four areas on two levels with slanted borders, in squares of 0.001°:
 *
 *     0       4       8
 *   4 ┌───────\┬──────┐
 *     │  2     \      │      1: all of it; 2, 3: its parts
 *     │       / \  3  │      4: a part of 2, 5: the rest of it
 *     │  4   /5  \    │
 *   0 └─────/─────\───┘
 */
type Ring = [number, number][];
const rings: Record<number, Ring> = {
  1: [
    [0, 0],
    [8, 0],
    [8, 4],
    [0, 4],
  ],
  2: [
    [0, 0],
    [5, 0],
    [4, 4],
    [0, 4],
  ],
  3: [
    [5, 0],
    [8, 0],
    [8, 4],
    [4, 4],
  ],
  4: [
    [0, 0],
    [2, 0],
    [3, 4],
    [0, 4],
  ],
  5: [
    [2, 0],
    [5, 0],
    [4, 4],
    [3, 4],
  ],
};
const parents: Record<number, number | null> = { 1: null, 2: 1, 3: 1, 4: 2, 5: 2 };
const organisationParents: Record<number, number | null> = { 1: null, 2: 1, 3: 1, 4: 2 };

const degrees = ([x, y]: readonly [number, number]): [number, number] => [121.4 + x / 1000, 33.6 + y / 1000];

function areaOf(id: number): AreaRow {
  const ring = [...rings[id]!, rings[id]![0]!].flatMap(degrees);
  const level_id = id === 1 ? 1 : id < 4 ? 2 : 3;
  return anArea({ id, code: String(id), level_id, parent_id: parents[id]!, geom: [[ring]] });
}

/** Corners, points of straight borders, and anything in and round the city: borders are where answers differ. */
const aPlace: fc.Arbitrary<[number, number]> = fc.oneof(
  fc.constantFrom(...Object.values(rings).flat()),
  fc.tuple(fc.integer({ min: 0, max: 64 }), fc.constantFrom(0, 4)).map(([x, y]): [number, number] => [x / 8, y]),
  fc
    .tuple(fc.integer({ min: -500, max: 8500 }), fc.integer({ min: -500, max: 4500 }))
    .map(([x, y]): [number, number] => [x / 1000 + 0.0001, y / 1000 + 0.0001]),
);
const aHolder = fc.constantFrom(null, 1, 2, 3, 4);

function aCity(): CityRows {
  const count = 60;
  const take = <T>(arbitrary: fc.Arbitrary<T>, seed: number) => fc.sample(arbitrary, { numRuns: count, seed });
  const points = (seed: number) => take(aPlace, seed).map(degrees);
  const holders = take(aHolder, 9);
  const lines = take(fc.uniqueArray(aPlace, { minLength: 2, maxLength: 4, selector: String }), 4).map((line) =>
    line.map(degrees),
  );
  const kinds = ["hydrant", "camera", "lamp"] as const;
  return {
    ...emptyRows("测试"),
    network: [{ id: 1, code: "governance", prefix: "SQ", name: "网", name_en: "Net", mark: "网", ordinal: 1 }],
    level: (["subdistrict", "community", "grid"] as const).map((role, i) => ({
      id: i + 1,
      network_id: 1,
      ordinal: i + 1,
      role,
      name: role,
      name_en: role,
      profile_id: null,
    })),
    area: Object.keys(rings).map((id) => areaOf(Number(id))),
    organisation: Object.entries(organisationParents).map(([id, parent_id]) => ({
      id: Number(id),
      parent_id,
      code: `O${id}`,
      name: `单位${id}`,
      kind: "company",
      area_id: null,
      at: null,
    })),
    building: points(1).map((at, i) => ({ ...aBuilding({ id: i + 1, at }, [0, 0]), ...squareRound(at) })),
    key_unit: points(2).map((at, i) => ({
      id: i + 1,
      code: `K${i}`,
      name: `单位${i}`,
      short_name: `单位${i}`,
      level: 2,
      category: "school",
      address: "",
      building_id: null,
      organisation_id: holders[i]!,
      filed_managers: null,
      filed_maintenance: null,
      filed_assessment: null,
      at,
    })),
    component: points(3).map((at, i) => ({
      id: i + 1,
      code: `C${i}`,
      kind: kinds[i % 3]!,
      status: "in_use",
      diameter_mm: null,
      pipe_id: null,
      road_id: null,
      at,
    })),
    pipe_node: [1, 2].map((id) => ({
      id,
      code: `N${id}`,
      pipe_kind: "JS",
      kind: "tee",
      status: "in_use",
      at: degrees([1, 1]),
    })),
    pipe: lines.map((line, i) => ({
      id: i + 1,
      code: `P${i}`,
      kind: "JS",
      from_node_id: 1,
      to_node_id: 2,
      diameter_mm: 100,
      section: null,
      material: "PE",
      depth_m: 1,
      pressure: null,
      year: 2000,
      status: "in_use",
      owner_id: holders[i]!,
      geom: line.flat(),
    })),
  };
}

/** The footprint may stand across a border: the point decides. */
function squareRound([lon, lat]: [number, number]): { geom: number[][][] } {
  const d = 2e-4;
  const ring = [lon - d, lat - d, lon + d, lat - d, lon + d, lat + d, lon - d, lat + d, lon - d, lat - d];
  return { geom: [[ring]] };
}

interface Place {
  id: number;
  line: [number, number][];
  holder: number | null;
  kind: string | null;
}

const layers = {
  buildings: { from: sql`building t`, shape: sql`t.at`, holder: null, kind: null, hides: "households" },
  key_units: { from: sql`key_unit t`, shape: sql`t.at`, holder: sql`t.organisation_id`, kind: null, hides: "level" },
  components: { from: sql`component t`, shape: sql`t.at`, holder: null, kind: sql`t.kind`, hides: null },
  pipes: { from: sql`pipe t`, shape: sql`t.geom`, holder: sql`t.owner_id`, kind: sql`t.kind`, hides: null },
} as const;
type Layer = keyof typeof layers;

const today = "2026-11-24";
let db: Db;
let scopeOf: (grants: readonly Grant[]) => Promise<TileScope>;
const sources = {} as Record<Layer, FeatureSource>;
const places = {} as Record<Layer, Place[]>;
/** Corners of the areas as the database has them. */
const corners: Record<string, [number, number][]> = {};

beforeAll(async () => {
  db = await testDatabase();
  await loadCity(db, aCity());
  scopeOf = tileScopes(scopeRepository(db), () => today).of;
  for (const layer of Object.keys(layers) as Layer[]) {
    sources[layer] = new FeatureSource(
      layer,
      tileRows(db, () => today),
    );
    await sources[layer].load();
    places[layer] = await readPlaces(layer);
  }
  for (const { id, line } of await db.query(sql<{ id: string; line: [number, number][] }>`
    select area_id::text as id, st_asgeojson(geom, 15)::json -> 'coordinates' -> 0 -> 0 as line from area_version`)) {
    corners[id] = line;
  }
}, 120_000);

function readPlaces(layer: Layer): Promise<Place[]> {
  const { from, shape, holder, kind } = layers[layer];
  return db.query(sql<Place>`
    select t.id, ${holder ?? sql`null::bigint`} as holder, ${kind ?? sql`null::text`} as kind,
      (select json_agg(json_build_array(st_x(d.geom), st_y(d.geom)) order by d.path) from st_dumppoints(${shape}) d) as line
    from ${from} order by t.id`);
}

/** By hand: of a convex ring, the part of a stretch that lies left of every side; a point is a stretch to itself. */
function liesIn(line: readonly [number, number][], area: string): boolean {
  const ring = corners[area];
  if (!ring) return false;
  const turn = ring.reduce((sum, [x, y], i) => {
    const [u, v] = ring[(i + 1) % ring.length]!;
    return sum + (x - ring[0]![0]) * (v - ring[0]![1]) - (u - ring[0]![0]) * (y - ring[0]![1]);
  }, 0);
  const sideOf = ([x, y]: readonly [number, number], i: number) => {
    const [[ax, ay], [bx, by]] = [ring[i]!, ring[i + 1]!];
    return Math.sign(turn) * ((bx - ax) * (y - ay) - (x - ax) * (by - ay));
  };
  return line.some((p, k) => {
    const q = line[k + 1] ?? p;
    let [from, to] = [0, 1];
    for (let i = 0; i < ring.length - 1; i++) {
      const [a, b] = [sideOf(p, i), sideOf(q, i)];
      if (a < 0 && b < 0) return false;
      if (a < 0) from = Math.max(from, a / (a - b));
      if (b < 0) to = Math.min(to, a / (a - b));
    }
    return from <= to;
  });
}

function isHeldBy(holder: number | null, organisation: string): boolean {
  for (let id = holder; id !== null; id = organisationParents[id]!) if (String(id) === organisation) return true;
  return false;
}

/** What decide.ts says: the tier of each thing that is shown. */
function decided(layer: Layer, grants: readonly Grant[]): Map<number, number> {
  const tiers = new Map<number, number>();
  for (const { id, line, holder, kind } of places[layer]) {
    const tier = tierOf(layer, grants, {
      isIn: (area) => liesIn(line, area),
      isHeldBy: (organisation) => isHeldBy(holder, organisation),
    });
    if (tier > 0 && !(kind !== null && tierRules(layer, tier)!.without_kinds.includes(kind))) tiers.set(id, tier);
  }
  return tiers;
}

async function selected(layer: Layer, grants: readonly Grant[]): Promise<Map<number, number>> {
  const { from, shape, holder, kind } = layers[layer];
  const tier: Sql = sqlScope(grants, today).tier(layer, { shape, holder });
  const rows = await db.query(sql<{ id: number; tier: number }>`
    select t.id, s.tier from ${from} cross join lateral (select ${tier} as tier) s
    where ${isShownSql(layer, sql`s.tier`, kind)} order by t.id`);
  return new Map(rows.map(({ id, tier: of }) => [id, of]));
}

/** Every feature of the layer at the last zoom, and whether the attribute that a lower tier hides is there. */
async function drawn(layer: Layer, grants: readonly Grant[]): Promise<Map<number, boolean>> {
  const scope = await scopeOf(grants);
  const source = sources[layer];
  const shown = new Map<number, boolean>();
  const side = 2 ** (worldBits - 16);
  const [west, south] = degrees([-2, -2]);
  const [east, north] = degrees([10, 6]);
  for (let x = Math.floor(worldX(west) / side); x <= worldX(east) / side; x++) {
    for (let y = Math.floor(worldY(north) / side); y <= worldY(south) / side; y++) {
      const what = shownIn(scope, layer, source.reach(), [16, x, y]);
      const bytes = await source.tile(16, x, y, { network: null, edition: null }, what);
      for (const { id, attributes } of readStrictly(bytes).flatMap(({ features }) => features)) {
        const isFull = layers[layer].hides === null || layers[layer].hides in attributes;
        expect(shown.get(id!) ?? isFull, `${layer} ${id} in two tiles`).toBe(isFull);
        shown.set(id!, isFull);
      }
    }
  }
  return shown;
}

const aGrant: fc.Arbitrary<Grant> = fc.record({
  role: fc.constantFrom(...grantedRoles.filter((role) => !role.endsWith("_admin"))),
  // 9 is no area: whoever was granted one that was retired is nowhere
  area_id: fc.constantFrom("1", "2", "3", "4", "5", "9"),
  organisation_id: fc.option(fc.constantFrom("1", "2", "3", "4"), { freq: 2 }),
});

test("SQL, tiles and the rule itself let through the same things in the same tiers, whatever was granted", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(aGrant, { maxLength: 4 }), async (grants) => {
      for (const layer of Object.keys(layers) as Layer[]) {
        const rule = decided(layer, grants);
        expect(await selected(layer, grants), `${layer} in SQL`).toEqual(rule);
        const full = new Map([...rule].map(([id, tier]) => [id, isFullTier(layer, tier)]));
        expect(sorted(await drawn(layer, grants)), `${layer} in tiles`).toEqual(sorted(full));
      }
    }),
    { numRuns: 60 },
  );
});

test("SQL lets through the same things where more areas were granted than are asked one by one", async () => {
  const others = Array.from({ length: 20 }, (_, i) => String(100 + i)); // retired ones
  await fc.assert(
    fc.asyncProperty(fc.array(aGrant, { minLength: 1, maxLength: 4 }), async (few) => {
      const grants = few.flatMap((grant) => [
        grant,
        ...others.map((area_id): Grant => ({ ...grant, area_id, organisation_id: null })),
      ]);
      for (const layer of Object.keys(layers) as Layer[]) {
        expect(await selected(layer, grants), layer).toEqual(decided(layer, grants));
      }
    }),
    { numRuns: 60 },
  );
});

function isFullTier(layer: Layer, tier: number): boolean {
  const { hides } = layers[layer];
  return hides === null || !tierRules(layer, tier)!.hides.includes(hides);
}

const sorted = (map: ReadonlyMap<number, boolean>) => [...map].sort(([a], [b]) => a - b);
