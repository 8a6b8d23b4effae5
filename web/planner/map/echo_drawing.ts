import type { Position } from "../../../data/schema/geometry.ts";
import { type Echo, noEcho } from "../tools/tool.ts";

const namespace = "http://www.w3.org/2000/svg";
/** Handles outside the view cost nothing: px around it that still count. */
const margin = 20;

/** What an area would have, on it: 「14 新设 · 294 户 871 人 · 5 幢」. */
export interface EchoCard {
  at: Position;
  title: string;
  lines: readonly string[];
  look: "kept" | "new" | "gone";
}

/** px between cards, and between them and the edge of the map. */
const cardGap = 8;

/** What a tool shows while the hand moves: SVG above the canvas, so that the map is not drawn again. */
export class EchoDrawing {
  readonly #svg = document.createElementNS(namespace, "svg");
  readonly #note = document.createElement("div");
  readonly #project: (at: Position) => [number, number];
  readonly #nameSnap: (snap: NonNullable<Echo["snap"]>) => string;
  readonly #cardLayer = document.createElement("div");
  #cards: { element: HTMLElement; at: Position; width: number; height: number }[] = [];
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
    this.#cardLayer.className = "echo-cards";
    this.#cardLayer.setAttribute("aria-hidden", "true");
    parent.append(this.#svg, this.#cardLayer, this.#note);
  }

  /** Cards say what the bar that asks for Enter says too: they are for the eye alone. */
  showCards(cards: readonly EchoCard[]): void {
    this.#cardLayer.replaceChildren(...cards.map(cardOf));
    this.#cards = cards.map(({ at }, i) => {
      const element = this.#cardLayer.children[i] as HTMLElement;
      return { element, at, width: element.offsetWidth, height: element.offsetHeight };
    });
    this.#placeCards();
  }

  show(echo: Echo): void {
    this.#echo = echo;
    this.redraw();
  }

  /** The map moved under it. */
  redraw(): void {
    if (this.#cards.length > 0) this.#placeCards();
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

  /** On their areas, inside the map, none on another. */
  #placeCards(): void {
    const { clientWidth, clientHeight } = this.#cardLayer;
    const placed: [number, number, number, number][] = [];
    for (const { element, at, width, height } of this.#cards) {
      const [x, y] = this.#project(at);
      const isAway = x < -width || y < -height || x > clientWidth + width || y > clientHeight + height;
      element.hidden = isAway;
      if (isAway) continue;
      const left = Math.min(Math.max(x - width / 2, cardGap), clientWidth - width - cardGap);
      const wanted = Math.min(Math.max(y - height / 2, cardGap), clientHeight - height - cardGap);
      const top = freePlace(wanted, [left, width, height], placed);
      placed.push([left, top, width, height]);
      element.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
    }
  }

  remove(): void {
    this.#svg.remove();
    this.#cardLayer.remove();
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

/** Nearest y to the wanted one at which nothing that is placed is in the way. */
function freePlace(
  wanted: number,
  [left, width, height]: readonly [number, number, number],
  placed: readonly (readonly [number, number, number, number])[],
): number {
  const isFree = (top: number) =>
    placed.every(
      ([x, y, w, h]) =>
        left + width + cardGap <= x || x + w + cardGap <= left || top + height + cardGap <= y || y + h + cardGap <= top,
    );
  const others = placed.flatMap(([, y, , h]) => [y - height - cardGap, y + h + cardGap]);
  return (
    [wanted, ...others.sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))].find((top) => isFree(top)) ?? wanted
  );
}

function cardOf({ title, lines, look }: EchoCard): HTMLElement {
  const card = document.createElement("div");
  card.className = `echo-card echo-card-${look}`;
  const strong = document.createElement("strong");
  strong.textContent = title;
  card.append(strong, ...lines.map(lineOf));
  return card;
}

function lineOf(text: string): HTMLElement {
  const line = document.createElement("span");
  line.textContent = text;
  return line;
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
