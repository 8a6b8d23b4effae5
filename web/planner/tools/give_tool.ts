import { outlineOfBuildings } from "../../../data/division/outline_of_buildings.ts";
import { isInRing } from "../../../data/measure/in_ring.ts";
import type { Position } from "../../../data/schema/geometry.ts";
import { refusalWords, toolWords } from "../../../data/vocabulary/tool_words.ts";
import type { GroundThing } from "../map/city_ground.ts";
import { lowestAreas } from "../map/lowest_areas.ts";
import { createLasso } from "./lasso.ts";
import { hullOf, placeOf, positionsOf } from "./positions.ts";
import { reachBorder } from "./reach_border.ts";
import { type Echo, type MapTool, noEcho, type ToolContext } from "./tool.ts";

/** Gives an estate, or buildings, to a neighbour. */
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
  start: (context) => startGiving(context),
};

function startGiving(context: ToolContext): ReturnType<MapTool["start"]> {
  let things: GroundThing[] = [];
  let seen = context.planner().version;
  const show = () => {
    const lines = things.flatMap(({ polygons }) =>
      polygons.map(([ring]): Echo["lines"][number] => ({ path: positionsOf(ring!), look: "draft" })),
    );
    context.echo({ ...noEcho, lines });
  };
  const give = (to: string) => {
    const from = [...new Set(things.map((thing) => context.areaAt(middleOf(thing))?.id ?? to))].filter(
      (id) => id !== to,
    );
    if (from.length === 0) {
      context.complain(refusalWords.nothing_changes);
      return;
    }
    context.actions.propose({ op: "give", to, from, place: placeFor(context, things, to), pieces: false });
  };
  const lasso = createLasso(context, (ring) => {
    const box = boxOf(ring);
    const inside = context.ground
      .near(box)
      .filter((thing) => thing.kind === "building" && isInRing(ring.flat(), ...middleOf(thing)));
    things = [...new Set([...things, ...inside])];
    show();
  });
  return {
    hint: () => (things.length > 0 ? toolWords.give_hint_target : toolWords.give_hint),
    gesture(gesture) {
      if (lasso.gesture(gesture)) return true;
      if (gesture.kind !== "click") return false;
      context.complain(null);
      context.actions.cancel();
      const { at, shift } = gesture;
      const area = context.areaAt(at);
      const isTarget =
        things.length > 0 && !shift && area && things.every((thing) => isElsewhere(context, thing, area.id));
      if (isTarget) give(area.id);
      else {
        const thing = context.ground.thingAt(at);
        if (!thing) context.complain(toolWords.give_hint);
        else if (things.includes(thing)) things = things.filter((other) => other !== thing);
        else things = shift ? [...things, thing] : [thing];
      }
      show();
      return false;
    },
    key: () => false,
    cancel() {
      if (things.length === 0) return false;
      if (!context.planner().pending) things = [];
      show();
      return true;
    },
    refresh() {
      // What was given is not waiting any more: the next thing may be chosen.
      const { version } = context.planner();
      if (version !== seen) things = [];
      seen = version;
      show();
    },
  };
}

function isElsewhere(context: ToolContext, thing: GroundThing, id: string): boolean {
  return context.areaAt(middleOf(thing))?.id !== id;
}

/** Estates as they are, buildings with their yards; led to the border of who gets them. */
function placeFor(context: ToolContext, things: readonly GroundThing[], to: string): Position[][][] {
  const estates = things
    .filter(({ kind }) => kind === "estate")
    .map(({ polygons }) => [hullOf(polygons.flatMap(([ring]) => positionsOf(ring!)))]);
  const buildings = things.filter(({ kind }) => kind === "building");
  const near = buildings.length > 0 ? context.ground.near(boxOf(buildings.flatMap(cornersOf), 2e-4)) : [];
  const others = near.filter((thing) => thing.kind === "building" && !things.includes(thing));
  const yards = outlineOfBuildings(
    buildings.map(({ polygons }) => polygons),
    others.map(({ polygons }) => polygons),
  );
  const place = [...estates, ...placeOf(yards)];
  const shared = context
    .arcs()
    .filter(({ left, right }) => (left === to || right === to) && left !== null && right !== null);
  return [...place, ...place.flatMap(([ring]) => reachBorder(ring!, shared))];
}

function cornersOf({ polygons }: GroundThing): Position[] {
  return polygons.flatMap((rings) => rings.flatMap(positionsOf));
}

function middleOf(thing: GroundThing): Position {
  const [west, south, east, north] = boxOf(cornersOf(thing));
  return [(west + east) / 2, (south + north) / 2];
}

function boxOf(positions: readonly Position[], more = 0): [number, number, number, number] {
  const lons = positions.map(([lon]) => lon);
  const lats = positions.map(([, lat]) => lat);
  return [Math.min(...lons) - more, Math.min(...lats) - more, Math.max(...lons) + more, Math.max(...lats) + more];
}
