import type { CityRows } from "../schema/city_rows.ts";

/** A city without any row, to be filled in part. */
export function emptyRows(source: string): CityRows {
  return {
    source,
    profile: [],
    network: [],
    level: [],
    area: [],
    block: [],
    building: [],
    entrance: [],
    address: [],
    road: [],
    ground: [],
    estate: [],
    organisation: [],
    facility: [],
    legal_entity: [],
    pipe_node: [],
    pipe: [],
    component: [],
    water_source: [],
    fire_access: [],
    key_unit: [],
    small_place: [],
    staff: [],
    contact: [],
    duty: [],
    assignment: [],
  };
}
