import type { DraftArea } from "../../data/division/draft.ts";
import type { Position } from "../../data/schema/geometry.ts";
import type { PlanComment } from "../../data/schema/plan.ts";
import { isInRing } from "../../data/measure/in_ring.ts";
import type { AtlasMap } from "../map/atlas_map.ts";
import type { EchoFeature } from "../map/draft_source.ts";
import type { PlanDifference } from "./compare_plan.ts";
import { commentPins } from "./map/map_echoes.ts";
import { geometryOf } from "./map/draft_features.ts";

/**
 * Two maps look at the same place from now on, whichever is moved.
 * @returns a function that lets them go their own ways
 */
export function keepTogether(one: AtlasMap, other: AtlasMap): () => void {
  // who moved first leads: what the other one then tells is only the echo
  let leader: AtlasMap | null = null;
  const follow = (from: AtlasMap, to: AtlasMap) =>
    from.on("move", ({ camera }) => {
      if (leader !== null) return;
      leader = from;
      to.setCamera(camera);
      leader = null;
    });
  const stops = [follow(one, other), follow(other, one)];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Changed areas as the base edition has them, outlined. */
export function outlinesBefore({ before }: PlanDifference): EchoFeature[] {
  return before.map(({ polygons }) => ({
    geometry: geometryOf(polygons),
    properties: { mark: "ghost", look: "kept" },
  }));
}

interface Shown {
  showMoved: boolean;
  selection: readonly string[];
  comments: readonly PlanComment[];
}

/** Changed areas as they are drawn, new ones apart; `moved`: also the ground that changes hands. */
export function outlinesAfter(
  { before, after, moved }: PlanDifference,
  { showMoved, selection, comments }: Shown,
): EchoFeature[] {
  const olds = new Set(before.map(({ id }) => id));
  const places = moved.map(
    ({ polygons }): EchoFeature => ({ geometry: geometryOf(polygons), properties: { mark: "place" } }),
  );
  const outlines = after.map(
    ({ id, polygons }): EchoFeature => ({
      geometry: geometryOf(polygons),
      properties: { mark: "ghost", look: olds.has(id) ? "kept" : "new" },
    }),
  );
  const chosen = after.filter(({ id }) => selection.includes(id));
  const marks = chosen.map(
    ({ polygons }): EchoFeature => ({ geometry: geometryOf(polygons), properties: { mark: "selected", order: 1 } }),
  );
  return [...(showMoved ? places : []), ...outlines, ...marks, ...commentPins(comments)];
}

/** The area that holds a position. */
export function areaAt(areas: readonly DraftArea[], [lon, lat]: Position): DraftArea | undefined {
  return areas.find(({ polygons }) => {
    let inside = false;
    for (const ring of polygons.flat()) if (isInRing(ring, lon, lat)) inside = !inside;
    return inside;
  });
}
