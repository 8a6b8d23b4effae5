import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { palettes } from "../../../data/cartography/palette.ts";
import type { DraftMarks } from "../../../data/cartography/style_options.ts";
import type { Network } from "../../../data/schema/network.ts";
import { toolWords } from "../../../data/vocabulary/tool_words.ts";
import { planFormerQuery } from "../../api/plans.ts";
import { readerTag, renewSession } from "../../api/session.ts";
import type { AtlasMap } from "../../map/atlas_map.ts";
import type { Camera, ScaleInfo } from "../../map/map_types.ts";
import { loadFonts } from "../../ui/fonts.ts";
import { Icon } from "../../ui/icons.tsx";
import { useKeys } from "../../ui/keys.ts";
import { useSession } from "../../ui/reader.ts";
import { type Speak, useWords } from "../../ui/use_words.ts";
import { changeView, currentView, noteCamera, useView } from "../../ui/view_store.ts";
import type { Planner, PlannerActions } from "../planner_types.ts";
import { draftArea } from "../read_areas.ts";
import { ConfirmBar } from "./confirm_bar.tsx";
import { findingsOfFaults } from "./fault_findings.ts";
import { disputedBox } from "./map_echoes.ts";
import { FormerBorders } from "./former_borders.ts";
import { wordFacts } from "./label_words.ts";
import { StatusBar } from "./status_bar.tsx";
import { type BenchFacts, ToolBench } from "./tool_bench.ts";
import "./plan_map.css";

const mapCode = import("../../map/atlas_map.ts");

interface Props {
  planner: Planner;
  actions: PlannerActions;
  network: Network;
  /** Called with the map once it stands, and with null when it is gone: panels fly it to what they list. */
  onMap?: (map: AtlasMap | null) => void;
}

/** The map of the planner: the city, the draft in place of the published division, and the tool in the hand. */
export function PlanMap({ planner, actions, network, onMap }: Props) {
  const speak = useWords();
  const stage = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<AtlasMap | null>(null);
  const [snapping, setSnapping] = useState(true);
  const [facts, setFacts] = useState<BenchFacts | null>(null);
  const [look, setLook] = useState<{ camera: Camera; scale: ScaleInfo } | null>(null);
  const [isLost, setLost] = useState(false);
  const bench = useRef<ToolBench | null>(null);
  const session = useSession();
  const client = useQueryClient();
  const fresh = useRef({ planner, actions, network, session, speak, onMap });
  useEffect(() => {
    fresh.current = { planner, actions, network, session, speak, onMap };
  });
  useKeys([{ code: "KeyS", run: () => setSnapping((on) => !on) }]);

  useEffect(() => {
    const element = stage.current;
    if (!element) return;
    let left = false;
    let stop = () => {};
    const make = async () => {
      const [{ AtlasMap }] = await Promise.all([mapCode, loadFonts()]);
      if (left) return;
      const now = fresh.current;
      const made = makeMap(AtlasMap, element, now, () => renewSession(client));
      const reader = readerTag(now.session);
      const worked = new ToolBench({
        map: made,
        layer: element,
        planner: now.planner,
        actions: now.actions,
        reader,
        former: new FormerBorders(now.planner.draft.areas()),
        speak: (...words) => fresh.current.speak(...words),
        wordFacts: (area) => wordFacts(fresh.current.planner, area, now.network, fresh.current.speak),
        changed: setFacts,
        onComment: showComment,
      });
      bench.current = worked;
      made.on("move", ({ camera, scale, settled }) => {
        setLook({ camera, scale });
        if (settled) noteCamera({ zoom: camera.zoom, lat: camera.lat, lng: camera.lng });
      });
      made.on("canvas", ({ lost }) => setLost(lost));
      setLook({ camera: made.camera(), scale: made.scale() });
      setMap(made);
      now.onMap?.(made);
      const watch = new ResizeObserver(() => made.resize());
      watch.observe(element);
      stop = () => {
        watch.disconnect();
        fresh.current.onMap?.(null);
        worked.stop();
        bench.current = null;
        made.destroy();
      };
    };
    void make();
    return () => {
      left = true;
      stop();
    };
  }, [client]);

  useEffect(() => bench.current?.update(planner), [planner]);
  useEffect(() => bench.current?.setSnapping(snapping), [snapping]);
  useMapLook(map, planner, speak);
  const isDisputed = planner.sync.state === "conflict";
  useEffect(() => {
    const box = isDisputed ? disputedBox(fresh.current.planner) : null;
    if (box) map?.flyTo(box, { maxZoom: 17 });
  }, [map, isDisputed]);
  const [toBench] = useState(() => () => bench.current);
  useFormer(planner, toBench, map !== null);
  const spoken = useRef(speak);
  useEffect(() => {
    if (spoken.current === speak) return;
    spoken.current = speak;
    bench.current?.reword();
  }, [speak]);
  // The bench hears keys before the map: an arrow that moves a vertex must not move the map.
  useEffect(() => {
    const element = stage.current;
    if (!element) return;
    const press = (event: KeyboardEvent) => {
      if (event.isComposing || event.ctrlKey || event.metaKey || !bench.current?.key(event)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    element.addEventListener("keydown", press, { capture: true });
    return () => element.removeEventListener("keydown", press, { capture: true });
  }, []);

  return (
    <div className="plan-map">
      <div className="plan-map-stage">
        <div ref={stage} className="map-canvas" />
        <DraftBanner planner={planner} />
        <ZoomButtons map={map} box={planner.plan.bbox} />
        {isLost && (
          <p className="tool-hint" role="status" data-complaint>
            {speak(toolWords.map_lost)}
          </p>
        )}
        {facts && !facts.held && !isLost && !isDisputed && (
          <p className="tool-hint" role="status" data-complaint={facts.complaint !== null}>
            {speak(facts.complaint ?? facts.hint)}
          </p>
        )}
        {!facts?.held && (
          <ConfirmBar
            planner={planner}
            onCancel={() => bench.current?.cancel()}
            onConfirm={() => bench.current?.confirm()}
          />
        )}
      </div>
      <StatusBar planner={planner} look={look} snapping={snapping} onSnapping={() => setSnapping(!snapping)} />
    </div>
  );
}

/** Opens the panel with the comments, at one of them. */
function showComment(id: string): void {
  changeView({ plan_panel: "compare" });
  // the panel may have to be drawn first
  setTimeout(() => document.getElementById(`plan-comment-${id}`)?.querySelector("button")?.focus(), 100);
}

function makeMap(
  MapClass: typeof AtlasMap,
  container: HTMLElement,
  {
    planner,
    network,
    session,
    speak,
  }: { planner: Planner; network: Network; session: Parameters<typeof readerTag>[0]; speak: Speak },
  renewAccess: () => Promise<unknown>,
): AtlasMap {
  const { plan } = planner;
  const view = currentView();
  return new MapClass({
    container,
    theme: view.theme,
    language: view.lang,
    tiles: "/tiles",
    reader: readerTag(session),
    renewAccess,
    network,
    edition: plan.base_edition ?? undefined,
    camera: view.map,
    bounds: plan.bbox ?? network.bbox,
    draft: takenOver(planner),
    marks: { findings: true, badges: [], reach: null, nesting: null },
    label: `${speak(toolWords.map)} · ${speak(toolWords.map_help)}`,
    expose: true,
  });
}

/** Published areas that the draft draws itself: those that it has, and those that it has no more. */
export function takenOver({ plan, draft, published }: Planner): DraftMarks {
  if (plan.area === null) return { areas: null };
  const ids = new Set([...draft.areas().map(({ id }) => id), ...published.keys()]);
  return { areas: [...ids].map(Number).filter(Number.isFinite) };
}

function useMapLook(map: AtlasMap | null, planner: Planner, speak: Speak): void {
  const { faults, published } = planner;
  const theme = useView((view) => view.theme);
  const lang = useView((view) => view.lang);
  useEffect(() => map?.setTheme(theme), [map, theme]);
  useEffect(() => map?.setLanguage(lang), [map, lang]);
  useEffect(() => map?.setFindings(findingsOfFaults(faults, speak)), [map, faults, speak]);
  const latest = useRef(planner);
  useEffect(() => {
    latest.current = planner;
  });
  useEffect(() => {
    if (published.size > 0) map?.setDraft(takenOver(latest.current));
  }, [map, published]);
  const { line, former } = palettes[theme].draft;
  useEffect(() => {
    document.documentElement.style.setProperty("--draft-line", line);
    document.documentElement.style.setProperty("--former-line", former);
    const { fill, casing } = palettes[theme].selected;
    document.documentElement.style.setProperty("--selected-line", fill);
    document.documentElement.style.setProperty("--selected-casing", casing);
  }, [theme, line, former]);
}

/** What the base edition has of areas that the draft had changed before it was opened here. */
function useFormer({ plan, draft }: Planner, bench: () => ToolBench | null, isReady: boolean): void {
  const edition = plan.base_edition;
  const [opened, setOpened] = useState({ edition, revision: plan.revision });
  const latest = useRef(draft);
  useEffect(() => {
    latest.current = draft;
  });
  // A rebase: what is not among the former areas is as the new base has it.
  if (opened.edition !== edition) setOpened({ edition, revision: plan.revision });
  const drawnFor = useRef(edition);
  useEffect(() => {
    if (drawnFor.current === edition) return;
    drawnFor.current = edition;
    bench()?.setFormer(new FormerBorders(latest.current.areas()));
  }, [edition, bench]);
  const { data } = useQuery({
    ...planFormerQuery(plan.id, opened.revision),
    enabled: isReady && edition !== null && opened.revision > 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  useEffect(() => {
    if (data) bench()?.takeFormer(data.areas.map(draftArea));
  }, [data, bench]);
}

function DraftBanner({ planner: { plan } }: { planner: Planner }) {
  const speak = useWords();
  return (
    <p className="draft-banner">
      <strong>{speak(plan.may.includes("edit") ? toolWords.draft : toolWords.read_only)}</strong>
      <span>
        {plan.base_edition === null
          ? speak(toolWords.draft_from_nothing)
          : speak(toolWords.draft_of, { edition: plan.base_edition })}
      </span>
    </p>
  );
}

function ZoomButtons({ map, box }: { map: AtlasMap | null; box: Planner["plan"]["bbox"] }) {
  const speak = useWords();
  const buttons = [
    { name: toolWords.zoom_in, icon: "plus", run: () => map?.zoomBy(1) },
    { name: toolWords.zoom_out, icon: "minus", run: () => map?.zoomBy(-1) },
    { name: toolWords.whole_plan, icon: "whole", run: () => box && map?.flyTo(box) },
  ] as const;
  return (
    <div className="plan-zoom">
      {buttons.map(({ name, icon, run }) => (
        <button
          key={icon}
          type="button"
          className="plan-zoom-button"
          title={speak(name)}
          aria-label={speak(name)}
          onClick={run}
        >
          <Icon name={icon} size={18} />
        </button>
      ))}
    </div>
  );
}
