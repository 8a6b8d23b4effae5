import { createHash } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { isInRing } from "../../../data/measure/in_ring.ts";
import { isCreditCode } from "../../../data/demo/registers/credit_code.ts";
import { isImpossiblePhone } from "../../../data/demo/registers/phones.ts";
import { localPlane } from "../../../data/demo/local_plane.ts";
import type { Position } from "../../../data/schema/geometry.ts";
import { keyUnitCategories } from "../../../data/vocabulary/key_unit_categories.ts";
import { type FurnishedPlace, furnishPlace } from "./registers_district.ts";

let place: FurnishedPlace;
beforeAll(() => {
  place = furnishPlace("district");
});

const values = <Row, Key extends keyof Row>(rows: readonly Row[], key: Key) => rows.map((row) => row[key]);
const repeated = (list: readonly unknown[]) => list.length - new Set(list).size;

test("two runs give the same bytes", () => {
  const digest = (rows: unknown) => createHash("sha256").update(JSON.stringify(rows)).digest("hex");
  expect(digest(furnishPlace("district").rows)).toBe(digest(place.rows));
});

test("ids run from one in the order of the rows, and no number, code or phone occurs twice", () => {
  const { rows } = place;
  for (const list of Object.values(rows)) {
    if (list.length === 0 || typeof list[0] !== "object" || !("id" in list[0])) continue;
    expect((list as { id: number }[]).every((row, index) => row.id === index + 1)).toBe(true);
  }
  expect(repeated(values(rows.staff, "number"))).toBe(0);
  expect(repeated(values(rows.contact, "phone"))).toBe(0);
  expect(repeated(values(rows.legal_entity, "credit_code"))).toBe(0);
  for (const list of [rows.pipe, rows.pipe_node, rows.component, rows.key_unit, rows.organisation, rows.duty]) {
    expect(repeated(values(list as { code: string }[], "code"))).toBe(0);
  }
});

test("credit codes are valid and phones are nobody's", () => {
  expect(place.rows.legal_entity.every((row) => isCreditCode(row.credit_code))).toBe(true);
  expect(place.rows.contact.every((row) => isImpossiblePhone(row.phone))).toBe(true);
});

test("a contact has one owner, and units name their people", () => {
  for (const { staff_id, key_unit_id, organisation_id, name } of place.rows.contact) {
    expect([staff_id, key_unit_id, organisation_id].filter((id) => id !== null)).toHaveLength(1);
    expect(name !== null).toBe(key_unit_id !== null);
  }
});

describe("东街社区", () => {
  const inDongjie = () => {
    const { plan, division, rows } = place;
    return rows.legal_entity.filter(
      (row) => division.community[plan.buildings[row.building_id! - 1]!.parcel] === division.places.dongjie,
    );
  };
  test("has 224 shops, 18 government and enterprise units and 16 places of key trades", () => {
    const units = inDongjie();
    expect(units.filter((row) => row.kind === "shop")).toHaveLength(224);
    expect(units.filter((row) => row.kind !== "shop")).toHaveLength(18);
    expect(units.filter((row) => row.key_trade)).toHaveLength(16);
  });
});

test("every entrance lies on the outline of its building, and entrances share its households", () => {
  const { plan, division, rows } = place;
  const plane = localPlane(plan.origin);
  const sums = plan.buildings.map(() => 0);
  let farthest = 0;
  for (const entrance of rows.entrance) {
    const index = entrance.building_id - 1;
    sums[index]! += entrance.households;
    farthest = Math.max(farthest, distanceToRing(plan.buildings[index]!.ring, metresOf(entrance.at, plane)));
  }
  expect(farthest).toBeLessThan(0.03);
  const wrong = plan.buildings.filter(
    (building, index) => building.entrances > 0 && sums[index] !== division.counts.households[index],
  );
  expect(wrong).toEqual([]);
});

test("standard addresses are unique, and numbers rise along the street with odd and even sides apart", () => {
  const { rows } = place;
  expect(rows.address).toHaveLength(place.plan.buildings.length);
  expect(repeated(values(rows.address, "text"))).toBe(0);
  const onStreets = rows.address.filter((row) => row.road_id !== null);
  expect(onStreets.length).toBeGreaterThan(500);
  for (const row of onStreets) {
    const { name } = place.plan.streets[row.road_id! - 1]!;
    expect(row.text.slice(0, name!.length)).toBe(name);
    expect(row.text.slice(name!.length)).toMatch(/^\d+号$/);
  }
});

test("every point lies in the plan", () => {
  const { plan, rows } = place;
  const finder = parcelFinder(plan);
  const lists: Record<string, readonly { at: Position | null }[]> = {
    entrance: rows.entrance,
    address: rows.address,
    organisation: rows.organisation,
    facility: rows.facility,
    legal_entity: rows.legal_entity,
    pipe_node: rows.pipe_node,
    component: rows.component,
    water_source: rows.water_source,
    key_unit: rows.key_unit,
    small_place: rows.small_place,
  };
  const outside = Object.entries(lists).flatMap(([name, list]) =>
    list.filter((row) => row.at !== null && !finder(row.at)).map((row) => ({ name, at: row.at })),
  );
  expect(outside).toEqual([]);
});

test("hydrants stand about one each 110 m of street, some out of order, and each is fed by a water pipe", () => {
  const { plan, rows } = place;
  const hydrants = rows.component.filter((row) => row.kind === "hydrant");
  const metres = plan.streets
    .filter((street) => ["ring", "main", "secondary", "side"].includes(street.class))
    .reduce((sum, street) => sum + streetLength(plan, street.vertices), 0);
  expect(metres / hydrants.length).toBeGreaterThan(95);
  expect(metres / hydrants.length).toBeLessThan(130);
  expect(hydrants.every((row) => rows.pipe[row.pipe_id! - 1]!.kind === "JS")).toBe(true);
  const broken = hydrants.filter((row) => row.status === "out_of_order").length / hydrants.length;
  expect(broken).toBeGreaterThan(0.01);
  expect(broken).toBeLessThan(0.05);
});

test("key units have three levels, categories, people, and filings that some still owe", () => {
  const { key_unit, contact } = place.rows;
  expect(key_unit.length).toBeGreaterThanOrEqual(40);
  expect(key_unit.length).toBeLessThanOrEqual(60);
  expect(new Set(values(key_unit, "level"))).toEqual(new Set([1, 2, 3]));
  for (const unit of key_unit) {
    const people = contact.filter((row) => row.key_unit_id === unit.id);
    expect(keyUnitCategories).toHaveProperty(unit.category);
    expect(new Set(values(people, "kind"))).toEqual(new Set(["responsible", "manager"]));
    if (unit.level === 1) expect(unit.filed_managers && unit.filed_maintenance && unit.filed_assessment).toBeTruthy();
  }
  expect(key_unit.some((unit) => unit.filed_assessment === null)).toBe(true);
});

test("climbing areas and fire lanes of high buildings are free of houses", () => {
  const { plan, rows } = place;
  const plane = localPlane(plan.origin);
  expect(rows.fire_access.length).toBeGreaterThan(100);
  for (const { shape } of rows.fire_access) {
    const line =
      shape.type === "MultiPolygon" ? shape.polygons[0]![0]! : shape.type === "MultiLineString" ? shape.lines[0]! : [];
    for (let i = 0; i + 1 < line.length; i += 2) {
      const [x, y] = metresOf([line[i]!, line[i + 1]!], plane);
      const hit = plan.buildings.find((building) => isInRing(building.ring, x, y));
      expect(hit).toBeUndefined();
    }
  }
});

function metresOf([lon, lat]: Position, plane: ReturnType<typeof localPlane>): [number, number] {
  const [west, east] = [plane.lon(0), plane.lon(10_000)];
  const [south, north] = [plane.lat(0), plane.lat(10_000)];
  return [((lon - west) / (east - west)) * 10_000, ((lat - south) / (north - south)) * 10_000];
}

function streetLength(plan: FurnishedPlace["plan"], vertices: readonly number[]): number {
  let sum = 0;
  for (let i = 1; i < vertices.length; i++) {
    const [a, b] = [vertices[i - 1]!, vertices[i]!];
    sum += Math.hypot(plan.x[b]! - plan.x[a]!, plan.y[b]! - plan.y[a]!);
  }
  return sum;
}

function distanceToRing(ring: readonly number[], [x, y]: [number, number]): number {
  let best = Infinity;
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    const [dx, dy] = [ring[i]! - ring[j]!, ring[i + 1]! - ring[j + 1]!];
    const share = Math.max(0, Math.min(1, ((x - ring[j]!) * dx + (y - ring[j + 1]!) * dy) / (dx * dx + dy * dy)));
    best = Math.min(best, Math.hypot(x - ring[j]! - dx * share, y - ring[j + 1]! - dy * share));
  }
  return best;
}

/** Tells whether a position lies in some parcel, its border included to a centimetre. */
function parcelFinder(plan: FurnishedPlace["plan"]): (at: Position) => boolean {
  const plane = localPlane(plan.origin);
  const rings = plan.parcels.map((parcel) => parcel.ring.flatMap((vertex) => [plan.x[vertex]!, plan.y[vertex]!]));
  const cells = new Map<string, number[]>();
  rings.forEach((ring, index) => {
    const xs = ring.filter((_, i) => i % 2 === 0);
    const ys = ring.filter((_, i) => i % 2 === 1);
    for (let i = Math.floor(Math.min(...xs) / 200); i <= Math.floor(Math.max(...xs) / 200); i++) {
      for (let j = Math.floor(Math.min(...ys) / 200); j <= Math.floor(Math.max(...ys) / 200); j++) {
        const key = `${i},${j}`;
        cells.set(key, [...(cells.get(key) ?? []), index]);
      }
    }
  });
  return (at) => {
    const [x, y] = metresOf(at, plane);
    const near = cells.get(`${Math.floor(x / 200)},${Math.floor(y / 200)}`) ?? [];
    return near.some((index) => isInRing(rings[index]!, x, y) || distanceToRing(rings[index]!, [x, y]) < 0.02);
  };
}
