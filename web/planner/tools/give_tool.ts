import { isInRing } from "../../../data/measure/in_ring.ts";
import type { Position } from "../../../data/schema/geometry.ts";
import { handWords } from "../../../data/vocabulary/hand_words.ts";
import { refusalWords, toolWords } from "../../../data/vocabulary/tool_words.ts";
import type { MapGesture } from "../../map/gestures.ts";
import { lowestAreas } from "../map/lowest_areas.ts";
import { boxAround, givenOf, isPartOf, placeFor, probesOf, thingsUnder } from "./given_things.ts";
import type { GivenThing } from "./hand_store.ts";
import { createLasso } from "./lasso.ts";
import { positionsOf } from "./positions.ts";
import { type Echo, type MapTool, noEcho, type ToolContext, type ToolSession } from "./tool.ts";

/** Gives a block, an estate or buildings to a neighbour. */
export const giveTool: MapTool = {
  name: "give",
  word: toolWords.give,
  code: "KeyT",
  key: "T",
  cursor: "pointer",
  available(planner) {
    if (planner.locked) return toolWords.locked;
    return lowestAreas(planner.draft).length > 1 ? true : toolWords.needs_two;
  },
  start: (context) => new GiveSession(context),
};

/** px within which a second click means the same place */
const samePlace = 6;
/** Names that the hint has room for. */
const mostNames = 3;

class GiveSession implements ToolSession {
  readonly #context: ToolContext;
  readonly #lasso: ReturnType<typeof createLasso>;
  #things: readonly GivenThing[] = [];
  /** Where the last click was, and which of the things under it was chosen: a further click means the next larger. */
  #last: { point: [number, number]; level: number } | null = null;
  /** Who gets them, once that is proposed. */
  #to: string | null = null;
  #version: number;

  constructor(context: ToolContext) {
    this.#context = context;
    this.#version = context.planner().version;
    this.#lasso = createLasso(context, (ring) => this.#takeInside(ring));
    this.#take([]);
  }

  hint() {
    if (this.#things.length === 0) return toolWords.give_hint;
    const names = this.#things.slice(0, mostNames).map((thing) => nameOf(thing, this.#context));
    if (this.#things.length > mostNames) names.push("…");
    return this.#context.say(handWords.in_hand, { n: this.#things.length, names: names.join("、") });
  }

  gesture(gesture: MapGesture): boolean {
    if (this.#lasso.gesture(gesture)) return true;
    if (gesture.kind === "double") return true;
    if (gesture.kind !== "click") return false;
    const { at, shift } = gesture;
    const context = this.#context;
    context.complain(null);
    context.actions.cancel();
    const area = context.areaAt(at);
    if (this.#things.length > 0 && !shift && area && this.#isFor(area.id, at)) this.giveTo(area.id);
    else this.#choose(gesture);
    this.#show();
    return false;
  }

  key(): boolean {
    return false;
  }

  cancel(): boolean {
    if (this.#things.length === 0) return false;
    if (!this.#context.planner().pending) this.#take([]);
    return true;
  }

  refresh(): void {
    const { version, pending } = this.#context.planner();
    if (version !== this.#version && this.#to !== null) {
      // What was given is not in the hand any more; whatever else changed, the choice stays.
      const to = this.#to;
      const left = this.#things.filter((thing) => this.#context.areaAt(thing.at)?.id !== to);
      if (left.length < this.#things.length) this.#take(left);
    }
    if (!pending) this.#to = null;
    this.#version = version;
    this.#show();
  }

  tick(thing: GivenThing): void {
    this.#context.complain(null);
    this.#context.actions.cancel();
    const has = this.#things.some(({ key }) => key === thing.key);
    this.#take(has ? this.#things.filter(({ key }) => key !== thing.key) : [...this.#things, thing]);
  }

  giveTo(to: string): void {
    const context = this.#context;
    const owners = this.#things.flatMap((thing) => probesOf(thing).map((at) => context.areaAt(at)?.id ?? to));
    const from = [...new Set(owners)].filter((id) => id !== to);
    if (from.length === 0) {
      context.complain(refusalWords.nothing_changes);
      return;
    }
    const place = placeFor(this.#things, to, context.ground, context.arcs());
    const proposed = context.actions.propose({ op: "give", to, from, place, pieces: false });
    this.#to = proposed ? to : null;
  }

  /** A click in another grid than theirs, and not on one of them, says who gets them. */
  #isFor(id: string, at: Position): boolean {
    return this.#things.every(
      (thing) => this.#context.areaAt(thing.at)?.id !== id && (thing.only_here || !isPartOf(thing, at)),
    );
  }

  #choose({ at, point, shift }: MapGesture): void {
    const stack = thingsUnder(this.#context.ground, at);
    if (stack.length === 0) {
      this.#context.complain(handWords.nothing_here);
      return;
    }
    const last = this.#last;
    const isAgain = last && Math.hypot(last.point[0] - point[0], last.point[1] - point[1]) <= samePlace;
    const level = isAgain ? last.level + 1 : 0;
    const keys = new Set(stack.map(({ key }) => key));
    // the next larger takes the place of what was chosen here; after the largest nothing is
    const others = shift || isAgain ? this.#things.filter(({ key }) => !keys.has(key)) : [];
    const wasChosen = !isAgain && this.#things.some(({ key }) => key === stack[0]!.key);
    const next = wasChosen && shift ? undefined : stack[level];
    this.#take(next ? [...others, next] : others);
    this.#last = next ? { point, level } : null;
  }

  #takeInside(ring: Position[]): void {
    const line = ring.flat();
    const inside = this.#context.ground
      .near(boxAround(ring))
      .filter(({ kind }) => kind === "building")
      .flatMap(givenOf)
      .filter((thing) => isInRing(line, ...thing.at));
    const known = new Set(this.#things.map(({ key }) => key));
    this.#context.actions.cancel();
    this.#take([...this.#things, ...inside.filter(({ key }) => !known.has(key))]);
  }

  #take(things: readonly GivenThing[]): void {
    this.#things = things;
    if (things.length === 0) this.#last = null;
    this.#context.tellThings(things);
    this.#show();
  }

  #show(): void {
    const lines = this.#things.flatMap(({ polygons }) =>
      polygons.map(([ring]): Echo["lines"][number] => ({ path: positionsOf(ring!), look: "draft" })),
    );
    this.#context.echo({ ...noEcho, lines });
  }
}

/** 「万福花园」, else what kind of thing it is. */
function nameOf({ kind, name }: GivenThing, context: ToolContext): string {
  return name || context.say({ block: handWords.block, estate: handWords.estate, building: handWords.building }[kind]);
}
