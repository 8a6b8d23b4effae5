import { useMemo } from "react";
import type { DraftArea } from "../../data/division/draft.ts";
import { formatCount, formatDecimal, formatRange } from "../../data/vocabulary/format.ts";
import { plannerWords } from "../../data/vocabulary/planner_words.ts";
import { ShortName } from "../ui/place_name.tsx";
import { useWords } from "../ui/use_words.ts";
import { lowestAreas } from "./map/lowest_areas.ts";
import { useFly } from "./plan_places.ts";
import { usePlanner, usePlannerStore } from "./planner_store.ts";
import { profileOf, sideOf } from "./profile_of.ts";
import { RangeBar, sideSign } from "./range_bar.tsx";

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

/** Every grid with its figures against its limits. */
export function GridsTab() {
  const speak = useWords();
  const store = usePlannerStore();
  const areas = useLowest();
  const figures = usePlanner((state) => state.figures);
  const profiles = usePlanner((state) => state.profiles);
  const draft = usePlanner((state) => state.draft);
  const selection = usePlanner((state) => state.selection);
  const { toArea } = useFly();
  if (areas.length === 0) return <p className="plan-empty">{speak(plannerWords.no_grids)}</p>;
  const limitsOf = (area: DraftArea) => profileOf(draft, profiles, area)?.households ?? noLimits;
  const most =
    1.2 * Math.max(...areas.map((area) => Math.max(figures.get(area.id)?.households ?? 0, limitsOf(area)[1] ?? 0)));
  const sums = areas.reduce(
    (sum, { id }) => {
      const { households = 0, people = 0, area_m2 = 0 } = figures.get(id) ?? {};
      return { households: sum.households + households, people: sum.people + people, area_m2: sum.area_m2 + area_m2 };
    },
    { households: 0, people: 0, area_m2: 0 },
  );
  return (
    <table className="grid-table">
      <thead>
        <tr>
          <th scope="col">{speak(plannerWords.grid)}</th>
          <th scope="col">
            <span className="spoken">{speak(plannerWords.tab_rules)}</span>
          </th>
          <th scope="col">{speak(plannerWords.households)}</th>
          <th scope="col">{speak(plannerWords.people)}</th>
          <th scope="col">{speak(plannerWords.surface)}</th>
        </tr>
      </thead>
      <tbody>
        {areas.slice(0, mostRows).map((area) => {
          const counted = figures.get(area.id);
          const limits = limitsOf(area);
          const side = sideOf(counted?.households ?? 0, limits);
          return (
            <tr key={area.id} aria-selected={selection.includes(area.id)}>
              <th scope="row">
                <button
                  type="button"
                  className="link grid-link"
                  onClick={(event) => {
                    const { choose, selection: now } = store.getState();
                    choose(event.shiftKey ? [...now.filter((id) => id !== area.id), area.id] : [area.id]);
                    toArea(area);
                  }}
                >
                  <ShortName text={area.short_name} />
                </button>
              </th>
              <td title={formatRange(...limits)}>
                <RangeBar
                  value={counted?.households ?? 0}
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
                {formatCount(counted?.households ?? 0)}
              </td>
              <td className="figure">{formatCount(counted?.people ?? 0)}</td>
              <td className="figure">{formatDecimal((counted?.area_m2 ?? 0) / 10_000, 1)}</td>
            </tr>
          );
        })}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{speak(plannerWords.sum)}</th>
          <td />
          <td className="figure">{formatCount(sums.households)}</td>
          <td className="figure">{formatCount(sums.people)}</td>
          <td className="figure">{formatDecimal(sums.area_m2 / 10_000, 1)}</td>
        </tr>
      </tfoot>
    </table>
  );
}
