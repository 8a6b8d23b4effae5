import type { DraftArea } from "../../../data/division/draft.ts";
import type { Bbox, Position } from "../../../data/schema/geometry.ts";
import type { PlanOperation } from "../../../data/schema/plan_operation.ts";
import type { Wording } from "../../../data/vocabulary/language.ts";
import { refusalWords, toolWords } from "../../../data/vocabulary/tool_words.ts";
import type { Speak } from "../../ui/use_words.ts";
import type { AtlasMap } from "../../map/atlas_map.ts";
import type { PendingOperation, Planner, PlannerActions } from "../planner_types.ts";
import { findSnap, snapReach } from "../tools/find_snap.ts";
import { type GivenThing, type Hand, type RoadShare, useHand } from "../tools/hand_store.ts";
import { liveFigures } from "../tools/live_figures.ts";
import { RoadShares } from "../tools/road_share.ts";
import { noEcho, type ToolContext, type ToolSession } from "../tools/tool.ts";
import { toolOf } from "../tools/tool_list.ts";
import { CityGround, isInside } from "./city_ground.ts";
import { Crosshair } from "./crosshair.ts";
import { DraftDrawing, type WordFacts } from "./draft_features.ts";
import { EchoDrawing } from "./echo_drawing.ts";
import type { FormerBorders } from "./former_borders.ts";
import { cardsOf, commentAt, listEchoes } from "./map_echoes.ts";

const noAreas: ReadonlySet<string> = new Set();
/** ms between two tellings of figures to the panels while the hand moves */
const tellPause = 250;

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
  /** The pin of a comment was clicked. */
  onComment: (id: string) => void;
}

/** Joins the map, the tool in the hand and the plan: the one place where all three meet. */
export class ToolBench implements Hand {
  readonly ground: CityGround;
  readonly #drawing = new DraftDrawing();
  readonly #echo: EchoDrawing;
  readonly #crosshair: Crosshair;
  readonly #shares: RoadShares;
  readonly #options: BenchOptions;
  readonly #context: ToolContext;
  readonly #stops: (() => void)[];
  #former: FormerBorders;
  /** What the hand would do if it let go now. */
  #live: PendingOperation | null = null;
  #nextTold = 0;
  #hadCards = false;
  readonly #resting = new Set<() => void>();
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
    this.#crosshair = new Crosshair({
      ...{ map, layer, speak: options.speak },
      planner: () => this.#planner,
      areaAt: (at) => this.#areaAt(at),
      nameSnapAt: (point) => {
        const snap = this.#context.snapAt(point);
        return snap ? this.#nameSnap(snap.kind, snap.name) : "";
      },
      gesture: (gesture) => this.#session.gesture(gesture),
    });
    this.#shares = new RoadShares(this.ground);
    this.#context = this.#makeContext();
    this.#session = toolOf(planner.tool).start(this.#context);
    useHand.setState({ bench: this, things: [], road_shares: noShares });
    map.gestures.hand((gesture) => {
      // the pointer is in the hand again
      if (gesture.kind === "down" || gesture.kind === "move") this.#crosshair.hide();
      const pin = gesture.kind === "click" && this.#planner.tool === "select" ? this.#pinAt(gesture.point) : null;
      if (pin !== null) {
        this.#options.onComment(pin);
        return true;
      }
      const taken = this.#session.gesture(gesture);
      map.gestures.setCursor(toolOf(this.#planner.tool).cursor);
      this.#tell({});
      return taken;
    });
    this.#stops = [
      map.on("move", ({ settled }) => {
        this.#echo.redraw();
        this.#crosshair.redraw();
        if (settled) void this.#loadGround();
      }),
    ];
    void this.#loadGround();
    this.redraw();
    this.#drawEcho();
    this.#tell({});
  }

  /** The plan is another one than before, or its selection, tool or what waits. */
  update(planner: Planner): void {
    const before = this.#planner;
    this.#planner = planner;
    const isOther = planner.version !== before.version || planner.figures !== before.figures;
    const isWaiting = planner.pending !== before.pending && !this.#facts.held;
    if (isOther || planner.looks !== before.looks || isWaiting) this.redraw();
    if (planner.pending !== before.pending || planner.version !== before.version) this.#countShares();
    if (planner.tool !== before.tool) {
      this.#echo.show(noEcho);
      useHand.setState({ things: [] });
      this.#tell({ complaint: null, held: false });
      this.#session = toolOf(planner.tool).start(this.#context);
    } else if (isOther || !this.#facts.held) this.#session.refresh();
    // Two versions are shown then: what the tool held would hide them.
    if (planner.sync.state === "conflict" && before.sync.state !== "conflict") {
      this.#session = toolOf(planner.tool).start(this.#context);
      this.#echo.show(noEcho);
    }
    if (planner.refusal !== before.refusal && planner.refusal)
      this.#tell({ complaint: refusalWords[planner.refusal.reason] });
    if (!this.#facts.held || before.pending === null) this.#drawEcho();
    this.#tell({});
  }

  #pinAt(point: [number, number]): string | null {
    return commentAt(this.#planner, point, (at) => this.#options.map.project(at));
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
    if (this.#session.key(event) || this.#crosshair.key(event)) {
      this.#tell({});
      return true;
    }
    if (event.code === "Escape") return this.cancel();
    const isEnter = event.code === "Enter" || event.code === "NumpadEnter";
    if (isEnter && this.#planner.pending) this.confirm();
    else if (isEnter || event.code === "Space") this.#crosshair.press(event.shiftKey);
    else return false;
    this.#tell({});
    return true;
  }

  /** Says on the map why something cannot be done. */
  complain(why: Wording | string | null): void {
    this.#tell({ complaint: why === null ? null : asWording(why) });
  }

  tick(thing: GivenThing): void {
    this.#session.tick?.(thing);
  }

  giveTo(id: string): void {
    this.#session.giveTo?.(id);
  }

  /** Puts the keyboard's crosshair on a place, which the map shows. */
  pointAt(at: Position): void {
    this.#crosshair.moveTo(at);
  }

  /** Tells when the map came to rest, and when more of the ground is known. @returns a function that stops it */
  onRest(listener: () => void): () => void {
    this.#resting.add(listener);
    return () => this.#resting.delete(listener);
  }

  /** The map has the keyboard. */
  focus(): void {
    this.#options.map.focus();
  }

  /** Middle of what is in view, and its box. */
  view(): { at: Position; box: Bbox } {
    const { lng, lat } = this.#options.map.camera();
    return { at: [lng, lat], box: this.#options.map.box() };
  }

  async #loadGround(): Promise<void> {
    await this.ground.load(this.#options.map.box());
    for (const tell of this.#resting) tell();
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
    if (this.#crosshair.at) {
      this.#crosshair.hide();
      return true;
    }
    if (tool === "select") return false;
    this.#options.actions.setTool("select");
    return true;
  }

  stop(): void {
    for (const stop of this.#stops) stop();
    this.#options.map.gestures.hand(null);
    this.#echo.remove();
    this.#crosshair.remove();
    useHand.setState({ bench: null, things: [], road_shares: noShares });
  }

  #makeContext(): ToolContext {
    const { map, actions } = this.#options;
    return {
      planner: () => this.#planner,
      actions: { ...actions, propose: (operation) => this.#propose(operation) },
      ground: this.ground,
      project: (at) => map.project(at),
      unproject: (point) => map.unproject(point),
      snapAt: (point, what = "all", of) => {
        const at = map.unproject(point);
        const [lon, lat] = map.unproject([point[0] + snapReach, point[1] + snapReach]);
        const reach = [Math.abs(lon - at[0]), Math.abs(lat - at[1])] as const;
        const box: Bbox = [at[0] - reach[0], at[1] - reach[1], at[0] + reach[0], at[1] + reach[1]];
        // switched off nothing attracts what is being drawn; borders can be picked all the same
        if (what === "all" && !this.#snaps) return null;
        const arcs = this.#drawing
          .arcsNear(box)
          .filter(({ left, right }) => of === undefined || left === of || right === of);
        return findSnap({ at, reach, arcs, ground: what === "all" ? this.ground : null });
      },
      arcs: () => this.#drawing.arcsNear(map.box()),
      arcsAt: ([lon, lat]) => this.#drawing.arcsNear([lon, lat, lon, lat]),
      areaAt: (at) => this.#areaAt(at),
      echo: (echo) => this.#echo.show(echo),
      complain: (complaint) => this.complain(complaint),
      wordPending: () => {
        const planner = this.#live ? { ...this.#planner, pending: this.#live } : this.#planner;
        return liveFigures(planner, useHand.getState().road_shares, this.#options.speak);
      },
      tellThings: (things) => useHand.setState({ things }),
      say: (wording, values) => this.#options.speak(wording, values),
      cursor: () => this.#crosshair.at,
      hold: (held) => {
        if (held === this.#facts.held) return;
        this.#live = null;
        this.#tell({ held });
        this.redraw();
        this.#drawEcho();
      },
    };
  }

  /** While the hand moves the figures beside it are enough; panels, which cost more, are told now and then. */
  #propose(operation: PlanOperation): PendingOperation | null {
    const { actions } = this.#options;
    if (!this.#facts.held) return actions.propose(operation);
    const tried = actions.preview(operation);
    if ("ok" in tried) {
      this.#live = null;
      if (this.#planner.refusal?.reason !== tried.reason) actions.propose(operation);
      return null;
    }
    this.#live = tried;
    const now = performance.now();
    if (now >= this.#nextTold || this.#planner.refusal) {
      this.#nextTold = now + tellPause;
      actions.show(tried);
    }
    return tried;
  }

  #areaAt([lon, lat]: Position) {
    const near = this.#drawing.areasNear([lon, lat, lon, lat]).flatMap((id) => this.#planner.draft.area(id) ?? []);
    return near.find(({ polygons }) => isInside(polygons, lon, lat)) ?? null;
  }

  /** Border on roads of what waits for Enter. */
  #countShares(): void {
    const { pending, draft } = this.#planner;
    if (!pending && useHand.getState().road_shares === noShares) return;
    const arcsNear = (box: Bbox) => this.#drawing.arcsNear(box);
    const shares = (pending?.figures ?? []).slice(0, 6).flatMap(({ id, after }): [string, RoadShare][] => {
      const [was, is] = [draft.area(id), pending!.changed.find((each) => each.id === id)];
      if (!after || !is) return [];
      return [[id, { before: was ? this.#shares.of(was, arcsNear) : null, after: this.#shares.of(is, arcsNear) }]];
    });
    useHand.setState({ road_shares: pending ? new Map(shares) : noShares });
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
    const hint = asWording(this.#session?.hint() ?? this.#facts.hint);
    const next = { ...this.#facts, ...change, hint };
    const same =
      next.hint[0] === this.#facts.hint[0] &&
      next.complaint === this.#facts.complaint &&
      next.held === this.#facts.held;
    this.#facts = next;
    if (!same) this.#options.changed(next);
  }
}

const noShares: ReadonlyMap<string, RoadShare> = new Map();

/** What is said in the reader's language already stays as it is. */
function asWording(words: Wording | string): Wording {
  return typeof words === "string" ? [words, words] : words;
}
