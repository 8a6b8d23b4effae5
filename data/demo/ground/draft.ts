import type { BlockUse, BuildingStructure, BuildingUse } from "../../schema/city_rows.ts";
import type { PlanFeature, Zone } from "../ground_plan.ts";
import type { Place } from "./cell.ts";
import type { Box } from "./fill_rows.ts";
import type { Frame } from "./free_space.ts";
import type { HouseStyle } from "./house_styles.ts";

/** A block while the ground is being laid; blocks begin as one face each. */
export interface DraftBlock {
  /** Names it in random decisions: `12/0/1` is the second half of the first half of skeleton face 12. */
  key: string;
  zone: Zone;
  place: Place | null;
  /** Face of the skeleton it was cut from. */
  superblock: number;
  use: BlockUse;
  /** One style for the whole block, so that an estate looks of one piece. */
  style: HouseStyle | null;
  /** Estate of its homes: an index of the plan's estates, −1 without. */
  estate: number;
  /** Centre in the parameter plane. */
  x: number;
  y: number;
  /** m² */
  area: number;
}

/** What is known of a face of the subdivision; parallel to its faces, absent for faces that are outside. */
export interface DraftFace {
  key: string;
  block: number;
  use: BlockUse;
  /** Shops stand along side streets too, not on the greater ones only. */
  sideShops: boolean;
  buildings: DraftBuilding[];
  features: DraftFeature[];
}

export interface DraftBuilding {
  form: string;
  use: BuildingUse;
  structure: BuildingStructure;
  floors: number;
  entrances: number;
  /** Homes it can hold. */
  capacity: number;
  year: number;
  /** Its bounding box in the frame of its rows. */
  box: Box;
  frame: Frame;
  /** x,y,… on the ground. */
  ring: number[];
}

/** A feature before its parcel has a number. */
export type DraftFeature = Omit<PlanFeature, "parcel">;
