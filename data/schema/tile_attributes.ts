import type { BuildingUse, FacilityKind, GroundKind, PipeKind, RoadClass } from "./city_rows.ts";
import type { LevelRole } from "./network.ts";

/**
 * What each vector layer of our tiles carries besides its geometry. Every feature has an integer `id`
 * (also written as an attribute, because maps say `promoteId: "id"`). Absent = unknown, or not shown to this reader
 * (data/access/policy.ts). Public contract.
 *
 * `/tiles/areas/…` carries three vector layers: `areas`, `area_arcs`, `area_labels`.
 */
export interface TileAttributes {
  /** Faces of all levels of one network. */
  areas: {
    id: number;
    code: string;
    name: string;
    level: number;
    role: LevelRole;
    kind: "basic" | "special";
    hue: number;
    households: number;
    people: number;
    /** 1 where no area lies below it. */
    leaf: 0 | 1;
    /** Level of the area that holds it, 0 at the top. Less than `level` − 1 where the branch skips a level. */
    above: number;
  };
  /** Each border once. `level`, `role`: the highest level it separates; `left`, `right`: deepest area on each side, 0 = none. */
  area_arcs: { id: number; level: number; role: LevelRole; left: number; right: number };
  /** One point an area: its pole of inaccessibility. */
  area_labels: {
    id: number;
    code: string;
    name: string;
    level: number;
    role: LevelRole;
    leaf: 0 | 1;
    /** Highest level of the areas right below, 0 where there are none. More than `level` + 1 where the branch skips a level. */
    below: number;
    /** Last digits of the short name: 03 of 慧泽03. Absent where it ends in none. */
    number?: string;
    households: number;
    /** Holder of the duty `leader`. Absent = vacant. */
    leader?: string;
    /** Surface in m², for sort keys (larger first). */
    size: number;
  };
  buildings: {
    id: number;
    use: BuildingUse;
    floors: number;
    name?: string;
    number?: string;
    households?: number;
    structure: string;
    estimated: 0 | 1;
  };
  roads: { id: number; class: RoadClass; name?: string };
  /** Polygons and lines. */
  ground: { id: number; kind: GroundKind; name?: string };
  estates: { id: number; name: string; managed: "self" | "property" | "unit" };
  facilities: { id: number; kind: FacilityKind; name: string };
  legal_entities: { id: number; kind: string; name: string; key_trade?: 0 | 1 };
  pipes: {
    id: number;
    kind: PipeKind;
    code: string;
    diameter_mm?: number;
    section?: string;
    material: string;
    status: string;
  };
  /** Hydrants, lamps, cameras … and pipe nodes: `kind` is the component's kind, or valve / manhole / source. Ids of pipe nodes are 2^40 + their own, so that the two never meet. */
  components: { id: number; kind: string; code: string; status: string; pipe_kind?: PipeKind; diameter_mm?: number };
  key_units: { id: number; level?: 1 | 2 | 3; category: string; name: string };
  small_places: { id: number; kind: string; name: string; three_in_one?: 0 | 1 };
}
