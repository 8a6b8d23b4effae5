import { groupBy } from "../../data/group_by.ts";
import { colourAreas } from "../../data/cartography/colouring.ts";
import { buildArcs } from "../../data/division/arcs.ts";
import { findNeighbours, type Neighbours } from "../../data/division/neighbours.ts";
import { areaOf } from "../../data/measure/area.ts";
import { poleOf } from "../../data/measure/pole.ts";
import type { AreaRow, CityRows, LevelRow, NetworkRow } from "../../data/schema/city_rows.ts";
import type { Position } from "../../data/schema/geometry.ts";
import type { CopyValue, Queries } from "../db/db.ts";
import { sql } from "../db/sql.ts";
import { type AreaVersionRow, copyAreaVersions } from "./area_versions.ts";
import { snap } from "./ewkb.ts";
import type { IdShift } from "./id_shift.ts";

/** An area as it will stand in the database: ids shifted, coordinates snapped, what follows from its shape worked out. */
export interface LoadedArea extends AreaRow {
  source: string;
  /** Ordinal of its level. */
  level: number;
  at: Position;
  area_m2: number;
}

/** Networks and levels of this load, by their ids in the database. */
export interface LoadedNetworks {
  networks: Map<number, NetworkRow>;
  levels: Map<number, LevelRow>;
}

/** Writes networks behind those that exist (their ordinals rise on), their levels, and the first edition of each. */
export async function writeNetworks(
  tx: Queries,
  rows: Pick<CityRows, "network" | "level" | "source">,
  { shift, from_day }: { shift: IdShift; from_day: string },
): Promise<LoadedNetworks> {
  const [row] = await tx.query(sql<{ last: number }>`select coalesce(max(ordinal), 0) as last from network`);
  const networks = [...rows.network]
    .sort((a, b) => a.ordinal - b.ordinal)
    .map((network, i) => ({ ...network, id: shift.of("network", network.id), ordinal: row!.last + i + 1 }));
  const levels = rows.level.map((level) => ({
    ...level,
    id: shift.of("level", level.id),
    network_id: shift.of("network", level.network_id),
    profile_id: shift.ref("profile", level.profile_id),
  }));
  await tx.copyIn(
    "network",
    ["id", "code", "prefix", "name", "name_en", "mark", "ordinal", "source"],
    networks.map((n) => [n.id, n.code, n.prefix, n.name, n.name_en, n.mark, n.ordinal, rows.source]),
  );
  await tx.copyIn(
    "level",
    ["id", "network_id", "ordinal", "role", "name", "name_en", "profile_id"],
    levels.map((l) => [l.id, l.network_id, l.ordinal, l.role, l.name, l.name_en, l.profile_id]),
  );
  await tx.copyIn(
    "edition",
    ["network_id", "number", "from_day", "note"],
    networks.map((n) => [n.id, 1, from_day, rows.source]),
  );
  return { networks: new Map(networks.map((n) => [n.id, n])), levels: new Map(levels.map((l) => [l.id, l])) };
}

/** Writes who the areas are (network, code); how they are follows when all of them are known. */
export async function writeAreaIdentities(tx: Queries, areas: readonly LoadedArea[]): Promise<void> {
  await tx.copyIn(
    "area",
    ["id", "network_id", "code"],
    areas.map((a) => [a.id, a.network_id, a.code]),
  );
}

/** Shifts the areas of one part and works out pole and surface. */
export function measureAreas(
  rows: Pick<CityRows, "area" | "source">,
  levels: LoadedNetworks["levels"],
  shift: IdShift,
): LoadedArea[] {
  return rows.area.map((area) => {
    const geom = area.geom.map((polygon) => polygon.map((ring) => ring.map(snap)));
    const level_id = shift.of("level", area.level_id);
    return {
      ...area,
      id: shift.of("area", area.id),
      network_id: shift.of("network", area.network_id),
      level_id,
      parent_id: shift.ref("area", area.parent_id),
      profile_id: shift.ref("profile", area.profile_id),
      child_profile_id: shift.ref("profile", area.child_profile_id),
      geom,
      source: rows.source,
      level: levels.get(level_id)!.ordinal,
      at: poleOf(geom),
      area_m2: areaOf(geom),
    };
  });
}

/** Writes the areas of whole networks as of their first edition, with hues and neighbours. */
export async function writeAreaVersions(tx: Queries, areas: readonly LoadedArea[]): Promise<void> {
  const neighbours = neighboursByLevel(areas);
  const hues = colourByLevel(areas, neighbours);
  await copyAreaVersions(tx, versionRows(areas, hues));
  const networkOf = new Map(areas.map((area) => [area.id, area.network_id]));
  await tx.copyIn(
    "area_neighbour",
    ["network_id", "area_id", "neighbour_id", "from_edition", "border_m"],
    neighbours.flatMap(({ a, b, border_m }): CopyValue[][] => [
      [networkOf.get(a)!, a, b, 1, border_m],
      [networkOf.get(a)!, b, a, 1, border_m],
    ]),
  );
}

/** Parents first, so that a check of a first piece finds them. */
function* versionRows(areas: readonly LoadedArea[], hues: ReadonlyMap<number, number>): Generator<AreaVersionRow> {
  for (const area of [...areas].sort((one, other) => one.level - other.level)) {
    const { id, geom } = area;
    yield { ...area, area_id: id, from_edition: 1, hue: hues.get(id)!, polygons: geom };
  }
}

/** Areas that are drawn together: one level of one network. */
function groupByLevel(areas: readonly LoadedArea[]): LoadedArea[][] {
  return [...groupBy(areas, ({ level_id }) => level_id).values()];
}

function neighboursByLevel(areas: readonly LoadedArea[]): Neighbours[] {
  return groupByLevel(areas).flatMap((group) =>
    findNeighbours(buildArcs(group.map(({ id, geom }) => ({ id, polygons: geom })))),
  );
}

function colourByLevel(areas: readonly LoadedArea[], neighbours: readonly Neighbours[]): Map<number, number> {
  const levelOf = new Map(areas.map((area) => [area.id, area.level_id]));
  const bordersOf = groupBy(neighbours, ({ a }) => levelOf.get(a)!);
  const hues = new Map<number, number>();
  for (const group of groupByLevel(areas)) {
    const ids = [...group].sort((a, b) => (a.code < b.code ? -1 : 1)).map((area) => area.id);
    for (const [id, hue] of colourAreas(ids, bordersOf.get(group[0]!.level_id) ?? [])) hues.set(id, hue);
  }
  return hues;
}
