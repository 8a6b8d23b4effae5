import type { Map as MapLibreMap } from "maplibre-gl";

/** Keys while the map has the focus; matched by `KeyboardEvent.code`, so that the layout of the keyboard does not matter. */
export interface KeyboardActions {
  northUp(): void;
  /** Enter on the crosshair: a click at the middle of the free part of the map. */
  click(): void;
  /** The crosshair is over something else: it moved, or appeared, or went. */
  pointAtCentre(shown: boolean): void;
}

/** px an arrow pans */
const panStep = 120;

const pans: Readonly<Record<string, [number, number]>> = {
  ArrowLeft: [-panStep, 0],
  ArrowRight: [panStep, 0],
  ArrowUp: [0, -panStep],
  ArrowDown: [0, panStep],
};
const zooms: Readonly<Record<string, number>> = { Equal: 1, NumpadAdd: 1, Minus: -1, NumpadSubtract: -1 };

/** Arrows pan, + and − zoom, 0 turns north up; Enter shows a crosshair, then clicks there; Esc hides it. */
export class MapKeyboard {
  readonly #map: MapLibreMap;
  readonly #actions: KeyboardActions;
  readonly #crosshair = createCrosshair();
  #shown = false;

  constructor(map: MapLibreMap, actions: KeyboardActions) {
    this.#map = map;
    this.#actions = actions;
    const canvas = map.getCanvas();
    canvas.addEventListener("keydown", this.#onKey);
    canvas.addEventListener("blur", () => this.#show(false));
    canvas.addEventListener("pointerdown", () => this.#show(false));
    map.getContainer().append(this.#crosshair);
    map.on("moveend", () => this.#shown && this.#actions.pointAtCentre(true));
  }

  get shown(): boolean {
    return this.#shown;
  }

  /** Middle of the part of the map that no panel covers, px. */
  centre(): [number, number] {
    const { x, y } = this.#map.project(this.#map.getCenter());
    return [x, y];
  }

  setColours(line: string, casing: string): void {
    this.#crosshair.style.color = line;
    this.#crosshair.style.setProperty("--casing", casing);
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (this.#act(event.code)) {
      event.preventDefault();
      event.stopPropagation();
    }
  };

  #act(code: string): boolean {
    const pan = pans[code];
    const zoom = zooms[code];
    if (pan) this.#map.panBy(pan, { duration: 200 });
    else if (zoom) this.#map.zoomTo(Math.round(this.#map.getZoom() + zoom), { duration: 200 });
    else if (code === "Digit0" || code === "Numpad0") this.#actions.northUp();
    else if (code === "Enter" || code === "NumpadEnter") this.#enter();
    else if (code === "Escape" && this.#shown) this.#show(false);
    else return false;
    return true;
  }

  #enter(): void {
    if (this.#shown) this.#actions.click();
    else this.#show(true);
  }

  #show(shown: boolean): void {
    if (shown === this.#shown) return;
    this.#shown = shown;
    const [x, y] = this.centre();
    this.#crosshair.style.left = `${x}px`;
    this.#crosshair.style.top = `${y}px`;
    this.#crosshair.style.display = shown ? "block" : "none";
    this.#actions.pointAtCentre(shown);
  }
}

/** An SVG cross above the canvas: it stays sharp and moves without drawing the map again. */
function createCrosshair(): SVGSVGElement {
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  svg.setAttribute("viewBox", "-20 -20 40 40");
  svg.setAttribute("width", "40");
  svg.setAttribute("height", "40");
  svg.setAttribute("aria-hidden", "true");
  Object.assign(svg.style, {
    position: "absolute",
    display: "none",
    pointerEvents: "none",
    transform: "translate(-50%, -50%)",
  });
  for (const [stroke, width] of [
    ["var(--casing)", "5"],
    ["currentColor", "2"],
  ] as const) {
    const path = document.createElementNS(namespace, "path");
    path.setAttribute("d", "M-18 0H-5M5 0H18M0-18V-5M0 5V18");
    path.setAttribute("fill", "none");
    path.style.stroke = stroke;
    path.style.strokeWidth = width;
    svg.append(path);
  }
  return svg;
}
