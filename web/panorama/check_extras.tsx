import { type ReactNode, useState } from "react";
import type { CheckMeasures, HydrantReach } from "../../data/schema/check.ts";
import { checkWords } from "../../data/vocabulary/check_words.ts";
import { formatCount, formatDecimal, formatDistance } from "../../data/vocabulary/format.ts";
import { Icon } from "../ui/icons.tsx";
import { ShortName } from "../ui/place_name.tsx";
import { useWords } from "../ui/use_words.ts";
import { changeView, currentView, useView } from "../ui/view_store.ts";
import { goTo } from "./map_store.ts";

/** A part that is folded until somebody asks. */
function Folded({ title, aside, children }: { title: string; aside?: string; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <section className="check-fold">
      <h3>
        <button type="button" className="check-fold-line" aria-expanded={open} onClick={() => setOpen(!open)}>
          <span>{title}</span>
          {aside && <span className="section-aside">{aside}</span>}
          <Icon name="chevron_down" size={16} />
        </button>
      </h3>
      {open && children}
    </section>
  );
}

/** 消火栓覆盖: how many buildings no hydrant reaches, which ones, and the same as a map. */
export function HydrantPart({ hydrants }: { hydrants: HydrantReach }) {
  const speak = useWords();
  const radius = formatDistance(hydrants.radius_m);
  const shown = useView((view) => view.layers.hydrant_reach === true);
  const summary =
    hydrants.far_count > 0
      ? speak(checkWords.hydrants_far, { count: formatCount(hydrants.far_count), radius })
      : speak(checkWords.hydrants_all, { buildings: formatCount(hydrants.buildings), radius });
  return (
    <div className="hydrants" data-kind="hydrants">
      <p className="hydrants-line">
        <span className="issue-sign sign-note" aria-hidden="true">
          ●
        </span>
        <span className="issue-words">
          <span className="issue-title">{summary}</span>
          <span className="issue-where">
            {speak(checkWords.hydrants_count, {
              hydrants: formatCount(hydrants.hydrants),
              buildings: formatCount(hydrants.buildings),
            })}
          </span>
        </span>
        <button type="button" className="button" aria-pressed={shown} onClick={() => showReach(!shown)}>
          {speak(shown ? checkWords.hydrants_hide : checkWords.hydrants_show)}
        </button>
      </p>
      {hydrants.far.length > 0 && (
        <Folded title={speak(checkWords.far_list)} aside={formatCount(hydrants.far_count)}>
          <FarList far={hydrants.far} total={hydrants.far_count} />
        </Folded>
      )}
    </div>
  );
}

function showReach(on: boolean): void {
  const { hydrant_reach: _former, ...layers } = currentView().layers;
  changeView({ layers: on ? { ...layers, hydrant_reach: true } : layers });
}

const page = 40;

function FarList({ far, total }: { far: HydrantReach["far"]; total: number }) {
  const speak = useWords();
  const [wanted, setWanted] = useState(page);
  const shown = far.slice(0, wanted);
  const rest = far.length - shown.length;
  return (
    <>
      <ul className="far-list">
        {shown.map(({ area, building_id, name, at, distance_m }) => (
          <li key={building_id}>
            <button
              type="button"
              className="far-line"
              onClick={() => {
                showReach(true);
                goTo(at, 17.5);
              }}
            >
              <span className="far-name">
                {name === "" ? speak(checkWords.unnamed_building, { id: building_id }) : <ShortName text={name} />}
              </span>
              <span className="far-area">{area && <ShortName text={area.short_name} />}</span>
              <span className="far-distance">
                {distance_m === null ? speak(checkWords.hydrants_none) : formatDistance(distance_m)}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {rest > 0 && (
        <button type="button" className="link issue-more" onClick={() => setWanted(wanted + page)}>
          {speak(checkWords.more, { count: Math.min(rest, page) })}
        </button>
      )}
      {rest === 0 && total > far.length && (
        <p className="note issue-more">
          {speak(checkWords.left_out, { total: formatCount(total), shown: formatCount(far.length) })}
        </p>
      )}
    </>
  );
}

/** 划分指标: how equal, how compact, how much along roads. */
export function CheckMeasuresPart({ measures }: { measures: CheckMeasures }) {
  const speak = useWords();
  const { households, compactness, border_on_roads, lowest_areas } = measures;
  const figures: [string, string][] = [[speak(checkWords.measure_areas), formatCount(lowest_areas)]];
  if (households) {
    const { least, most, mean, deviation } = households;
    const range = { least: formatCount(least), most: formatCount(most), mean: formatCount(mean) };
    figures.push([speak(checkWords.measure_households), speak(checkWords.measure_range, range)]);
    figures.push([speak(checkWords.measure_deviation), formatCount(deviation)]);
  }
  if (compactness) {
    const { mean, least } = compactness;
    figures.push([
      speak(checkWords.measure_compactness),
      speak(checkWords.measure_compactness_value, { mean: formatDecimal(mean, 2), least: formatDecimal(least, 2) }),
    ]);
  }
  if (border_on_roads !== null) {
    figures.push([speak(checkWords.measure_roads), `${Math.round(border_on_roads * 100)}%`]);
  }
  return (
    <Folded title={speak(checkWords.measures)}>
      <dl className="check-measures">
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Folded>
  );
}
