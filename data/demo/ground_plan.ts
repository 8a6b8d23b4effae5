import type {
  BuildingUse,
  BuildingStructure,
  BlockUse,
  FacilityKind,
  GroundKind,
  RoadClass,
} from "../schema/city_rows.ts";
import type { Position } from "../schema/geometry.ts";

/**
 * The ground of one demo district before anybody divides it: one planar subdivision (vertices, edges, parcels),
 * the streets laid along its edges, and what stands on the parcels. Plain data in local metres
 * (x east, y north of `origin`), every coordinate rounded to 0.01 m once, at creation.
 *
 *   layGround ──► GroundPlan ──► divide (areas) ──► furnish (pipes, people, units) ──► CityRows
 *
 * Ids are array indexes. A vertex that two parcels share is one vertex: borders made of edges cannot gap or overlap.
 */
export interface GroundPlan {
  origin: Position;
  /** Vertex coordinates. */
  x: number[];
  y: number[];
  edges: PlanEdge[];
  parcels: PlanParcel[];
  blocks: PlanBlock[];
  streets: PlanStreet[];
  estates: PlanEstate[];
  buildings: PlanBuilding[];
  features: PlanFeature[];
}

export type Zone = "old" | "core" | "older" | "mixed" | "new" | "enterprise" | "rural" | "river";

/** Barriers of the subdivision. Estate and field ways separate parcels of one block. */
export type EdgeClass = RoadClass | "bank" | "river" | "railway" | "border";

/** A straight stretch between two vertices; `left` and `right` are parcels seen from → to, −1 outside. */
export interface PlanEdge {
  from: number;
  to: number;
  left: number;
  right: number;
  class: EdgeClass;
  /** −1 where no street runs here. */
  street: number;
}

/** A face of the subdivision. `ring` is counter-clockwise, not closed; parcels have no holes. */
export interface PlanParcel {
  ring: number[];
  block: number;
  use: BlockUse;
  estate: number;
  /** m² */
  area: number;
  /** Homes that its buildings could hold; what counts are apportioned by. */
  capacity: number;
}

/** What streets enclose: a union of parcels. Communities are unions of blocks. */
export interface PlanBlock {
  zone: Zone;
  use: BlockUse;
  parcels: number[];
  /** Places with golden figures claim their blocks here. */
  place: "huize" | "dongjie" | "town" | "enterprise_zone" | null;
}

/** One street as it is named, west to east: a chain of vertices along edges. Unnamed: estate and field ways. */
export interface PlanStreet {
  class: RoadClass;
  name: string | null;
  vertices: number[];
}

export interface PlanEstate {
  name: string;
  parcels: number[];
}

export interface PlanBuilding {
  parcel: number;
  estate: number;
  use: BuildingUse;
  /** walk_up, slab_11, slab_18, tower_18, tower_33, courtyard, village, shop, works, public, mall … */
  form: string;
  floors: number;
  structure: BuildingStructure;
  /** Number of entrances (单元), 0 where it has none. */
  entrances: number;
  /** Homes it can hold. */
  capacity: number;
  year_built: number;
  /** Outer ring x,y,x,y,… counter-clockwise, not closed. */
  ring: number[];
}

/** Water, green, fields, tracks, walls, railway … and sites where a facility belongs. */
export interface PlanFeature {
  kind: GroundKind | "site";
  /** For `site`: what stands here (school, hospital, market, park, fire_station …). */
  facility: FacilityKind | null;
  name: string | null;
  parcel: number;
  /** Rings (polygons) or lines as x,y,x,y,…; a site has one point. */
  parts: number[][];
  closed: boolean;
}
