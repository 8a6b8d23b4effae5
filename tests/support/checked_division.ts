import type { CheckedArea, CheckedThing, Division, Profile, ThingKind } from "../../data/checks/division.ts";
import type { MultiPolygon, Position, Shape } from "../../data/schema/geometry.ts";

/** Degrees of a metre at 33.6° north, about. */
const [metreEast, metreNorth] = [1 / 92_900, 1 / 110_900];
const snap = (degrees: number) => Math.round(degrees * 1e9) / 1e9;

/** A position some metres east and north of a corner of the demo city. */
export function at(x: number, y: number): Position {
  return [snap(121.4 + x * metreEast), snap(33.6 + y * metreNorth)];
}

/** Metres. */
export function box(west: number, south: number, east: number, north: number): MultiPolygon {
  return [[line(west, south, east, south, east, north, west, north, west, south)]];
}

/** x, y, x, y … in metres. */
export function line(...metres: number[]): number[] {
  return metres.flatMap((x, i) => (i % 2 === 0 ? at(x, metres[i + 1]!) : []));
}

export function aProfile(change: Partial<Profile> = {}): Profile {
  return {
    id: "1",
    name: "网格规模",
    source: "《网格化服务管理规范》",
    joined: "and",
    households: [null, null],
    people: [null, null],
    area_m2: [null, null],
    staffing: {},
    pieces_max: null,
    compactness_min: null,
    border_on_roads_min: null,
    balance_max: null,
    ...change,
  };
}

/** A basic grid without limits; its code is its id. */
export function anArea(id: string, polygons: MultiPolygon, change: Partial<CheckedArea> = {}): CheckedArea {
  return {
    id,
    code: id,
    name: id,
    short_name: id,
    parent_id: null,
    role: "grid",
    kind: "basic",
    polygons,
    profile: null,
    households: 0,
    people: 0,
    staff: {},
    ...change,
  };
}

export function aThing(kind: ThingKind, id: string, shape: Shape, change: Partial<CheckedThing> = {}): CheckedThing {
  const middle = change.at ?? middleOf(shape);
  const counts = { households: 0, people: 0 };
  return {
    kind,
    id,
    name: id,
    shape,
    at: middle,
    ...counts,
    building_id: null,
    road_class: null,
    use: null,
    ...change,
  };
}

export const point = (x: number, y: number): Shape => ({ type: "Point", at: at(x, y) });
export const surface = (polygons: MultiPolygon): Shape => ({ type: "MultiPolygon", polygons });
export const lines = (...all: number[][]): Shape => ({ type: "MultiLineString", lines: all });

/** Of the first ring's or line's box. */
function middleOf(shape: Shape): Position {
  if (shape.type === "Point") return shape.at;
  const first = shape.type === "MultiPolygon" ? shape.polygons[0]![0]! : shape.lines[0]!;
  const [lons, lats] = [0, 1].map((odd) => first.filter((_, i) => i % 2 === odd));
  const middle = (values: number[]) => (Math.min(...values) + Math.max(...values)) / 2;
  return [middle(lons!), middle(lats!)];
}

export function aDivision(areas: CheckedArea[], change: Partial<Division> = {}): Division {
  return {
    areas,
    top_id: areas[0]?.id ?? null,
    rules: { special_areas: "beside", water: "covered", hydrant_radius_m: 150 },
    things: [],
    hydrants: null,
    ...change,
  };
}
