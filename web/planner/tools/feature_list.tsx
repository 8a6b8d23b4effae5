import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { boxesMeet, boxOf } from "../../../data/measure/box.ts";
import { metresPerDegree } from "../../../data/measure/ellipsoid.ts";
import { poleOf } from "../../../data/measure/pole.ts";
import type { Bbox, Position } from "../../../data/schema/geometry.ts";
import { formatDistance } from "../../../data/vocabulary/format.ts";
import { handWords } from "../../../data/vocabulary/hand_words.ts";
import { Icon } from "../../ui/icons.tsx";
import { useRomanise } from "../../ui/use_romanised.ts";
import { useWords } from "../../ui/use_words.ts";
import { lowestAreas } from "../map/lowest_areas.ts";
import { usePlanner, usePlannerStore } from "../planner_store.ts";
import { givenOf } from "./given_things.ts";
import { type GivenThing, type Hand, useHand } from "./hand_store.ts";
import { toggled } from "./select_tool.ts";
import "./feature_list.css";

interface Line {
  key: string;
  name: string;
  far: number;
  at: Position;
  thing?: GivenThing;
}

/** Lines of a kind that are listed at once. */
const fewLines = 30;

/** 要素列表: what lies in view, nearest to its middle first, for hands without a pointer. */
export function FeatureList({ onClose }: { onClose: () => void }) {
  const speak = useWords();
  const bench = useHand((hand) => hand.bench);
  const root = useRef<HTMLElement>(null);
  const view = useRestingView(bench);
  useEffect(() => root.current?.querySelector<HTMLElement>("li button, li input")?.focus(), []);
  const close = () => {
    onClose();
    bench?.focus();
  };
  const press = (event: KeyboardEvent<HTMLElement>) => {
    const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (event.key === "Escape") close();
    else if (by !== 0) {
      const lines = [...(root.current?.querySelectorAll<HTMLElement>("li button, li input") ?? [])];
      const at = lines.indexOf(event.target as HTMLElement);
      lines[at + by]?.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  if (!bench || !view) return null;
  return (
    <section ref={root} className="plan-features" aria-label={speak(handWords.list)} onKeyDown={press}>
      <header>
        <h2>{speak(handWords.list)}</h2>
        <button type="button" className="icon-button" aria-label={speak(handWords.list_close)} onClick={close}>
          <Icon name="close" size={16} />
        </button>
      </header>
      <p className="note">{speak(handWords.list_help)}</p>
      <Grids bench={bench} view={view} />
      <Things bench={bench} view={view} />
    </section>
  );
}

/** Where the map looks, each time it comes to rest. */
function useRestingView(bench: Hand | null): { at: Position; box: Bbox } | null {
  const [view, setView] = useState(() => bench?.view() ?? null);
  useEffect(() => {
    if (!bench) return;
    setView(bench.view());
    return bench.onRest(() => setView(bench.view()));
  }, [bench]);
  return view;
}

interface PartProps {
  bench: Hand;
  view: { at: Position; box: Bbox };
}

function Grids({ bench, view }: PartProps) {
  const speak = useWords();
  const name = useRomanise();
  const store = usePlannerStore();
  const draft = usePlanner((state) => state.draft);
  const version = usePlanner((state) => state.version);
  const selection = usePlanner((state) => state.selection);
  const tool = usePlanner((state) => state.tool);
  const things = useHand((hand) => hand.things);
  const lines = useMemo(() => {
    void version; // the draft is one object that changes
    return nearestFirst(
      lowestAreas(draft)
        .filter(({ polygons }) => boxesMeet(boxOf(polygons), view.box)) // of a city few: poles are dear
        .map((area) => ({ key: area.id, name: area.short_name, at: poleOf(area.polygons) })),
      view,
    );
  }, [draft, version, view]);
  const gives = tool === "give" && things.length > 0;
  const choose = (id: string, at: Position, adds: boolean) => {
    if (gives) bench.giveTo(id);
    else {
      store.getState().choose(toggled(selection, id, adds || tool === "merge"));
      bench.pointAt(at);
    }
  };
  return (
    <>
      <h3>{speak(handWords.list_grids)}</h3>
      {lines.length === 0 && <p className="note">{speak(handWords.list_empty)}</p>}
      <ul>
        {lines.slice(0, fewLines).map(({ key, name: text, far, at }) => (
          <li key={key}>
            <button
              type="button"
              aria-pressed={selection.includes(key)}
              onClick={(event) => choose(key, at, event.shiftKey)}
              onKeyDown={(event) => {
                if (event.key !== "Enter" || !event.shiftKey) return;
                event.preventDefault();
                choose(key, at, true);
              }}
            >
              <span>{gives ? speak(handWords.list_give, { name: name(text) }) : name(text)}</span>
              <span className="note">{formatDistance(far)}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function Things({ bench, view }: PartProps) {
  const speak = useWords();
  const name = useRomanise();
  const tool = usePlanner((state) => state.tool);
  const chosen = useHand((hand) => hand.things);
  const [shown, setShown] = useState(fewLines);
  const lines = useMemo(() => {
    const found = bench.ground
      .near(view.box)
      .filter(({ kind }) => kind === "estate" || kind === "building")
      .flatMap(givenOf);
    return nearestFirst(
      found.map((thing) => ({ key: thing.key, name: thing.name, at: thing.at, thing })),
      view,
    );
  }, [bench, view]);
  const kinds = { block: handWords.block, estate: handWords.estate, building: handWords.building };
  const ticks = tool === "give";
  return (
    <>
      <h3>{speak(handWords.list_things)}</h3>
      {lines.length === 0 && <p className="note">{speak(handWords.list_things_empty)}</p>}
      <ul>
        {lines.slice(0, shown).map(({ key, name: text, far, at, thing }) => {
          const words = `${name(text) || speak(kinds[thing!.kind])}`;
          return (
            <li key={key}>
              {ticks ? (
                <label>
                  <input
                    type="checkbox"
                    checked={chosen.some((each) => each.key === key)}
                    onChange={() => bench.tick(thing!)}
                  />
                  <span>{words}</span>
                  <span className="note">{formatDistance(far)}</span>
                </label>
              ) : (
                <button type="button" onClick={() => bench.pointAt(at)}>
                  <span>{words}</span>
                  <span className="note">{formatDistance(far)}</span>
                </button>
              )}
            </li>
          );
        })}
      </ul>
      {lines.length > shown && (
        <button type="button" className="link" onClick={() => setShown(shown + fewLines)}>
          {speak(handWords.list_more, { n: Math.min(fewLines, lines.length - shown) })}
        </button>
      )}
    </>
  );
}

function nearestFirst(lines: readonly Omit<Line, "far">[], { at, box }: { at: Position; box: Bbox }): Line[] {
  const [perLon, perLat] = metresPerDegree(at[1]);
  const isIn = ([lon, lat]: Position) => lon >= box[0] && lon <= box[2] && lat >= box[1] && lat <= box[3];
  return lines
    .filter((line) => isIn(line.at))
    .map((line) => ({ ...line, far: Math.hypot((line.at[0] - at[0]) * perLon, (line.at[1] - at[1]) * perLat) }))
    .sort((a, b) => a.far - b.far);
}
