import { create } from "zustand";
import type { Bbox, MultiPolygon, Position } from "../../../data/schema/geometry.ts";
import type { Wording } from "../../../data/vocabulary/language.ts";
import type { CityGround } from "../map/city_ground.ts";

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

/** What panels may ask of the map and the tool in the hand. */
export interface Hand {
  readonly ground: CityGround;
  /** Says on the map why something cannot be done. */
  complain(why: Wording | string | null): void;
  /** One step back. @returns whether there was one */
  cancel(): boolean;
  /** Puts the keyboard on the map. */
  focus(): void;
  /** Puts the keyboard's crosshair on a place, which the map shows. */
  pointAt(at: Position): void;
  view(): { at: Position; box: Bbox };
  onRest(listener: () => void): () => void;
  /** Of a tool that gives: takes a thing into the hand, or out of it. */
  tick(thing: GivenThing): void;
  /** Of a tool that gives: proposes to give what it holds to an area. */
  giveTo(id: string): void;
}

interface HandState {
  /** Null until the map stands. */
  bench: Hand | null;
  things: readonly GivenThing[];
  /** Of the areas that what waits would change. */
  road_shares: ReadonlyMap<string, RoadShare>;
}

/** What panels know of the hand over the map: what it holds, and who to ask. */
export const useHand = create<HandState>(() => ({ bench: null, things: [], road_shares: new Map() }));
