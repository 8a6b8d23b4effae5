import { useMemo, useState } from "react";
import type { DraftArea } from "../../data/division/draft.ts";
import { formatCount, formatDecimal, formatRange } from "../../data/vocabulary/format.ts";
import { gridListWords } from "../../data/vocabulary/grid_list_words.ts";
import { plannerWords } from "../../data/vocabulary/planner_words.ts";
import { ShortName } from "../ui/place_name.tsx";
import { useWords } from "../ui/use_words.ts";
import { SortHead } from "./sort_head.tsx";
import { type Order, sortGrids } from "./sort_grids.ts";
import { lowestAreas } from "./map/lowest_areas.ts";
import { useFly } from "./plan_places.ts";
import type { DraftFigures } from "./planner_types.ts";
import { usePlanner, usePlannerStore } from "./planner_store.ts";
import { profileOf, sideOf } from "./profile_of.ts";
import { RangeBar, sideSign } from "./range_bar.tsx";
import { walkRows } from "./walk_rows.ts";

/** Lowest areas of the draft as it is now, in the order of their names. */
export function useLowest(): DraftArea[] {
  const draft = usePlanner((state) => state.draft);
  const version = usePlanner((state) => state.version);
  return useMemo(() => {
    // the draft is one object that changes; its version says when
    void version;
    return lowestAreas(draft).sort((a, b) => a.short_name.localeCompare(b.short_name, "zh-CN", { numeric: true }));
  }, [draft, version]);
}

const mostRows = 400;
const noLimits: [null, null] = [null, null];
const noFigures: DraftFigures = { households: 0, people: 0, buildings: 0, area_m2: 0 };

/** Every grid with its figures against its limits; ticked ones are selected, for the map and for the tools. */
export function GridsTab() {
  const speak = useWords();
  const store = usePlannerStore();
  const areas = useLowest();
  const figures = usePlanner((state) => state.figures);
  const profiles = usePlanner((state) => state.profiles);
  const draft = usePlanner((state) => state.draft);
  const selection = usePlanner((state) => state.selection);
  const [order, setOrder] = useState<Order>({ by: "name", down: false });
  if (areas.length === 0) return <p className="plan-empty">{speak(plannerWords.no_grids)}</p>;
  const rows = areas.map((area) => ({
    area,
    figures: figures.get(area.id) ?? noFigures,
    limits: profileOf(draft, profiles, area)?.households ?? noLimits,
  }));
  const most =
    1.2 * Math.max(...rows.map(({ figures: { households }, limits }) => Math.max(households, limits[1] ?? 0)));
  const sorted = sortGrids(rows, order);
  const sum = (of: (figures: DraftFigures) => number) => rows.reduce((total, row) => total + of(row.figures), 0);
  return (
    <>
      <SelectedBar count={selection.length} onClear={() => store.getState().choose([])} />
      <table className="grid-table grid-list">
        <SortHead order={order} onOrder={setOrder} />
        <tbody>
          {sorted.slice(0, mostRows).map((row) => (
            <GridRow key={row.area.id} {...row} most={most} isSelected={selection.includes(row.area.id)} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td />
            <th scope="row">{speak(plannerWords.sum)}</th>
            <td />
            <td className="figure">{formatCount(sum(({ households }) => households))}</td>
            <td className="figure">{formatCount(sum(({ people }) => people))}</td>
            <td className="figure">{formatDecimal(sum(({ area_m2 }) => area_m2) / 10_000, 1)}</td>
          </tr>
        </tfoot>
      </table>
      {rows.length > mostRows && (
        <p className="plan-empty">{speak(gridListWords.left_out, { shown: mostRows, total: rows.length })}</p>
      )}
    </>
  );
}

function SelectedBar({ count, onClear }: { count: number; onClear: () => void }) {
  const speak = useWords();
  return (
    <p className="grid-selected" role="status">
      {count === 0 ? (
        speak(gridListWords.tick_hint)
      ) : (
        <>
          {speak(gridListWords.ticked, { count })}
          <button type="button" className="link" onClick={onClear}>
            {speak(gridListWords.untick)}
          </button>
        </>
      )}
    </p>
  );
}

interface RowProps {
  area: DraftArea;
  figures: DraftFigures;
  limits: [number | null, number | null];
  most: number;
  isSelected: boolean;
}

function GridRow({ area, figures, limits, most, isSelected }: RowProps) {
  const speak = useWords();
  const store = usePlannerStore();
  const { toArea } = useFly();
  const side = sideOf(figures.households, limits);
  const tick = () => {
    const { choose, selection } = store.getState();
    choose(isSelected ? selection.filter((id) => id !== area.id) : [...selection, area.id]);
  };
  return (
    <tr aria-selected={isSelected}>
      <td>
        <input
          type="checkbox"
          checked={isSelected}
          aria-label={speak(gridListWords.tick, { grid: area.short_name })}
          onChange={tick}
        />
      </td>
      <th scope="row">
        <button
          type="button"
          className="link grid-link"
          data-row
          onKeyDown={(event) => {
            if (event.code === "Space") {
              event.preventDefault();
              tick();
            } else walkRows(event);
          }}
          onClick={(event) => {
            if (event.shiftKey) tick();
            else store.getState().choose([area.id]);
            toArea(area);
          }}
        >
          <ShortName text={area.short_name} />
        </button>
      </th>
      <td title={formatRange(...limits)}>
        <RangeBar
          value={figures.households}
          limits={limits}
          most={most}
          look={area.id.startsWith("new") ? "new" : "kept"}
        />
      </td>
      <td className={side ? "figure figure-out" : "figure"}>
        {side ? (
          <>
            <span aria-hidden="true">{sideSign(side)} </span>
            <span className="spoken">{speak(side > 0 ? plannerWords.over : plannerWords.under)} </span>
          </>
        ) : null}
        {formatCount(figures.households)}
      </td>
      <td className="figure">{formatCount(figures.people)}</td>
      <td className="figure">{formatDecimal(figures.area_m2 / 10_000, 1)}</td>
    </tr>
  );
}
