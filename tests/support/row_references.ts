import type { CityRows } from "../../data/schema/city_rows.ts";

type Table = Exclude<keyof CityRows, "source">;

/** Every column that refers to a row, and to which table: written from the schema, apart from the code under test. */
const references: Partial<Record<Table, Record<string, Table>>> = {
  level: { network_id: "network", profile_id: "profile" },
  area: {
    network_id: "network",
    level_id: "level",
    parent_id: "area",
    profile_id: "profile",
    child_profile_id: "profile",
  },
  building: { estate_id: "estate" },
  entrance: { building_id: "building" },
  address: { road_id: "road", building_id: "building" },
  organisation: { parent_id: "organisation", area_id: "area" },
  facility: { organisation_id: "organisation" },
  legal_entity: { building_id: "building" },
  pipe: { from_node_id: "pipe_node", to_node_id: "pipe_node", owner_id: "organisation" },
  component: { pipe_id: "pipe", road_id: "road" },
  fire_access: { building_id: "building" },
  key_unit: { building_id: "building", organisation_id: "organisation" },
  small_place: { building_id: "building" },
  staff: { organisation_id: "organisation" },
  contact: { staff_id: "staff", key_unit_id: "key_unit", organisation_id: "organisation" },
  assignment: {
    staff_id: "staff",
    duty_id: "duty",
    area_id: "area",
    building_id: "building",
    entrance_id: "entrance",
    road_id: "road",
    key_unit_id: "key_unit",
  },
};

export const tables = [
  "profile",
  "network",
  "level",
  "area",
  "block",
  "building",
  "entrance",
  "address",
  "road",
  "ground",
  "estate",
  "organisation",
  "facility",
  "legal_entity",
  "pipe_node",
  "pipe",
  "component",
  "water_source",
  "fire_access",
  "key_unit",
  "small_place",
  "staff",
  "contact",
  "duty",
  "assignment",
] as const satisfies Table[];

/**
 * Ids that do not run on, and references to rows that neither this part nor an earlier one has; as text.
 *
 * @param before - rows of each table in earlier parts; counted on
 */
export function findLooseReferences(rows: CityRows, before: Map<string, number> = new Map()): string[] {
  const loose: string[] = [];
  const known = (table: Table) => (before.get(table) ?? 0) + rows[table].length;
  for (const table of tables) {
    rows[table].forEach((row, at) => {
      if (row.id !== (before.get(table) ?? 0) + at + 1) loose.push(`${table} ${row.id} at ${at}`);
      for (const [column, target] of Object.entries(references[table] ?? {})) {
        const id = (row as unknown as Record<string, number | null>)[column];
        if (id === undefined) loose.push(`${table}.${column} is missing`);
        else if (id !== null && !(id >= 1 && id <= known(target))) loose.push(`${table} ${row.id}.${column} = ${id}`);
      }
    });
  }
  for (const table of tables) before.set(table, known(table));
  return loose;
}
