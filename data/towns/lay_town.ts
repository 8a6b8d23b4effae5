import { nameNetwork } from "../exchange/network_names.ts";
import { emptyRows } from "../exchange/empty_rows.ts";
import type { CityRows } from "../schema/city_rows.ts";
import type { MultiPolygon } from "../schema/geometry.ts";
import { layAddresses, layBuildings, layFacilities } from "./town_buildings.ts";
import type { TownFiles, TownRefusal } from "./town_files.ts";
import { layGround } from "./town_ground.ts";
import { layRoads } from "./town_roads.ts";

export interface TownOptions {
  name: string;
  /** Where the files come from, with what must be said about it: «© OpenStreetMap contributors, ODbL 1.0». */
  source: string;
}

export interface Town {
  rows: CityRows;
  /** Features that have no place on the map, each with its file, row and reason. */
  refused: TownRefusal[];
}

/**
 * Lays a real town out from its files: the same rows as the demo city's, with one network of one area, its boundary.
 * Floors, households and people that no attribute tells are estimated from the footprint and marked.
 *
 * @param files - valid geometry; `boundary` has at least one feature, several make one area of several pieces
 */
export function layTown(files: TownFiles, { name, source }: TownOptions): Town {
  const buildings = layBuildings(files.buildings);
  const { roads, refused: otherRoads } = layRoads(files.roads);
  const { ground, refused: otherGround } = layGround(files);
  const rows: CityRows = {
    ...emptyRows(source),
    ...layNetwork(files, name),
    building: buildings,
    address: layAddresses(files.buildings, { buildings, roads }),
    road: roads,
    ground,
    facility: layFacilities(files.buildings, buildings),
  };
  return { rows, refused: [...otherRoads, ...otherGround] };
}

function layNetwork(files: TownFiles, name: string): Pick<CityRows, "network" | "level" | "area"> {
  const geom: MultiPolygon = files.boundary.flatMap((feature) => feature.geometry.polygons);
  const names = nameNetwork(name, "镇");
  return {
    network: [{ id: 1, ...names, name_en: name, ordinal: 1 }],
    level: [{ id: 1, network_id: 1, ordinal: 1, role: "community", name: "城镇", name_en: "Town", profile_id: null }],
    area: [
      {
        id: 1,
        network_id: 1,
        level_id: 1,
        parent_id: null,
        code: "001",
        name,
        short_name: name,
        kind: "basic",
        profile_id: null,
        child_profile_id: null,
        geom,
      },
    ],
  };
}
