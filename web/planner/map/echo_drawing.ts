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

/** Bottom to top. */
const pathLooks = ["casing", "former", "chosen", "draft", "lasso", "handle", "handle-grabbed", "snap"] as const;
type PathLook = (typeof pathLooks)[number];

/** px between cards, and between them and the edge of the map. */
const cardGap = 8;

/** What a tool shows while the hand moves: SVG above the canvas, so that the map is not drawn again. */
export class EchoDrawing {
  readonly #svg = document.createElementNS(namespace, "svg");
  /** One for all that looks alike: a frame of a drag sets their outlines and makes no element. */
  readonly #paths = new Map<PathLook, SVGElement>();
  readonly #snapText = document.createElementNS(namespace, "text");
  /** px; asked of the page it would be laid out anew in each frame. */
  #size: readonly [number, number] = [0, 0];
  readonly #watch: ResizeObserver;
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
    for (const look of pathLooks) {
      const path = document.createElementNS(namespace, "path");
      path.setAttribute("class", `echo-${look}`);
      this.#paths.set(look, path);
      this.#svg.append(path);
    }
    this.#snapText.setAttribute("class", "echo-snap-name");
    this.#svg.append(this.#snapText);
    this.#watch = new ResizeObserver(([entry]) => {
      if (entry) this.#size = [entry.contentRect.width, entry.contentRect.height];
    });
    this.#watch.observe(this.#svg);
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
    const outlines = new Map<PathLook, string>();
    const add = (look: PathLook, outline: string) => outlines.set(look, (outlines.get(look) ?? "") + outline);
    for (const { path, look } of lines) {
      if (path.length < 2) continue;
      const outline = `M${path.map((at) => this.#project(at).map(written).join(" ")).join("L")}`;
      add("casing", outline);
      add(look, outline);
    }
    const [width, height] = this.#size;
    for (const { at, look } of handles) {
      const [x, y] = this.#project(at);
      if (x < -margin || y < -margin || x > width + margin || y > height + margin) continue;
      add(look === "grabbed" ? "handle-grabbed" : "handle", handleAt(x, y, look));
    }
    this.#drawSnap(snap, add);
    for (const [look, path] of this.#paths) setAttribute(path, "d", outlines.get(look) ?? "");
    this.#note.hidden = note === null;
    if (!note) return;
    const [x, y] = this.#project(note.at);
    this.#note.style.transform = `translate(${Math.round(x + 16)}px, ${Math.round(y + 16)}px)`;
    const words = note.lines.join("\n");
    if (this.#note.textContent !== words) this.#note.textContent = words;
  }

  /** On their areas, inside the map, none on another. */
  #placeCards(): void {
    const [clientWidth, clientHeight] = this.#size;
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
    this.#watch.disconnect();
    this.#svg.remove();
    this.#cardLayer.remove();
    this.#note.remove();
  }

  #drawSnap(snap: Echo["snap"], add: (look: PathLook, outline: string) => void): void {
    const [x, y] = snap ? this.#project(snap.at) : [0, 0];
    if (snap) add("snap", `M${x - 7} ${y - 7}h14v14h-14Z`);
    setAttribute(this.#snapText, "x", String(Math.round(x + 12)));
    setAttribute(this.#snapText, "y", String(Math.round(y - 10)));
    const name = snap ? this.#nameSnap(snap) : "";
    if (this.#snapText.textContent !== name) this.#snapText.textContent = name;
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

/** Squares for vertices, circles for what is more. */
function handleAt(x: number, y: number, look: Echo["handles"][number]["look"]): string {
  const [left, top] = [written(x), written(y)];
  if (look === "vertex") return `M${left} ${top}m-4.5 -4.5h9v9h-9Z`;
  const r = look === "node" ? 5.5 : 7;
  return `M${left} ${top}m${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
}

function written(px: number): string {
  return px.toFixed(1);
}

/** Nothing that stays the same is said again. */
function setAttribute(element: SVGElement, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}
