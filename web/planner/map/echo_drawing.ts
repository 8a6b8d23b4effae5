import type { Position } from "../../../data/schema/geometry.ts";
import { type Echo, noEcho } from "../tools/tool.ts";

const namespace = "http://www.w3.org/2000/svg";
/** Handles outside the view cost nothing: px around it that still count. */
const margin = 20;

/** What a tool shows while the hand moves: SVG above the canvas, so that the map is not drawn again. */
export class EchoDrawing {
  readonly #svg = document.createElementNS(namespace, "svg");
  readonly #note = document.createElement("div");
  readonly #project: (at: Position) => [number, number];
  readonly #nameSnap: (snap: NonNullable<Echo["snap"]>) => string;
  #echo: Echo = noEcho;

  constructor(
    parent: HTMLElement,
    project: (at: Position) => [number, number],
    nameSnap: (snap: NonNullable<Echo["snap"]>) => string,
  ) {
    this.#project = project;
    this.#nameSnap = nameSnap;
    this.#svg.setAttribute("class", "echo");
    this.#svg.setAttribute("aria-hidden", "true");
    this.#note.className = "echo-note";
    this.#note.setAttribute("aria-hidden", "true");
    parent.append(this.#svg, this.#note);
  }

  show(echo: Echo): void {
    this.#echo = echo;
    this.redraw();
  }

  /** The map moved under it. */
  redraw(): void {
    const { lines, handles, snap, note } = this.#echo;
    const parts: SVGElement[] = [];
    for (const { path, look } of lines) {
      const points = path.map((at) =>
        this.#project(at)
          .map((px) => px.toFixed(1))
          .join(" "),
      );
      if (points.length > 1)
        for (const cls of ["casing", look]) parts.push(pathOf(`M${points.join("L")}`, `echo-${cls}`));
    }
    const { clientWidth: width, clientHeight: height } = this.#svg;
    for (const { at, look } of handles) {
      const [x, y] = this.#project(at);
      if (x < -margin || y < -margin || x > width + margin || y > height + margin) continue;
      parts.push(handleAt(x, y, look));
    }
    if (snap) parts.push(...this.#snapMark(snap));
    this.#svg.replaceChildren(...parts);
    this.#note.hidden = note === null;
    if (!note) return;
    const [x, y] = this.#project(note.at);
    this.#note.style.transform = `translate(${Math.round(x + 16)}px, ${Math.round(y + 16)}px)`;
    this.#note.textContent = note.lines.join("\n");
  }

  remove(): void {
    this.#svg.remove();
    this.#note.remove();
  }

  #snapMark(snap: NonNullable<Echo["snap"]>): SVGElement[] {
    const [x, y] = this.#project(snap.at);
    const text = document.createElementNS(namespace, "text");
    text.setAttribute("x", String(x + 12));
    text.setAttribute("y", String(y - 10));
    text.setAttribute("class", "echo-snap-name");
    text.textContent = this.#nameSnap(snap);
    return [pathOf(`M${x - 7} ${y - 7}h14v14h-14Z`, "echo-snap"), text];
  }
}

function handleAt(x: number, y: number, look: Echo["handles"][number]["look"]): SVGElement {
  if (look === "vertex") return pathOf(`M${x - 4.5} ${y - 4.5}h9v9h-9Z`, "echo-handle");
  const radius = look === "node" ? 5.5 : 7;
  const circle = document.createElementNS(namespace, "circle");
  circle.setAttribute("cx", String(x));
  circle.setAttribute("cy", String(y));
  circle.setAttribute("r", String(radius));
  circle.setAttribute("class", `echo-handle echo-handle-${look}`);
  return circle;
}

function pathOf(d: string, name: string): SVGElement {
  const path = document.createElementNS(namespace, "path");
  path.setAttribute("d", d);
  path.setAttribute("class", name);
  return path;
}
