import type { DraftArea } from "../../../data/division/draft.ts";
import type { Bbox, Position } from "../../../data/schema/geometry.ts";
import type { Wording } from "../../../data/vocabulary/language.ts";
import { refusalWords, toolWords } from "../../../data/vocabulary/tool_words.ts";
import type { Speak } from "../../ui/use_words.ts";
import type { AtlasMap } from "../../map/atlas_map.ts";
import type { Planner, PlannerActions } from "../planner_types.ts";
import { findSnap, snapReach } from "../tools/find_snap.ts";
import { noEcho, type ToolContext, type ToolSession } from "../tools/tool.ts";
import { toolOf } from "../tools/tool_list.ts";
import { CityGround, isInside } from "./city_ground.ts";
import { DraftDrawing, type WordFacts } from "./draft_features.ts";
import { EchoDrawing } from "./echo_drawing.ts";
import type { FormerBorders } from "./former_borders.ts";
import { cardsOf, listEchoes } from "./map_echoes.ts";
import { nameArea } from "./name_area.ts";

const noAreas: ReadonlySet<string> = new Set();

/** What the page shows of the tool in the hand. */
export interface BenchFacts {
  hint: Wording;
  /** Why something could not be done. */
  complaint: Wording | null;
  /** The hand still moves: nothing is confirmed yet. */
  held: boolean;
}

interface BenchOptions {
  map: AtlasMap;
  /** Where the echo is drawn: over the map, the same size. */
  layer: HTMLElement;
  planner: Planner;
  actions: PlannerActions;
  reader: string | undefined;
  former: FormerBorders;
  speak: Speak;
  wordFacts: WordFacts;
  changed: (facts: BenchFacts) => void;
}

/** Joins the map, the tool in the hand and the plan: the one place where all three meet. */
export class ToolBench {
  readonly ground: CityGround;
  readonly #drawing = new DraftDrawing();
  readonly #echo: EchoDrawing;
  readonly #options: BenchOptions;
  readonly #context: ToolContext;
  readonly #stops: (() => void)[];
  #former: FormerBorders;
  #hadCards = false;
  #planner: Planner;
  #session: ToolSession;
  #snaps = true;
  #facts: BenchFacts = { hint: toolWords.select_hint, complaint: null, held: false };

  constructor(options: BenchOptions) {
    const { map, layer, planner } = options;
    this.#options = options;
    this.#planner = planner;
    this.#former = options.former;
    this.ground = new CityGround(options.reader);
    this.#echo = new EchoDrawing(
      layer,
      (at) => map.project(at),
      (snap) => this.#nameSnap(snap.kind, snap.name),
    );
    this.#context = this.#makeContext();
    this.#session = toolOf(planner.tool).start(this.#context);
    map.gestures.hand((gesture) => {
      const taken = this.#session.gesture(gesture);
      map.gestures.setCursor(toolOf(this.#planner.tool).cursor);
      this.#tell({});
      return taken;
    });
    this.#stops = [
      map.on("move", ({ settled }) => {
        this.#echo.redraw();
        if (settled) void this.ground.load(map.box());
      }),
    ];
    void this.ground.load(map.box());
    this.redraw();
    this.#drawEcho();
    this.#tell({});
  }

  /** The plan is another one than before, or its selection, tool or what waits. */
  update(planner: Planner): void {
    const before = this.#planner;
    this.#planner = planner;
    const isOther = planner.version !== before.version || planner.figures !== before.figures;
    if (isOther || planner.looks !== before.looks || planner.pending !== before.pending) this.redraw();
    if (planner.tool !== before.tool) {
      this.#echo.show(noEcho);
      this.#tell({ complaint: null, held: false });
      this.#session = toolOf(planner.tool).start(this.#context);
    } else this.#session.refresh();
    if (planner.refusal !== before.refusal && planner.refusal)
      this.#tell({ complaint: refusalWords[planner.refusal.reason] });
    if (!this.#facts.held || before.pending === null) this.#drawEcho();
    this.#tell({});
  }

  /** Draws the draft anew; only what differs reaches the map. */
  redraw(): void {
    const { map, wordFacts } = this.#options;
    map.draft.change(this.#drawing.draw(this.#planner, this.#former, wordFacts, this.#quietAreas()));
  }

  /** The draft begins from another edition now. */
  setFormer(former: FormerBorders): void {
    this.#former = former;
    this.#drawing.recheck();
    this.redraw();
  }

  /** More is known of the edition that the draft began from. */
  takeFormer(areas: readonly DraftArea[]): void {
    this.#former.take(areas);
    this.#drawing.recheck();
    this.redraw();
  }

  /** Words are others now. */
  reword(): void {
    this.#drawing.reword();
    this.redraw();
    this.#drawEcho();
    this.#tell({});
  }

  setSnapping(on: boolean): void {
    this.#snaps = on;
  }

  /** Keys while the map has the focus. @returns whether the key meant something */
  key(event: KeyboardEvent): boolean {
    const { pending } = this.#planner;
    if (this.#session.key(event)) {
      this.#tell({});
      return true;
    }
    if (event.code === "Escape") return this.cancel();
    if ((event.code === "Enter" || event.code === "NumpadEnter") && pending) {
      this.confirm();
      return true;
    }
    return false;
  }

  confirm(): void {
    this.#options.actions.confirm();
  }

  /** One step back: what waits, what the tool began, the tool itself. */
  cancel(): boolean {
    const { pending, tool } = this.#planner;
    const hadOwn = this.#session.cancel();
    if (pending) this.#options.actions.cancel();
    this.#tell({ complaint: null });
    if (pending || hadOwn) return true;
    if (tool === "select") return false;
    this.#options.actions.setTool("select");
    return true;
  }

  stop(): void {
    for (const stop of this.#stops) stop();
    this.#options.map.gestures.hand(null);
    this.#echo.remove();
  }

  #makeContext(): ToolContext {
    const { map, actions } = this.#options;
    return {
      planner: () => this.#planner,
      actions,
      ground: this.ground,
      project: (at) => map.project(at),
      unproject: (point) => map.unproject(point),
      snapAt: (point, what = "all", of) => {
        const at = map.unproject(point);
        const [lon, lat] = map.unproject([point[0] + snapReach, point[1] + snapReach]);
        const reach = [Math.abs(lon - at[0]), Math.abs(lat - at[1])] as const;
        const box: Bbox = [at[0] - reach[0], at[1] - reach[1], at[0] + reach[0], at[1] + reach[1]];
        const arcs = this.#drawing
          .arcsNear(box)
          .filter(({ left, right }) => of === undefined || left === of || right === of);
        return findSnap({ at, reach, arcs, ground: what === "all" && this.#snaps ? this.ground : null });
      },
      arcs: () => this.#drawing.arcsNear(map.box()),
      arcsAt: ([lon, lat]) => this.#drawing.arcsNear([lon, lat, lon, lat]),
      areaAt: (at) => this.#areaAt(at),
      echo: (echo) => this.#echo.show(echo),
      complain: (complaint) => this.#tell({ complaint }),
      wordPending: () => this.#wordPending(),
      hold: (held) => {
        if (held === this.#facts.held) return;
        this.#tell({ held });
        this.redraw();
        this.#drawEcho();
      },
    };
  }

  #areaAt([lon, lat]: Position) {
    const near = this.#drawing.areasNear([lon, lat, lon, lat]).flatMap((id) => this.#planner.draft.area(id) ?? []);
    return near.find(({ polygons }) => isInside(polygons, lon, lat)) ?? null;
  }

  #wordPending(): string[] {
    const { pending, draft, figures } = this.#planner;
    return (pending?.figures ?? []).slice(0, 4).map(({ id, after }) => {
      const was = figures.get(id)?.households ?? 0;
      return `${nameArea(draft, pending, id)} ${was} → ${this.#options.speak(toolWords.households, { n: after?.households ?? 0 })}`;
    });
  }

  /** Selection, ghosts and what people say are drawn by the map itself: they change with acts, not with the hand. */
  #drawEcho(): void {
    const { speak, map } = this.#options;
    const { held } = this.#facts;
    map.draft.setEcho(listEchoes(this.#planner, held, speak));
    const cards = held ? [] : cardsOf(this.#planner, speak);
    if (cards.length > 0 || this.#hadCards) this.#echo.showCards(cards);
    this.#hadCards = cards.length > 0;
  }

  /** Areas whose label would stand below a card. */
  #quietAreas(): ReadonlySet<string> {
    const { pending } = this.#planner;
    if (!pending || this.#facts.held) return noAreas;
    return new Set(pending.figures.map(({ id }) => id));
  }

  #nameSnap(kind: string, name: string): string {
    const words = {
      node: toolWords.snap_node,
      border: toolWords.snap_border,
      road: toolWords.snap_road,
      water: toolWords.snap_water,
      estate: toolWords.snap_wall,
      building: toolWords.snap_building,
    }[kind];
    return [words ? this.#options.speak(words) : "", name].filter(Boolean).join(" ");
  }

  #tell(change: Partial<BenchFacts>): void {
    const next = { ...this.#facts, ...change, hint: this.#session?.hint() ?? this.#facts.hint };
    const same =
      next.hint === this.#facts.hint && next.complaint === this.#facts.complaint && next.held === this.#facts.held;
    this.#facts = next;
    if (!same) this.#options.changed(next);
  }
}
