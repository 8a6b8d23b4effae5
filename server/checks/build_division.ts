import type { CheckedArea, CheckedThing, Division, Profile } from "../../data/checks/division.ts";
import { resolveProfiles } from "../../data/checks/resolve_profile.ts";
import type { AreaRef } from "../../data/schema/area.ts";
import type { MultiPolygon, Position, Shape } from "../../data/schema/geometry.ts";
import type { AreaFacts, CheckMessage, Columns, DivisionBegin } from "./check_protocol.ts";
import { type PackedShapes, unpackShapes } from "./packed_shapes.ts";

/** A division for the kernel, and what the kernel need not know of it. */
export interface BuiltDivision {
  division: Division;
  refs: Map<string, AreaRef>;
  duties: DivisionBegin["duties"];
}

export interface DivisionBuilder {
  take: (message: CheckMessage) => void;
  finish: () => BuiltDivision;
}

/** Puts a division together from the pages that arrive. */
export function buildDivision(begin: DivisionBegin): DivisionBuilder {
  const rows: { facts: AreaFacts; polygons: MultiPolygon }[] = [];
  const things: CheckedThing[] = [];
  const hydrants: Position[] = [];
  const staff = new Map<string, Record<string, number>>();

  return {
    take(message) {
      if (message.kind === "areas") {
        for (const [facts, shape] of paired(message)) rows.push({ facts, polygons: surfaceOf(shape) });
      } else if (message.kind === "things") {
        for (const thing of thingsOf(message)) things.push(thing);
      } else if (message.kind === "staff") {
        for (const { area_id, duty, holders } of rowsOf(message.facts)) {
          staff.set(area_id, { ...staff.get(area_id), [duty]: holders });
        }
      } else if (message.kind === "hydrants") {
        const { positions } = message;
        for (let i = 0; i < positions.length; i += 2) hydrants.push([positions[i]!, positions[i + 1]!]);
      } else throw new Error(`${message.kind} is no part of a division`);
    },
    finish: () => ({
      division: {
        areas: checkedAreas(begin, rows, staff),
        top_id: begin.top_id,
        rules: begin.rules,
        things,
        hydrants: begin.knows_hydrants ? hydrants : null,
      },
      refs: new Map(rows.map(({ facts }) => [facts.id, refOf(facts)])),
      duties: begin.duties,
    }),
  };
}

/** Field by field: of a city there are half a million. */
export function thingsOf({ of: kind, facts, shapes }: CheckMessage & { kind: "things" }): CheckedThing[] {
  const { id, name, lon, lat, households, people, building_id, road_class, use } = facts;
  return unpackShapes(shapes).map((shape, i) => ({
    kind,
    id: id[i]!,
    name: name[i]!,
    shape,
    at: [lon[i]!, lat[i]!],
    households: households[i]!,
    people: people[i]!,
    building_id: building_id[i]!,
    road_class: road_class[i]!,
    use: use[i]!,
  }));
}

function checkedAreas(
  { top_id, profiles, inherited_profile_id }: DivisionBegin,
  rows: readonly { facts: AreaFacts; polygons: MultiPolygon }[],
  staff: ReadonlyMap<string, Readonly<Record<string, number>>>,
): CheckedArea[] {
  const known = new Set(rows.map(({ facts }) => facts.id));
  // a parent that is not judged sets nothing here, but for what it hands down
  const parentOf = ({ id, parent_id }: AreaFacts) =>
    id !== top_id && parent_id !== null && known.has(parent_id) ? parent_id : null;
  const limits = new Map(profiles.map((profile) => [profile.id, profile]));
  const profile = (id: string | null): Profile | null => (id === null ? null : (limits.get(id) ?? null));
  const above = {
    id: "",
    parent_id: null,
    profile: null,
    child_profile: profile(inherited_profile_id),
    level_profile: null,
  };
  const resolved = resolveProfiles([
    above,
    ...rows.map(({ facts }) => ({
      id: facts.id,
      parent_id: parentOf(facts) ?? above.id,
      profile: profile(facts.profile_id),
      child_profile: profile(facts.child_profile_id),
      level_profile: profile(facts.level_profile_id),
    })),
  ]);
  return rows.map(({ facts, polygons }) => {
    const { id, code, name, short_name, role, kind, households, people } = facts;
    return {
      ...{ id, code, name, short_name, role, kind, households, people, polygons },
      parent_id: parentOf(facts),
      profile: resolved.get(id) ?? null,
      staff: staff.get(id) ?? {},
    };
  });
}

function refOf({ id, network, code, name, short_name, level, role }: AreaRef): AreaRef {
  return { id, network, code, name, short_name, level, role };
}

export function surfaceOf(shape: Shape): MultiPolygon {
  if (shape.type !== "MultiPolygon") throw new RangeError(`a ${shape.type} is no surface`);
  return shape.polygons;
}

/** Each row of a page with its shape. */
export function* paired<T>({ facts, shapes }: { facts: Columns<T>; shapes: PackedShapes }): Generator<[T, Shape]> {
  const unpacked = unpackShapes(shapes);
  let i = 0;
  for (const row of rowsOf(facts)) yield [row, unpacked[i++]!];
}

export function* rowsOf<T>(columns: Columns<T>): Generator<T> {
  const names = Object.keys(columns) as (keyof T)[];
  const { length } = columns[names[0]!];
  for (let i = 0; i < length; i++) {
    yield Object.fromEntries(names.map((name) => [name, columns[name][i]])) as T;
  }
}
