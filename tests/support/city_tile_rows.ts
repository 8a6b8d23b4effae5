import { colourAreas } from "../../data/cartography/colouring.ts";
import { buildArcs } from "../../data/division/arcs.ts";
import { findNeighbours } from "../../data/division/neighbours.ts";
import { areaOf } from "../../data/measure/area.ts";
import { poleOf } from "../../data/measure/pole.ts";
import type { AreaRow, CityRows } from "../../data/schema/city_rows.ts";
import type { Shape } from "../../data/schema/geometry.ts";
import type { AreaChunk, AttributeValue, FeatureChunk, FeatureLayer, TileRows } from "../../tiles/rows.ts";
import { ShapeCollector } from "../../tiles/shape_columns.ts";

interface Feature {
  id: number;
  shape: Shape;
  values: Record<string, AttributeValue>;
  at?: [number, number];
  holder?: number;
}

const point = (at: [number, number]): Shape => ({ type: "Point", at });

/** Each layer's rows as the database gives them, from rows in memory. */
function featuresOf(city: CityRows, layer: FeatureLayer): Feature[] {
  switch (layer) {
    case "buildings":
      return city.building.map(({ id, geom, estimated, at, ...values }) => ({
        id,
        at,
        shape: { type: "MultiPolygon", polygons: geom },
        values: {
          ...scalars(values),
          name: values.name || null,
          number: values.number || null,
          estimated: Number(estimated),
        },
      }));
    case "estates":
      return city.estate.map(({ id, geom, ...values }) => ({
        id,
        shape: { type: "MultiPolygon", polygons: geom },
        values,
      }));
    case "roads":
      return city.road.map(({ id, geom, ...values }) => ({
        id,
        shape: { type: "MultiLineString", lines: geom },
        values,
      }));
    case "pipes":
      return city.pipe.map(({ id, geom, owner_id, ...values }) => ({
        id,
        holder: owner_id ?? 0,
        shape: { type: "MultiLineString", lines: [geom] },
        values,
      }));
    case "ground":
      return city.ground.map(({ id, shape, ...values }) => ({ id, shape, values }));
    case "components":
      return [
        ...city.component.map(({ id, at, ...values }) => ({ id, shape: point(at), values })),
        ...city.pipe_node
          .filter(({ kind }) => kind === "valve" || kind === "manhole" || kind === "source")
          .map(({ id, at, ...values }) => ({ id: 2 ** 40 + id, shape: point(at), values })),
      ];
    case "facilities":
      return city.facility.map(({ id, at, kind, name }) => ({ id, shape: point(at), values: { kind, name } }));
    case "legal_entities":
      return city.legal_entity.map(({ id, at, kind, short_name, key_trade }) => ({
        id,
        shape: point(at),
        values: { kind, name: short_name, key_trade: Number(key_trade) },
      }));
    case "key_units":
      return city.key_unit.map(({ id, at, level, category, short_name, organisation_id }) => ({
        id,
        holder: organisation_id ?? 0,
        shape: point(at),
        values: { level, category, name: short_name },
      }));
    case "small_places":
      return city.small_place.map(({ id, at, kind, name, three_in_one }) => ({
        id,
        shape: point(at),
        values: { kind, name, three_in_one: Number(three_in_one) },
      }));
  }
}

function scalars(values: Record<string, unknown>): Record<string, AttributeValue> {
  const isScalar = (value: unknown) => typeof value === "string" || typeof value === "number";
  return Object.fromEntries(Object.entries(values).filter(([, value]) => isScalar(value))) as Record<
    string,
    AttributeValue
  >;
}

function chunkOf(features: Feature[]): FeatureChunk {
  const shapes = new ShapeCollector();
  const names = new Set(features.flatMap(({ values }) => Object.keys(values)));
  for (const { shape } of features) shapes.addShape(shape);
  return {
    ids: features.map(({ id }) => id),
    shapes: shapes.finish(),
    ...(features[0]?.at ? { at: features.flatMap(({ at }) => at!) } : {}),
    ...(features[0]?.holder === undefined ? {} : { holders: features.map(({ holder }) => holder!) }),
    attributes: Object.fromEntries([...names].map((name) => [name, features.map(({ values }) => values[name])])),
  };
}

function areaChunkOf(city: CityRows, areas: AreaRow[]): AreaChunk {
  const shapes = new ShapeCollector();
  for (const { geom } of areas) shapes.addPolygons(geom);
  const levels = areas.map(({ level_id }) => city.level.find(({ id }) => id === level_id)!);
  const hues = hueOf(areas);
  const leader = city.duty.find(({ code }) => code === "leader")?.id;
  const leaderOf = new Map(
    city.assignment.filter(({ duty_id }) => duty_id === leader).map(({ area_id, staff_id }) => [area_id, staff_id]),
  );
  return {
    ids: areas.map(({ id }) => id),
    shapes: shapes.finish(),
    parents: areas.map(({ parent_id }) => parent_id ?? 0),
    levels: levels.map(({ ordinal }) => ordinal),
    roles: levels.map(({ role }) => role),
    codes: areas.map(({ code }) => code),
    names: areas.map(({ name }) => name),
    short_names: areas.map(({ short_name }) => short_name),
    kinds: areas.map(({ kind }) => kind),
    hues: areas.map(({ id }) => hues.get(id)!),
    households: areas.map(() => 0),
    people: areas.map(() => 0),
    leaders: areas.map(({ id }) => city.staff.find((one) => one.id === leaderOf.get(id))?.name ?? null),
    at: areas.flatMap(({ geom }) => poleOf(geom)),
    areas_m2: areas.map(({ geom }) => areaOf(geom)),
  };
}

function hueOf(areas: AreaRow[]): Map<number, number> {
  const hues = new Map<number, number>();
  for (const level of new Set(areas.map(({ level_id }) => level_id))) {
    const those = areas.filter(({ level_id }) => level_id === level).sort((a, b) => (a.code < b.code ? -1 : 1));
    const arcs = buildArcs(those.map(({ id, geom }) => ({ id, polygons: geom })));
    const coloured = colourAreas(
      those.map(({ id }) => id),
      findNeighbours(arcs),
    );
    for (const [id, hue] of coloured) hues.set(id, hue);
  }
  return hues;
}

/** A city in memory as the rows that tiles ask for; every network has edition 1. Later changes of `city` are seen. */
export function cityTileRows(city: CityRows): TileRows {
  return {
    networks: async () =>
      [...city.network].sort((a, b) => a.ordinal - b.ordinal).map(({ code }) => ({ code, current: 1, editions: [1] })),
    async features(layer, take, only) {
      const those = only && new Set(only);
      const features = featuresOf(city, layer).filter(({ id }) => !those || those.has(id));
      for (let i = 0; i < features.length; i += 4000) take(chunkOf(features.slice(i, i + 4000)));
    },
    async areas(network, _edition, take) {
      const found = city.network.find(({ code }) => code === network);
      take(
        areaChunkOf(
          city,
          city.area.filter(({ network_id }) => network_id === found?.id),
        ),
      );
    },
    async state() {
      return { database: "test", revs: {} };
    },
    today: () => "2026-06-01",
  };
}
