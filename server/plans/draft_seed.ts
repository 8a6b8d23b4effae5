import type { NetworkRules, Profile } from "../../data/checks/division.ts";
import type { BuildingPoints } from "../../data/division/building_counts.ts";
import type { DraftArea } from "../../data/division/draft.ts";
import type { LevelRole } from "../../data/schema/network.ts";
import type { CheckMessage, Columns } from "../checks/check_protocol.ts";
import type { PackedShapes } from "../checks/packed_shapes.ts";

/** An area of a draft without its outline. */
export type DraftFacts = Omit<DraftArea, "polygons">;

/** Things of one kind. */
export type ThingPage = CheckMessage & { kind: "things" };

/** All that a thread needs to hold a draft: what is drawn, what lies in it, and the rules that it is judged by. */
export interface DraftSeed {
  plan_id: string;
  revision: number;
  /** The plan's own area; null: the whole network. */
  top_id: string | null;
  /** How many `new-…` ids were given out. */
  given: number;
  network: string;
  rules: NetworkRules;
  levels: { ordinal: number; role: LevelRole; profile_id: string | null }[];
  profiles: Profile[];
  /** What an area above the top sets for those below it. */
  inherited_profile_id: string | null;
  duties: { code: string; name: string; name_en: string }[];
  staff: { area_id: string; duty: string; holders: number }[];
  /** Parents before their children. */
  areas: { facts: Columns<DraftFacts>; shapes: PackedShapes };
  buildings: BuildingPoints;
  /** What must be covered and may be cut, as far as a planner of the area sees it. */
  things: ThingPage[];
  /** How areas of the base are drawn, for the draft's tiles. */
  published: { area_id: string; hue: number; leader: string | null }[];
  /** Codes ever given in the network. */
  codes: string[];
}
