import type { Position } from "../../../data/schema/geometry.ts";
import { movedBy } from "./positions.ts";

/** Presses of a held arrow until its step doubles, and how often it does. */
const pressesToDouble = 5;
const mostDoublings = 6;
/** px from the edge of the map at which the map follows. */
const edge = 40;

const directions: Readonly<Record<string, readonly [east: number, north: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** Metres that a press of an arrow moves: 1, with Shift 10, more the longer it is held; null for another key. */
export function arrowStep(event: Pick<KeyboardEvent, "code" | "shiftKey">, held = 0): readonly [number, number] | null {
  const direction = directions[event.code];
  if (!direction) return null;
  const metres = (event.shiftKey ? 10 : 1) * 2 ** Math.min(mostDoublings, Math.floor(held / pressesToDouble));
  return [direction[0] * metres, direction[1] * metres];
}

interface CursorView {
  project(at: Position): [number, number];
  unproject(point: [number, number]): Position;
  size(): [number, number];
  /** Puts a position in the middle of the map. */
  centreOn(at: Position): void;
}

/**
 * The keyboard's pointer on the map of a plan: it stays on its place on the ground while the map moves. Enter and Space
 * set a point where it is; arrows move it by metres.
 */
export class MapCursor {
  readonly #view: CursorView;
  readonly #mark = createMark();
  readonly #spoken = document.createElement("p");
  #at: Position | null = null;
  #held = 0;

  constructor(parent: HTMLElement, view: CursorView) {
    this.#view = view;
    this.#spoken.className = "spoken";
    this.#spoken.setAttribute("role", "status");
    parent.append(this.#mark, this.#spoken);
  }

  /** Null while it is hidden. */
  get at(): Position | null {
    return this.#at;
  }

  get point(): [number, number] {
    return this.#view.project(this.#at!);
  }

  showAtCentre(): void {
    const [width, height] = this.#view.size();
    this.moveTo(this.#view.unproject([width / 2, height / 2]));
  }

  hide(): void {
    this.#at = null;
    this.#spoken.textContent = "";
    this.redraw();
  }

  moveTo(at: Position): void {
    this.#at = at;
    const [width, height] = this.#view.size();
    const [x, y] = this.#view.project(at);
    if (x < edge || y < edge || x > width - edge || y > height - edge) this.#view.centreOn(at);
    this.redraw();
  }

  /** @returns whether the key was an arrow, and moved it */
  key(event: KeyboardEvent): boolean {
    this.#held = event.repeat ? this.#held + 1 : 0;
    const step = arrowStep(event, this.#held);
    if (!step || !this.#at || event.altKey) return false;
    this.moveTo(movedBy(this.#at, ...step));
    return true;
  }

  say(text: string): void {
    this.#spoken.textContent = text;
  }

  redraw(): void {
    this.#mark.style.display = this.#at ? "block" : "none";
    if (!this.#at) return;
    const [x, y] = this.#view.project(this.#at);
    this.#mark.style.transform = `translate(${x - 20}px, ${y - 20}px)`;
  }

  remove(): void {
    this.#mark.remove();
    this.#spoken.remove();
  }
}

function createMark(): SVGSVGElement {
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  svg.setAttribute("viewBox", "-20 -20 40 40");
  svg.setAttribute("class", "map-cursor");
  svg.setAttribute("aria-hidden", "true");
  svg.style.display = "none";
  for (const name of ["map-cursor-casing", "map-cursor-line"]) {
    const path = document.createElementNS(namespace, "path");
    path.setAttribute("d", "M-18 0H-5M5 0H18M0-18V-5M0 5V18");
    path.setAttribute("class", name);
    svg.append(path);
  }
  return svg;
}
