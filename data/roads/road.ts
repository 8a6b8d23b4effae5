import type { RoadClass } from "../schema/city_rows.ts";
import type { MultiLine } from "../schema/geometry.ts";

export interface Road {
  id: number | string;
  class: RoadClass;
  name: string | null;
  /** Centre lines in degrees. */
  lines: MultiLine;
}
