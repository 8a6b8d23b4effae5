import type { BorderArc, DraftArea } from "../../../data/division/draft.ts";
import type { Position } from "../../../data/schema/geometry.ts";
import type { Wording } from "../../../data/vocabulary/language.ts";
import type { MapGesture } from "../../map/gestures.ts";
import type { CityGround } from "../map/city_ground.ts";
import type { Planner, PlannerActions, Tool } from "../planner_types.ts";
import type { Snap } from "./find_snap.ts";
import type { GivenThing } from "./hand_store.ts";

/** What a tool shows above the map while the hand moves; it costs the map nothing. */
export interface Echo {
  lines: readonly { path: readonly Position[]; look: "draft" | "former" | "lasso" | "chosen" }[];
  handles: readonly { at: Position; look: "vertex" | "node" | "grabbed" | "end" }[];
  /** What the pointer would snap to, named. */
  snap: Snap | null;
  /** Figures beside the cursor. */
  note: { at: Position; lines: readonly string[] } | null;
}

export const noEcho: Echo = { lines: [], handles: [], snap: null, note: null };

/** What a tool may ask and do. */
export interface ToolContext {
  planner(): Planner;
  actions: PlannerActions;
  ground: CityGround;
  /** px in the map */
  project(at: Position): [number, number];
  unproject(point: [number, number]): Position;
  /** What lies within 10 px: nodes, borders, then the ground. While snapping is off: nodes and borders. `of`: only those of an area. */
  snapAt(point: [number, number], what?: "borders" | "all", of?: string): Snap | null;
  /** Borders in view, each once. */
  arcs(): readonly BorderArc[];
  /** Borders whose box holds a position. */
  arcsAt(at: Position): readonly BorderArc[];
  /** The lowest area of the draft that holds a position. */
  areaAt(at: Position): DraftArea | null;
  echo(echo: Echo): void;
  /** Says why something cannot be done, until the next act; null: nothing. */
  complain(why: Wording | string | null): void;
  /** Figures of what waits for Enter, for beside the cursor. */
  wordPending(): string[];
  /** Tells panels what the hand holds to give away. */
  tellThings(things: readonly GivenThing[]): void;
  say(wording: Wording, values?: Record<string, string | number>): string;
  /** Where the keyboard's crosshair is; null while it is hidden. */
  cursor(): Position | null;
  /** While true nothing waits for Enter although something is proposed: the hand still moves. */
  hold(moving: boolean): void;
}

/** A tool in the hand. Whatever it began and did not hand on is gone when it is put down. */
export interface ToolSession {
  hint(): Wording | string;
  /** @returns of `down`: the drag belongs to the tool; of `double`: the map must not zoom */
  gesture(gesture: MapGesture): boolean;
  /** @returns whether the key meant something */
  key(event: KeyboardEvent): boolean;
  /** One step back. @returns false when there was none */
  cancel(): boolean;
  /** The draft, the selection or what waits for Enter is another one. */
  refresh(): void;
  /** Of a tool that gives: takes a thing into the hand, or out of it. */
  tick?(thing: GivenThing): void;
  /** Of a tool that gives: proposes to give what it holds to an area. */
  giveTo?(id: string): void;
}

export interface MapTool {
  name: Tool;
  word: Wording;
  /** `KeyboardEvent.code` */
  code: string;
  /** As it stands in tooltips. */
  key: string;
  cursor: string;
  /** True, or why not. */
  available(planner: Planner): true | Wording;
  start(context: ToolContext): ToolSession;
}
