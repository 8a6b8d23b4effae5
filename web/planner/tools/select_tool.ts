import { isInRing } from "../../../data/measure/in_ring.ts";
import { poleOf } from "../../../data/measure/pole.ts";
import type { Position } from "../../../data/schema/geometry.ts";
import { toolWords } from "../../../data/vocabulary/tool_words.ts";
import { lowestAreas } from "../map/lowest_areas.ts";
import { createLasso } from "./lasso.ts";
import type { MapTool } from "./tool.ts";

export const selectTool: MapTool = {
  name: "select",
  word: toolWords.select,
  code: "KeyV",
  key: "V",
  cursor: "default",
  available: () => true,
  start(context) {
    const choose = (ids: readonly string[]) => context.actions.choose(ids);
    const lasso = createLasso(context, (ring) => {
      const inside = lowestAreas(context.planner().draft).filter(({ polygons }) => {
        const [lon, lat] = poleOf(polygons);
        return isInRing(ring.flat(), lon, lat);
      });
      choose([...new Set([...context.planner().selection, ...inside.map(({ id }) => id)])]);
    });
    return {
      hint: () => toolWords.select_hint,
      gesture(gesture) {
        if (lasso.gesture(gesture)) return true;
        if (gesture.kind !== "click") return false;
        context.complain(null);
        choose(toggled(context.planner().selection, idAt(gesture.at), gesture.shift));
        return false;
      },
      key: () => false,
      cancel() {
        if (context.planner().selection.length === 0) return false;
        choose([]);
        return true;
      },
      refresh: () => {},
    };
    function idAt(at: Position): string | null {
      return context.areaAt(at)?.id ?? null;
    }
  },
};

/** A click chooses one, or none; with Shift it adds and takes away. */
export function toggled(selection: readonly string[], id: string | null, adds: boolean): string[] {
  if (id === null) return adds ? [...selection] : [];
  if (!adds) return [id];
  return selection.includes(id) ? selection.filter((other) => other !== id) : [...selection, id];
}
