import { cityTables } from "./id_shift.ts";

/** Every table that a load writes rows of things to. */
export const writtenTables = [
  ...cityTables,
  "edition",
  "area_version",
  "area_neighbour",
  "building_area",
  "area_count",
  "search_entry",
] as const;
