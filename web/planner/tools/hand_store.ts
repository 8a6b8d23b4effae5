import { create } from "zustand";
import type { MultiPolygon, Position } from "../../../data/schema/geometry.ts";
import type { ToolBench } from "../map/tool_bench.ts";

/** Something that may be given to a neighbour. */
export interface GivenThing {
  /** Kind and id; of a block where it lies. */
  key: string;
  kind: "block" | "estate" | "building";
  name: string;
  polygons: MultiPolygon;
  /** Where it was pointed at, else its middle. */
  at: Position;
  /** Only what of it lies in the grid where it was pointed at: large estates reach over many. */
  only_here: boolean;
}

/** Share of a grid's inner border that runs on roads, 0…1, before and after; null where it has none. */
export interface RoadShare {
  before: number | null;
  after: number | null;
}

interface HandState {
  /** Null until the map stands. */
  bench: ToolBench | null;
  things: readonly GivenThing[];
  /** Of the areas that what waits would change. */
  road_shares: ReadonlyMap<string, RoadShare>;
}

/** What panels know of the hand over the map: what it holds, and who to ask. */
export const useHand = create<HandState>(() => ({ bench: null, things: [], road_shares: new Map() }));
