import type { CityRows } from "../schema/city_rows.ts";

type Table = Exclude<keyof CityRows, "source">;

/**
 * Tables whose ids begin at 1 in every part of a city, and what their rows refer to. Areas and profiles carry ids of
 * the whole city from the start; networks, levels and duties are the same in every part.
 */
const references = {
  block: {},
  estate: {},
  road: {},
  ground: {},
  building: { estate_id: "estate" },
  entrance: { building_id: "building" },
  address: { road_id: "road", building_id: "building" },
  organisation: { parent_id: "organisation" },
  facility: { organisation_id: "organisation" },
  legal_entity: { building_id: "building" },
  pipe_node: {},
  pipe: { from_node_id: "pipe_node", to_node_id: "pipe_node", owner_id: "organisation" },
  component: { pipe_id: "pipe", road_id: "road" },
  water_source: {},
  fire_access: { building_id: "building" },
  key_unit: { building_id: "building", organisation_id: "organisation" },
  small_place: { building_id: "building" },
  staff: { organisation_id: "organisation" },
  contact: { staff_id: "staff", key_unit_id: "key_unit", organisation_id: "organisation" },
  assignment: {
    staff_id: "staff",
    building_id: "building",
    entrance_id: "entrance",
    road_id: "road",
    key_unit_id: "key_unit",
  },
} as const satisfies { [Name in Table]?: { [Field in keyof CityRows[Name][number]]?: ShiftedTable } };

export type ShiftedTable = Exclude<Table, "area" | "profile" | "network" | "level" | "duty">;
const shiftedTables = Object.keys(references) as ShiftedTable[];

/** How many rows of each table earlier parts have. */
export type RowCounts = Record<ShiftedTable, number>;

export function noRows(): RowCounts {
  return Object.fromEntries(shiftedTables.map((table) => [table, 0])) as RowCounts;
}

/** Moves the ids of a part behind those of earlier parts, in place, and adds its rows to the counts. */
export function shiftIds(rows: CityRows, before: RowCounts): void {
  for (const table of shiftedTables) {
    const fields = Object.entries(references[table]) as [string, ShiftedTable][];
    for (const row of rows[table] as unknown as Record<string, number | null>[]) {
      row.id = row.id! + before[table];
      for (const [field, target] of fields) {
        const id = row[field];
        if (id !== null && id !== undefined) row[field] = id + before[target];
      }
    }
  }
  for (const table of shiftedTables) before[table] += rows[table].length;
}
