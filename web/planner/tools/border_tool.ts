import type { BorderArc } from "../../../data/division/draft.ts";
import type { Position } from "../../../data/schema/geometry.ts";
import type { PlanOperation } from "../../../data/schema/plan_operation.ts";
import { handWords } from "../../../data/vocabulary/hand_words.ts";
import { refusalWords, toolWords } from "../../../data/vocabulary/tool_words.ts";
import type { MapGesture } from "../../map/gestures.ts";
import { lowestAreas } from "../map/lowest_areas.ts";
import { type Snap, snapReach } from "./find_snap.ts";
import { arrowStep } from "./map_cursor.ts";
import { isSame, movedBy, positionsOf } from "./positions.ts";
import { type Echo, type MapTool, noEcho, type ToolContext, type ToolSession } from "./tool.ts";

/** ms of figures a frame: where they cost more they are told less often */
const mostForFigures = 4;

/** Moves a border: the areas on both sides follow. */
export const borderTool: MapTool = {
  name: "border",
  word: toolWords.border,
  code: "KeyB",
  key: "B",
  cursor: "crosshair",
  available(planner) {
    if (planner.locked) return toolWords.locked;
    return lowestAreas(planner.draft).length > 0 ? true : toolWords.needs_one;
  },
  start: (context) => new BorderSession(context),
};

class BorderSession implements ToolSession {
  readonly #context: ToolContext;
  #arc: BorderArc | null = null;
  /** Vertex in the hand, or chosen by a click; −1: the whole border from `#from`. */
  #grabbed: { index: number; from: Position; to: Position; held: boolean } | null = null;
  #nextFigures = 0;

  constructor(context: ToolContext) {
    this.#context = context;
  }

  hint() {
    if (this.#grabbed) return this.#grabbed.index >= 0 ? toolWords.border_hint_vertex : handWords.border_hint_whole;
    return this.#arc ? toolWords.border_hint_chosen : toolWords.border_hint;
  }

  gesture(gesture: MapGesture): boolean {
    switch (gesture.kind) {
      case "down":
        return this.#grab(gesture);
      case "move":
        this.#move(gesture);
        return false;
      case "up":
        this.#letGo();
        return true;
      case "click":
        this.#click(gesture);
        return false;
      case "double":
        return this.#addVertex(gesture);
      case "leave":
        this.#show(null);
        return false;
    }
  }

  key(event: KeyboardEvent): boolean {
    if (event.altKey) return false;
    if (event.code === "Comma" || event.code === "Period") return this.#walk(event.code === "Period" ? 1 : -1);
    const grabbed = this.#grabbed;
    if (!grabbed) return false;
    const by = arrowStep(event);
    if (by) {
      const to = movedBy(grabbed.to, ...by);
      const before = grabbed.to;
      grabbed.to = to;
      // where it cannot go it stays, and the refusal says why
      if (!this.#propose()) grabbed.to = before;
      this.#show(null);
    } else if (event.code === "Enter" || event.code === "NumpadEnter") this.#perform();
    else if (grabbed.index >= 0 && (event.code === "Delete" || event.code === "Backspace"))
      this.#deleteVertex(grabbed.from);
    else return false;
    return true;
  }

  /** Along what can be moved by keys: the border as a whole, then its vertices one by one; without a border, to the next border. */
  #walk(by: 1 | -1): boolean {
    const arc = this.#arc;
    if (!arc) {
      const [id] = this.#context.planner().selection;
      const arcs = this.#context.arcs().filter(({ movable, left, right }) => movable && (left === id || right === id));
      if (!id || arcs.length === 0) return false;
      this.#arc = arcs[by === 1 ? 0 : arcs.length - 1]!;
      this.#show(null);
      return true;
    }
    const count = arc.line.length / 2;
    const next = (((this.#grabbed?.index ?? (by === 1 ? -2 : count)) + by + 1 + count + 1) % (count + 1)) - 1;
    this.#drop();
    const from = next < 0 ? middleOf(arc) : vertexOf(arc, next);
    this.#grabbed = { index: next, from, to: from, held: false };
    this.#show(null);
    return true;
  }

  cancel(): boolean {
    const had = this.#grabbed ?? this.#arc;
    if (this.#grabbed) this.#drop();
    else this.#arc = null;
    this.#show(null);
    return had !== null;
  }

  refresh(): void {
    // Another draft has other arcs: the one that was chosen is where its middle was.
    const arc = this.#arc;
    if (arc && !this.#grabbed?.held) this.#arc = findAlike(this.#context.arcs(), arc);
    this.#show(null);
  }

  #grab({ point }: MapGesture): boolean {
    const index = this.#vertexAt(point);
    const arc = this.#arc;
    if (!arc?.movable) return false;
    const snap = index >= 0 ? null : this.#context.snapAt(point, "borders");
    if (index < 0 && snap?.arc?.line !== arc.line) return false;
    const from = index >= 0 ? vertexOf(arc, index) : snap!.at;
    this.#drop();
    this.#grabbed = { index, from, to: from, held: true };
    this.#context.hold(true);
    return true;
  }

  #move({ point, at }: MapGesture): void {
    const grabbed = this.#grabbed;
    if (!grabbed) {
      this.#show(this.#context.snapAt(point, "borders"));
      return;
    }
    const snap = grabbed.index >= 0 ? this.#snapFor(point, grabbed.from) : null;
    grabbed.to = snap?.at ?? movedBy(at, 0, 0);
    this.#propose();
    this.#show(snap);
  }

  #letGo(): void {
    const grabbed = this.#grabbed;
    this.#context.hold(false);
    if (!grabbed) return;
    grabbed.held = false;
    if (!isSame(grabbed.from, grabbed.to)) this.#perform();
    else if (grabbed.index < 0) this.#grabbed = null;
  }

  #click({ point, at }: MapGesture): void {
    const grabbed = this.#grabbed;
    const vertex = this.#vertexAt(point);
    if (grabbed && vertex < 0) {
      grabbed.to = this.#snapFor(point, grabbed.from)?.at ?? movedBy(at, 0, 0);
      this.#perform();
      return;
    }
    // The press has taken the vertex already; by the keyboard there was none.
    if (vertex >= 0 && this.#arc) {
      const from = vertexOf(this.#arc, vertex);
      this.#grabbed = { index: vertex, from, to: from, held: false };
      this.#show(null);
      return;
    }
    this.#context.complain(null);
    const arc = this.#context.snapAt(point, "borders")?.arc ?? null;
    if (arc && !arc.movable) this.#context.complain(refusalWords.border_of_parent);
    this.#arc = arc?.movable ? arc : null;
    this.#show(null);
  }

  #addVertex({ point }: MapGesture): boolean {
    this.#drop();
    const snap = this.#context.snapAt(point, "borders");
    if (!this.#arc || snap?.kind !== "border" || snap.arc?.line !== this.#arc.line) return true;
    const between: [Position, Position] = [vertexOf(this.#arc, snap.stretch), vertexOf(this.#arc, snap.stretch + 1)];
    this.#do({ op: "add_vertex", between, at: snap.at });
    return true;
  }

  #deleteVertex(at: Position): void {
    this.#drop();
    this.#do({ op: "delete_vertex", at });
  }

  #perform(): void {
    const operation = this.#operation();
    this.#drop();
    if (operation) this.#do(operation);
  }

  #do(operation: PlanOperation): void {
    this.#context.complain(null);
    this.#context.actions.cancel();
    this.#context.actions.perform(operation);
    this.refresh();
  }

  #drop(): void {
    this.#grabbed = null;
    this.#context.hold(false);
    if (this.#context.planner().pending) this.#context.actions.cancel();
  }

  #operation(): PlanOperation | null {
    const [arc, grabbed] = [this.#arc, this.#grabbed];
    if (!arc || !grabbed || isSame(grabbed.from, grabbed.to)) return null;
    if (grabbed.index >= 0) return { op: "move_vertex", from: grabbed.from, to: grabbed.to };
    return { op: "reshape", path: shifted(arc, grabbed.from, grabbed.to) };
  }

  /** Figures follow the hand as often as they may cost. */
  #propose(): boolean {
    const began = performance.now();
    if (this.#grabbed?.held && began < this.#nextFigures) return true;
    const operation = this.#operation();
    const proposed = operation === null || this.#context.actions.propose(operation) !== null;
    const cost = performance.now() - began;
    this.#nextFigures = cost > mostForFigures ? began + 12 * cost : 0;
    return proposed;
  }

  #snapFor(point: [number, number], from: Position): Snap | null {
    const snap = this.#context.snapAt(point);
    // It must not stick to where it was, nor to the border that it is drawing along.
    if (snap && (isSame(snap.at, from) || snap.arc?.line === this.#arc?.line)) return null;
    return snap;
  }

  #vertexAt(point: [number, number]): number {
    const { project } = this.#context;
    if (!this.#arc) return -1;
    let [best, least] = [-1, snapReach];
    positionsOf(this.#arc.line).forEach((at, index) => {
      const [x, y] = project(at);
      const far = Math.hypot(x - point[0], y - point[1]);
      if (far < least) [best, least] = [index, far];
    });
    return best;
  }

  #show(snap: Snap | null): void {
    const [arc, grabbed] = [this.#arc, this.#grabbed];
    if (!arc) {
      const lines: Echo["lines"] = snap?.arc ? [{ path: positionsOf(snap.arc.line), look: "chosen" }] : [];
      this.#context.echo({ ...noEcho, lines });
      return;
    }
    const path = positionsOf(arc.line);
    const last = path.length - 1;
    const moved = grabbed !== null && !isSame(grabbed.from, grabbed.to);
    const lines: Echo["lines"][number][] = moved
      ? [{ path, look: "former" }, ...this.#movedLines(arc)]
      : [{ path, look: "chosen" }];
    const handles = path.map((at, index): Echo["handles"][number] => {
      const isHere = grabbed?.index === index;
      return {
        at: isHere ? grabbed.to : at,
        look: isHere ? "grabbed" : index === 0 || index === last ? "node" : "vertex",
      };
    });
    const words = moved ? this.#wordMove() : [];
    const note = words.length > 0 ? { at: grabbed!.to, lines: words } : null;
    this.#context.echo({ lines, handles, snap: grabbed ? snap : null, note });
  }

  /** What it would change; or why it cannot be there, before it is let go. */
  #wordMove(): string[] {
    const { refusal, pending } = this.#context.planner();
    if (!pending && refusal) return [this.#context.say(refusalWords[refusal.reason])];
    return this.#context.wordPending();
  }

  /** The border as the hand has it; at a node all borders that meet there. */
  #movedLines(arc: BorderArc): Echo["lines"][number][] {
    const { index, from, to } = this.#grabbed!;
    if (index < 0) return [{ path: shifted(arc, from, to), look: "draft" }];
    const touched = this.#context.arcsAt(from).filter(({ line }) => positionsOf(line).some((at) => isSame(at, from)));
    return touched.map(({ line }) => ({
      path: positionsOf(line).map((at) => (isSame(at, from) ? to : at)),
      look: "draft",
    }));
  }
}

/** Of its longest stretch: a position on the border to hold it by. */
function middleOf({ line }: BorderArc): Position {
  let [best, longest] = [0, -1];
  for (let i = 0; i + 3 < line.length; i += 2) {
    const long = Math.hypot(line[i + 2]! - line[i]!, line[i + 3]! - line[i + 1]!);
    if (long > longest) [best, longest] = [i, long];
  }
  return [(line[best]! + line[best + 2]!) / 2, (line[best + 1]! + line[best + 3]!) / 2];
}

function vertexOf({ line }: BorderArc, index: number): Position {
  return [line[2 * index]!, line[2 * index + 1]!];
}

/** The border moved as a whole between its ends, which stay; a straight one bends where it is held. */
function shifted(arc: BorderArc, from: Position, to: Position): Position[] {
  const path = positionsOf(arc.line);
  const [first, last] = [path[0]!, path.at(-1)!];
  const inner = path.slice(1, -1);
  const [east, north] = [to[0] - from[0], to[1] - from[1]];
  const middle = inner.length > 0 ? inner : [from];
  return [first, ...middle.map(([lon, lat]) => movedBy([lon + east, lat + north], 0, 0)), last];
}

function findAlike(arcs: readonly BorderArc[], { left, right, line }: BorderArc): BorderArc | null {
  const alike = arcs.filter((arc) => isPair(arc, left, right));
  const ends = [line.slice(0, 2), line.slice(-2)].map(String);
  const score = (arc: BorderArc) =>
    [arc.line.slice(0, 2), arc.line.slice(-2)].filter((end) => ends.includes(String(end))).length;
  return alike.sort((a, b) => score(b) - score(a))[0] ?? null;
}

function isPair(arc: BorderArc, left: string | null, right: string | null): boolean {
  return (arc.left === left && arc.right === right) || (arc.left === right && arc.right === left);
}
