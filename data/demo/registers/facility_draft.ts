import type { FacilityKind } from "../../schema/city_rows.ts";

/** A facility before organisations exist; `area` is the area it serves, `building` the house it stands in. */
export interface FacilityDraft {
  kind: FacilityKind;
  name: string;
  building: number | null;
  /** Id of the area it serves, null where it serves none in particular. */
  area: number | null;
  parcel: number;
  x: number;
  y: number;
}
