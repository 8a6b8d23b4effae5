import type { Map as MapLibreMap } from "maplibre-gl";
import type { Position } from "../../data/schema/geometry.ts";

/** What the pointer, or the crosshair of the keyboard, does on the map. */
export interface MapGesture {
  kind: "down" | "move" | "up" | "click" | "double" | "leave";
  at: Position;
  /** px in the container */
  point: [number, number];
  shift: boolean;
}

/** @returns of `down`: true takes the drag away from the map; of `double`: true keeps the map from zooming */
export type GestureHandler = (gesture: MapGesture) => boolean;

/** px that a pointer may tremble between down and up of a click */
const trembling = 4;

/** Lets a tool see the pointer before the map does. A drag that it takes does not move the map. */
export class Gestures {
  readonly #map: MapLibreMap;
  #handler: GestureHandler | null = null;
  /** Somebody asked for a place: the next click is theirs, whatever tool is in the hand. */
  #taker: ((at: Position) => void) | null = null;
  #pressed: { point: [number, number]; held: boolean; moved: boolean } | null = null;
  #frame = 0;

  constructor(map: MapLibreMap) {
    this.#map = map;
    const canvas = map.getCanvasContainer();
    // In the capture phase of the parent: the map's own handlers sit on this element.
    const parent = map.getContainer();
    const options = { capture: true } as const;
    parent.addEventListener(
      "pointerdown",
      (event) => canvas.contains(event.target as Node) && this.#down(event),
      options,
    );
    for (const name of ["mousedown", "touchstart"] as const)
      parent.addEventListener(name, (event) => this.#pressed?.held && event.stopPropagation(), options);
    parent.addEventListener("dblclick", (event) => this.#double(event), options);
    canvas.addEventListener("pointermove", (event) => this.#move(event));
    canvas.addEventListener("pointerup", (event) => this.#up(event));
    canvas.addEventListener("pointercancel", () => (this.#pressed = null));
    canvas.addEventListener("pointerleave", (event) => this.#tell("leave", this.#pointOf(event), event.shiftKey));
  }

  get taken(): boolean {
    return this.#handler !== null || this.#taker !== null;
  }

  /**
   * The next click tells a place to whoever asks; tools do not hear of it, and drags move the map.
   * @returns a function that asks no more
   */
  pick(taker: (at: Position) => void): () => void {
    this.#pressed = null;
    this.#taker = taker;
    this.setCursor("crosshair");
    return () => {
      if (this.#taker !== taker) return;
      this.#taker = null;
      this.setCursor("");
    };
  }

  /** Hands the pointer to a tool, or back to the map. */
  hand(handler: GestureHandler | null): void {
    this.#handler = handler;
    this.#pressed = null;
    this.#map.boxZoom[handler ? "disable" : "enable"]();
  }

  /** The crosshair of the keyboard acts for the pointer. */
  actAt(kind: "move" | "click", point: [number, number]): void {
    this.#tell(kind, point, false);
  }

  setCursor(cursor: string): void {
    this.#map.getCanvas().style.cursor = cursor;
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
    this.#handler = null;
    this.#taker = null;
  }

  #down(event: PointerEvent): void {
    if (!this.taken || event.button !== 0 || !event.isPrimary) return;
    const point = this.#pointOf(event);
    const held = this.#tell("down", point, event.shiftKey);
    this.#pressed = { point, held, moved: false };
    if (held) this.#map.getCanvasContainer().setPointerCapture(event.pointerId);
  }

  /** One call a frame: a pointer moves far more often than the screen is drawn. */
  #move(event: PointerEvent): void {
    if (!this.taken || !event.isPrimary) return;
    const point = this.#pointOf(event);
    const pressed = this.#pressed;
    if (pressed && Math.hypot(point[0] - pressed.point[0], point[1] - pressed.point[1]) > trembling)
      pressed.moved = true;
    if (pressed && !pressed.held) return;
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#tell("move", point, event.shiftKey));
  }

  #up(event: PointerEvent): void {
    const pressed = this.#pressed;
    this.#pressed = null;
    if (!pressed || !this.taken) return;
    const point = this.#pointOf(event);
    if (pressed.held && pressed.moved) {
      cancelAnimationFrame(this.#frame);
      this.#tell("move", point, event.shiftKey);
    }
    if (pressed.held) this.#tell("up", point, event.shiftKey);
    if (!pressed.moved) this.#tell("click", point, event.shiftKey);
  }

  #double(event: MouseEvent): void {
    if (this.taken && this.#tell("double", this.#pointOf(event), event.shiftKey)) event.stopPropagation();
  }

  #tell(kind: MapGesture["kind"], point: [number, number], shift: boolean): boolean {
    const { lng, lat } = this.#map.unproject(point);
    const taker = this.#taker;
    if (taker) {
      if (kind !== "click") return false;
      this.#taker = null;
      this.setCursor("");
      taker([lng, lat]);
      return true;
    }
    return this.#handler?.({ kind, at: [lng, lat], point, shift }) ?? false;
  }

  #pointOf(event: MouseEvent): [number, number] {
    const box = this.#map.getCanvasContainer().getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }
}
