import type { DraftArea } from "../../../data/division/draft.ts";
import type { Position } from "../../../data/schema/geometry.ts";
import { handWords } from "../../../data/vocabulary/hand_words.ts";
import type { AtlasMap } from "../../map/atlas_map.ts";
import type { MapGesture } from "../../map/gestures.ts";
import type { Speak } from "../../ui/use_words.ts";
import type { Planner } from "../planner_types.ts";
import { MapCursor } from "../tools/map_cursor.ts";
import { positionsOf } from "../tools/positions.ts";

interface CrosshairOptions {
  map: AtlasMap;
  /** Where it is drawn: over the map, the same size. */
  layer: HTMLElement;
  speak: Speak;
  planner: () => Planner;
  areaAt: (at: Position) => DraftArea | null;
  /** What a press would snap to, in words. */
  nameSnapAt: (point: [number, number]) => string;
  /** Does what the pointer would do there. */
  gesture: (gesture: MapGesture) => void;
}

/** The keyboard's pointer: arrows move it, comma and period take it along a border, Enter and Space press. */
export class Crosshair {
  readonly #cursor: MapCursor;
  readonly #options: CrosshairOptions;

  constructor(options: CrosshairOptions) {
    const { map, layer } = options;
    this.#options = options;
    this.#cursor = new MapCursor(layer, {
      project: (at) => map.project(at),
      unproject: (point) => map.unproject(point),
      size: () => [layer.clientWidth, layer.clientHeight],
      centreOn: ([lng, lat]) => map.setCamera({ zoom: map.camera().zoom, lng, lat }),
    });
  }

  /** Null while it is hidden. */
  get at(): Position | null {
    return this.#cursor.at;
  }

  redraw(): void {
    this.#cursor.redraw();
  }

  remove(): void {
    this.#cursor.remove();
  }

  hide(): void {
    if (this.#cursor.at) this.#cursor.hide();
  }

  /** Puts it on a place, which the map shows. */
  moveTo(at: Position): void {
    this.#cursor.moveTo(at);
    this.#gesture("move", false);
  }

  /** It appears, then sets points. */
  press(shift: boolean): void {
    if (this.#cursor.at) this.#gesture("click", shift);
    else {
      this.#cursor.showAtCentre();
      this.#gesture("move", false);
    }
  }

  /** @returns whether the key meant something */
  key(event: KeyboardEvent): boolean {
    if (!this.#cursor.at || event.altKey) return false;
    if (event.code === "Comma" || event.code === "Period") {
      const next = this.#nextVertex(event.code === "Period" ? 1 : -1);
      if (!next) return false;
      this.#cursor.moveTo(next);
    } else if (!this.#cursor.key(event)) return false;
    this.#gesture("move", event.shiftKey);
    return true;
  }

  #gesture(kind: "move" | "click", shift: boolean): void {
    const { gesture, areaAt, nameSnapAt, speak } = this.#options;
    const at = this.#cursor.at!;
    const point = this.#cursor.point;
    gesture({ kind, at, point, shift });
    const area = areaAt(at)?.short_name ?? speak(handWords.cursor_outside);
    this.#cursor.say(speak(handWords.cursor_at, { area, what: nameSnapAt(point) }));
  }

  /** Vertices of the chosen area's border in their order, else of the area under the crosshair. */
  #nextVertex(by: 1 | -1): Position | null {
    const { selection, draft } = this.#options.planner();
    const at = this.#cursor.at!;
    const area = (selection.length > 0 ? draft.area(selection[0]!) : undefined) ?? this.#options.areaAt(at);
    const ring = area?.polygons[0]?.[0];
    if (!ring) return null;
    const vertices = positionsOf(ring).slice(0, -1);
    const far = ([lon, lat]: Position) => Math.hypot(lon - at[0], lat - at[1]);
    let nearest = 0;
    vertices.forEach((each, i) => {
      if (far(each) < far(vertices[nearest]!)) nearest = i;
    });
    // on its way to the first one it takes the nearest
    const isThere = far(vertices[nearest]!) < 1e-8;
    return vertices[(nearest + (isThere ? by : 0) + vertices.length) % vertices.length]!;
  }
}
