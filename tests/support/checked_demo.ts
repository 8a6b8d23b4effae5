import type {
  CheckedArea,
  CheckedThing,
  Division,
  NetworkRules,
  Profile,
  ThingKind,
} from "../../data/checks/division.ts";
import { areaLocator } from "../../data/checks/area_locator.ts";
import { resolveProfiles } from "../../data/checks/resolve_profile.ts";
import type { AreaRow, CityRows, ProfileRow } from "../../data/schema/city_rows.ts";
import type { Position, Shape } from "../../data/schema/geometry.ts";

const usualRules: NetworkRules = { special_areas: "beside", water: "covered", hydrant_radius_m: 150 };

/** A whole network of generated rows, as the checks take it. */
export function divisionOf(rows: CityRows, network: string, rules: NetworkRules = usualRules): Division {
  return {
    areas: checkedAreas(rows, network),
    top_id: null,
    rules,
    things: checkedThings(rows),
    hydrants: rows.component
      .filter(({ kind, status }) => kind === "hydrant" && status === "in_use")
      .map(({ at }) => at),
  };
}

/** An area and all below it, with the things whose point lies in it and all roads. */
export function divisionBelow(division: Division, topId: string): Division {
  const below = new Set([topId]);
  for (const { id, parent_id } of division.areas) if (parent_id !== null && below.has(parent_id)) below.add(id);
  const areas = division.areas.filter(({ id }) => below.has(id));
  const locate = areaLocator([areas[0]!]);
  const things = division.things.filter(({ kind, at }) => kind === "road" || kind === "water" || locate(at) === 0);
  return { ...division, areas, top_id: topId, things };
}

function checkedAreas(rows: CityRows, network: string): CheckedArea[] {
  const { id: networkId } = rows.network.find(({ code }) => code === network)!;
  const levels = new Map(rows.level.map((level) => [level.id, level]));
  const own = rows.area.filter(({ network_id }) => network_id === networkId);
  const profiles = new Map(rows.profile.map((row) => [row.id, profileOf(row)]));
  const profile = (id: number | null) => (id === null ? null : profiles.get(id)!);
  const resolved = resolveProfiles(
    own.map((area) => ({
      id: String(area.id),
      parent_id: area.parent_id === null ? null : String(area.parent_id),
      profile: profile(area.profile_id),
      child_profile: profile(area.child_profile_id),
      level_profile: profile(levels.get(area.level_id)!.profile_id),
    })),
  );
  const counts = countAreas(rows, own);
  const staff = countStaff(rows);
  return own.map((area) => ({
    id: String(area.id),
    code: area.code,
    name: area.name,
    short_name: area.short_name,
    parent_id: area.parent_id === null ? null : String(area.parent_id),
    role: levels.get(area.level_id)!.role,
    kind: area.kind,
    polygons: area.geom,
    profile: resolved.get(String(area.id))!,
    ...counts.get(area.id)!,
    staff: staff.get(area.id) ?? {},
  }));
}

function profileOf(row: ProfileRow): Profile {
  return {
    id: String(row.id),
    name: row.name,
    source: row.source,
    joined: row.joined,
    households: [row.households_min, row.households_max],
    people: [row.people_min, row.people_max],
    area_m2: [row.area_m2_min, row.area_m2_max],
    staffing: row.staffing,
    pieces_max: null,
    compactness_min: null,
    border_on_roads_min: null,
    balance_max: null,
  };
}

function countAreas(rows: CityRows, areas: readonly AreaRow[]) {
  const counts = new Map(areas.map(({ id }) => [id, { households: 0, people: 0 }]));
  const byId = new Map(areas.map((area) => [area.id, area]));
  const parents = new Set(areas.map(({ parent_id }) => parent_id));
  const lowest = areas.filter(({ id }) => !parents.has(id));
  const locate = areaLocator(lowest.map(({ geom }) => ({ polygons: geom })));
  for (const { at, households, people } of rows.building) {
    for (let area: AreaRow | undefined = lowest[locate(at)]; area; area = byId.get(area.parent_id ?? -1)) {
      const sum = counts.get(area.id)!;
      sum.households += households;
      sum.people += people;
    }
  }
  return counts;
}

function countStaff(rows: CityRows): Map<number, Record<string, number>> {
  const duties = new Map(rows.duty.map(({ id, code }) => [id, code]));
  const staff = new Map<number, Record<string, number>>();
  for (const { area_id, duty_id, to_day } of rows.assignment) {
    if (area_id === null || to_day !== null) continue;
    const held = staff.get(area_id) ?? {};
    const duty = duties.get(duty_id)!;
    staff.set(area_id, { ...held, [duty]: (held[duty] ?? 0) + 1 });
  }
  return staff;
}

function checkedThings(rows: CityRows): CheckedThing[] {
  const estates = new Map<number, { households: number; people: number }>();
  for (const { estate_id, households, people } of rows.building) {
    if (estate_id === null) continue;
    const sum = estates.get(estate_id) ?? { households: 0, people: 0 };
    estates.set(estate_id, { households: sum.households + households, people: sum.people + people });
  }
  const point = (at: Position): Shape => ({ type: "Point", at });
  const surface = (polygons: number[][][]): Shape => ({ type: "MultiPolygon", polygons });
  const first = (line: readonly number[]): Position => [line[0]!, line[1]!];
  const roads = rows.road.map(({ id, name, class: road_class, geom }) =>
    aThing("road", { id, name, shape: { type: "MultiLineString", lines: geom }, at: first(geom[0]!), road_class }),
  );
  const buildings = rows.building.map(({ geom, ...row }) => aThing("building", { ...row, shape: surface(geom) }));
  const grounds = rows.estate.map(({ id, name, geom }) =>
    aThing("estate", { id, name, shape: surface(geom), at: first(geom[0]![0]!), ...estates.get(id) }),
  );
  const points = (["facility", "legal_entity", "key_unit"] as const).flatMap((kind) =>
    (rows[kind] as readonly { id: number; name: string; at: Position; building_id?: number | null }[]).map((row) =>
      aThing(kind, {
        ...row,
        shape: point(row.at),
        building_id: row.building_id ? String(row.building_id) : null,
      }),
    ),
  );
  const water = rows.ground
    .filter(({ kind }) => kind === "water")
    .map(({ id, name, shape }) => aThing("water", { id, name, shape, at: [0, 0] }));
  return [...roads, ...buildings, ...grounds, ...points, ...water];
}

type ThingDraft = { id: number; name: string | null; shape: Shape; at: Position } & Partial<
  Omit<CheckedThing, "id" | "name" | "shape" | "at" | "kind">
>;

function aThing(kind: ThingKind, draft: ThingDraft): CheckedThing {
  const { id, name, shape, at, households = 0, people = 0, building_id = null, road_class = null, use = null } = draft;
  return { kind, id: String(id), name: name ?? "", shape, at, households, people, building_id, road_class, use };
}
