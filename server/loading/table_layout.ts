import type { CopyValue } from "../db/db.ts";
import type { CityTable, IdShift } from "./id_shift.ts";

/** How rows of one table are written: their columns, and the values of a row in that order. */
export interface TableLayout {
  table: CityTable;
  columns: readonly string[];
  values: (row: never, shift: IdShift, source: string) => CopyValue[];
}

/** Checks that a layout's values fit its row type, then forgets the type, so that layouts can stand in a list. */
export function layout<Row>(
  table: CityTable,
  columns: readonly string[],
  values: (row: Row, shift: IdShift, source: string) => CopyValue[],
): TableLayout {
  return { table, columns, values };
}
