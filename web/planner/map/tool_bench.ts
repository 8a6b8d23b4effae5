import type { Bbox, Position } from "../../../data/schema/geometry.ts";
import type { Wording } from "../../../data/vocabulary/language.ts";
import { refusalWords, toolWords } from "../../../data/vocabulary/tool_words.ts";
import type { Speak } from "../../ui/use_words.ts";
import type { AtlasMap } from "../../map/atlas_map.ts";
import type { EchoFeature } from "../../map/draft_source.ts";
import type { Planner, PlannerActions } from "../planner_types.ts";
import { findSnap, snapReach } from "../tools/find_snap.ts";
import { noEcho, type ToolContext, type ToolSession } from "../tools/tool.ts";
import { toolOf } from "../tools/tool_list.ts";
import { CityGround, isInside } from "./city_ground.ts";
import { DraftDrawing, geometryOf, type PublishedFacts, type WordFacts } from "./draft_features.ts";
import { EchoDrawing } from "./echo_drawing.ts";
import { lowestAreas } from "./lowest_areas.ts";
import { nameArea } from "./name_area.ts";

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
  published: PublishedFacts;
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
  #planner: Planner;
  #session: ToolSession;
  #snaps = true;
  #facts: BenchFacts = { hint: toolWords.select_hint, complaint: null, held: false };

  constructor(options: BenchOptions) {
    const { map, layer, planner } = options;
    this.#options = options;
    this.#planner = planner;
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
    this.#tell({});
  }

  /** The plan is another one than before, or its selection, tool or what waits. */
  update(planner: Planner): void {
    const before = this.#planner;
    this.#planner = planner;
    if (planner.version !== before.version || planner.figures !== before.figures) this.redraw();
    if (planner.tool !== before.tool) {
      this.#echo.show(noEcho);
      this.#tell({ complaint: null, held: false });
      this.#session = toolOf(planner.tool).start(this.#context);
    } else this.#session.refresh();
    if (planner.refusal !== before.refusal && planner.refusal)
      this.#tell({ complaint: refusalWords[planner.refusal.reason] });
    this.#drawEcho();
    this.#tell({});
  }

  /** Draws the draft anew; only what differs reaches the map. */
  redraw(): void {
    const { map, published, wordFacts } = this.#options;
    map.draft.set(this.#drawing.draw(this.#planner, published, wordFacts));
    this.#drawEcho();
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
        const arcs = this.#drawing.arcs.filter(
          ({ line, left, right }) => (of === undefined || left === of || right === of) && meets(line, box),
        );
        return findSnap({ at, reach, arcs, ground: what === "all" && this.#snaps ? this.ground : null });
      },
      arcs: () => this.#drawing.arcs,
      areaAt: (at) => this.#areaAt(at),
      echo: (echo) => this.#echo.show(echo),
      complain: (complaint) => this.#tell({ complaint }),
      wordPending: () => this.#wordPending(),
      hold: (held) => {
        this.#tell({ held });
        this.#drawEcho();
      },
    };
  }

  #areaAt([lon, lat]: Position) {
    return lowestAreas(this.#planner.draft).find(({ polygons }) => isInside(polygons, lon, lat)) ?? null;
  }

  #wordPending(): string[] {
    const { pending, draft, figures } = this.#planner;
    return (pending?.figures ?? []).slice(0, 4).map(({ id, after }) => {
      const was = figures.get(id)?.households ?? 0;
      return `${nameArea(draft, pending, id)} ${was} → ${this.#options.speak(toolWords.households, { n: after?.households ?? 0 })}`;
    });
  }

  /** Selection and ghosts are drawn by the map itself: they change with acts, not with the hand. */
  #drawEcho(): void {
    const { selection, draft, pending, published } = this.#planner;
    const features: EchoFeature[] = selection.flatMap((id, i): EchoFeature[] => {
      const area = draft.area(id);
      if (!area) return [];
      return [{ geometry: geometryOf(area.polygons), properties: { mark: "selected", order: i + 1 } }];
    });
    if (pending && !this.#facts.held) {
      for (const { id, polygons } of pending.changed) {
        if (!pending.figures.some((each) => each.id === id)) continue;
        const look = published.has(id) || draft.area(id) ? "kept" : "new";
        features.push({ geometry: geometryOf(polygons), properties: { mark: "ghost", look } });
      }
    }
    this.#options.map.draft.setEcho(features);
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

function meets(line: readonly number[], [west, south, east, north]: Bbox): boolean {
  let [w, s, e, n] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < line.length; i += 2) {
    w = Math.min(w, line[i]!);
    e = Math.max(e, line[i]!);
    s = Math.min(s, line[i + 1]!);
    n = Math.max(n, line[i + 1]!);
  }
  return w <= east && e >= west && s <= north && n >= south;
}
