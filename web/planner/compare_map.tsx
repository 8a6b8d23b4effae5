import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type CSSProperties, type RefObject, useEffect, useRef, useState } from "react";
import { palettes } from "../../data/cartography/palette.ts";
import { compareWords } from "../../data/vocabulary/compare_words.ts";
import type { Network } from "../../data/schema/network.ts";
import { planFormerQuery } from "../api/plans.ts";
import { readerTag, renewSession } from "../api/session.ts";
import type { AtlasMap } from "../map/atlas_map.ts";
import { loadFonts } from "../ui/fonts.ts";
import { useSession } from "../ui/reader.ts";
import { useWords } from "../ui/use_words.ts";
import type { PlanMode } from "../ui/view_address.ts";
import { currentView, noteCamera, useView } from "../ui/view_store.ts";
import { CompareSwitch } from "./compare_switch.tsx";
import { areaAt, keepTogether, outlinesAfter, outlinesBefore } from "./compare_pair.ts";
import { DraftDrawing, type WordFacts } from "./map/draft_features.ts";
import { lowestAreas } from "./map/lowest_areas.ts";
import { FormerBorders } from "./map/former_borders.ts";
import { wordFacts } from "./map/label_words.ts";
import { takenOver } from "./map/plan_map.tsx";
import { usePlanner, usePlannerStore } from "./planner_store.ts";
import { draftArea } from "./read_areas.ts";
import { SwipeDivider, swipeStyle } from "./swipe_divider.tsx";
import { useDifference } from "./use_difference.ts";
import "./compare_map.css";

const noAreas: ReadonlySet<string> = new Set();
const mapCode = import("../map/atlas_map.ts");

export type CompareMode = Exclude<PlanMode, "edit">;

interface Props {
  mode: CompareMode;
  onMode: (mode: PlanMode) => void;
  network: Network;
  /** Called with the plan's map once it stands, and with null when it is gone. */
  onMap: (map: AtlasMap | null) => void;
}

/** Published left, plan right: one map with what differs, two below a divider, or two side by side. */
export function CompareMap({ mode, onMode, network, onMap }: Props) {
  const speak = useWords();
  const [left, right] = [useRef<HTMLDivElement>(null), useRef<HTMLDivElement>(null)];
  const [percent, setPercent] = useState(50);
  const plan = usePlanner((state) => state.plan);
  const revision = usePlanner((state) => state.revision);
  useMaps({ left, right, network, onMap, mode });
  const isDraft = plan.status === "draft";
  return (
    <div className="plan-map" style={useLegendColours()}>
      <div className="plan-map-stage compare-stage" data-mode={mode} style={swipeStyle(percent)}>
        <div className="compare-pane" data-side="before" inert={mode === "diff"}>
          <div ref={left} className="map-canvas" />
        </div>
        <div className="compare-pane" data-side="after">
          <div ref={right} className="map-canvas" />
        </div>
        {mode === "swipe" && <SwipeDivider percent={percent} onPercent={setPercent} />}
        {mode !== "diff" && (
          <p className="compare-name" data-side="before">
            {speak(plan.base_edition === plan.current_edition ? compareWords.published : compareWords.former, {
              edition: plan.base_edition ?? "",
            })}
          </p>
        )}
        <p className="compare-name" data-side="after">
          {speak(isDraft ? compareWords.drawn : compareWords.drawn_done, { revision })}
        </p>
        <CompareSwitch mode={mode} onMode={onMode} />
      </div>
      <Legend showMoved={mode === "diff"} />
    </div>
  );
}

/** Colours of the map, for what stands beside it. */
function useLegendColours(): CSSProperties {
  const { selected, draft } = palettes[useView((view) => view.theme)];
  return { "--selected-line": selected.fill, "--draft-line": draft.line } as CSSProperties;
}

function Legend({ showMoved }: { showMoved: boolean }) {
  const speak = useWords();
  return (
    <ul className="plan-status compare-legend">
      <li data-look="changed">{speak(compareWords.legend_changed)}</li>
      <li data-look="new">{speak(compareWords.legend_new)}</li>
      {showMoved && <li data-look="moved">{speak(compareWords.legend_moved)}</li>}
    </ul>
  );
}

interface MapsOptions extends Omit<Props, "onMode"> {
  left: RefObject<HTMLDivElement | null>;
  right: RefObject<HTMLDivElement | null>;
}

interface Pair {
  before: AtlasMap;
  after: AtlasMap;
  former: FormerBorders;
  drawing: DraftDrawing;
}

function useMaps({ left, right, network, onMap, mode }: MapsOptions): void {
  const speak = useWords();
  const store = usePlannerStore();
  const session = useSession();
  const client = useQueryClient();
  const [pair, setPair] = useState<Pair | null>(null);
  const fresh = useRef({ network, session, speak, onMap });
  useEffect(() => {
    fresh.current = { network, session, speak, onMap };
  });

  useEffect(() => {
    const [west, east] = [left.current, right.current];
    if (!west || !east) return;
    let isLeft = false;
    let stop = () => {};
    const make = async () => {
      const [{ AtlasMap: MapClass }] = await Promise.all([mapCode, loadFonts()]);
      if (isLeft) return;
      const { network: drawn, session: reader, speak: say } = fresh.current;
      const planner = store.getState();
      const { plan } = planner;
      const view = currentView();
      const options = {
        ...{ theme: view.theme, language: view.lang, tiles: "/tiles", reader: readerTag(reader), network: drawn },
        renewAccess: () => renewSession(client),
        ...{ edition: plan.base_edition ?? undefined, camera: view.map, bounds: plan.bbox ?? drawn.bbox },
      };
      // no area has this id: the draft's layers are there for outlines, and nothing is taken from the published ones
      const before = new MapClass({
        ...{ ...options, container: west, draft: { areas: [-1] }, label: say(compareWords.map_published) },
      });
      const after = new MapClass({
        ...{ ...options, container: east, draft: takenOver(planner), label: say(compareWords.map_drawn), expose: true },
      });
      const stops = [
        keepTogether(before, after),
        after.on("move", ({ camera, settled }) => {
          if (settled) noteCamera({ zoom: camera.zoom, lat: camera.lat, lng: camera.lng });
        }),
        ...[before, after].map((map) =>
          map.on("click", ({ at }) => {
            const { draft, choose } = store.getState();
            const area = areaAt(lowestAreas(draft), at);
            choose(area ? [area.id] : []);
          }),
        ),
      ];
      const watch = new ResizeObserver(() => {
        before.resize();
        after.resize();
      });
      watch.observe(west);
      watch.observe(east);
      setPair({ before, after, former: new FormerBorders(planner.draft.areas()), drawing: new DraftDrawing() });
      fresh.current.onMap(after);
      stop = () => {
        watch.disconnect();
        for (const each of stops) each();
        fresh.current.onMap(null);
        before.destroy();
        after.destroy();
      };
    };
    void make();
    return () => {
      isLeft = true;
      stop();
      setPair(null);
    };
  }, [client, left, right, store]);
  useDrawing(pair, { mode, network });
}

function useDrawing(pair: Pair | null, { mode, network }: { mode: CompareMode; network: Network }): void {
  const speak = useWords();
  const store = usePlannerStore();
  const difference = useDifference();
  const theme = useView((view) => view.theme);
  const lang = useView((view) => view.lang);
  const id = usePlanner(({ plan }) => plan.id);
  const edition = usePlanner(({ plan }) => plan.base_edition);
  const revision = usePlanner((state) => state.revision);
  const version = usePlanner((state) => state.version);
  const figures = usePlanner((state) => state.figures);
  const selection = usePlanner((state) => state.selection);
  const comments = usePlanner((state) => state.comments);
  useEffect(() => pair?.before.setTheme(theme), [pair, theme]);
  useEffect(() => pair?.after.setTheme(theme), [pair, theme]);
  useEffect(() => pair?.before.setLanguage(lang), [pair, lang]);
  useEffect(() => pair?.after.setLanguage(lang), [pair, lang]);
  const { data: former } = useQuery({ ...planFormerQuery(id, revision), enabled: edition !== null });
  useEffect(() => {
    pair?.former.take(former?.areas.map(draftArea) ?? []);
    pair?.drawing.recheck();
  }, [pair, former]);
  useEffect(() => {
    void speak; // all words are said anew
    pair?.drawing.reword();
  }, [pair, speak]);
  useEffect(() => {
    // the draft is one object that changes; borders that became known are another reason to draw
    void [version, figures, former];
    if (!pair) return;
    const planner = store.getState();
    const words: WordFacts = (area) => wordFacts(planner, area, network, speak);
    pair.after.draft.change(pair.drawing.draw(planner, pair.former, words, noAreas));
  }, [pair, store, speak, network, version, figures, former]);
  useEffect(() => {
    if (!pair || !difference) return;
    pair.before.draft.setEcho(outlinesBefore(difference));
    pair.after.draft.setEcho(outlinesAfter(difference, { showMoved: mode === "diff", selection, comments }));
  }, [pair, difference, mode, selection, comments]);
}
