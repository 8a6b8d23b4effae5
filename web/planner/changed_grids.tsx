import { compareWords, lineageKindNames } from "../../data/vocabulary/compare_words.ts";
import { formatCount, formatDecimal } from "../../data/vocabulary/format.ts";
import { plannerWords } from "../../data/vocabulary/planner_words.ts";
import { ShortName } from "../ui/place_name.tsx";
import { TableHead } from "../ui/table_head.tsx";
import { useWords } from "../ui/use_words.ts";
import type { Compared } from "./compare_plan.ts";
import { useFly } from "./plan_places.ts";
import { usePlannerStore } from "./planner_store.ts";

/** Each changed grid before and after; choosing one takes the map there. */
export function ChangedGrids({ rows, quiet = false }: { rows: readonly Compared[]; quiet?: boolean }) {
  const speak = useWords();
  const store = usePlannerStore();
  const { toArea } = useFly();
  const columns = [
    speak(plannerWords.grid),
    { name: speak(compareWords.lineage_what), spoken: true },
    speak(plannerWords.households),
    speak(plannerWords.people),
    speak(plannerWords.surface),
  ];
  return (
    <section>
      <h3>{speak(plannerWords.changed_grids, { count: rows.length })}</h3>
      <table className="grid-table">
        <TableHead columns={columns} />
        <tbody>
          {rows.map(({ id, name, kind, before, after, area }) => (
            <tr key={id} data-gone={after === null}>
              <th scope="row">
                {quiet ? (
                  <ShortName text={name} />
                ) : (
                  <button
                    type="button"
                    className="link grid-link"
                    onClick={() => {
                      store.getState().choose(after ? [id] : []);
                      toArea(area);
                    }}
                  >
                    <ShortName text={name} />
                  </button>
                )}
              </th>
              <td>
                <span className="plan-tag" data-kind={kind}>
                  {speak(lineageKindNames[after === null && kind !== "merged" ? "retired" : kind])}
                </span>
              </td>
              <Change
                before={before && formatCount(before.households)}
                after={after && formatCount(after.households)}
              />
              <Change before={before && formatCount(before.people)} after={after && formatCount(after.people)} />
              <Change
                before={before && formatDecimal(before.area_m2 / 10_000, 1)}
                after={after && formatDecimal(after.area_m2 / 10_000, 1)}
              />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** 「418 → 402」; one figure where nothing changed. */
export function Change({ before, after }: { before: string | null; after: string | null }) {
  const speak = useWords();
  if (before === after) return <td className="figure">{after}</td>;
  return (
    <td className="figure">
      <span className="spoken">{speak(plannerWords.before)} </span>
      <span className="figure-before">{before ?? "—"}</span>
      <span aria-hidden="true"> → </span>
      <span className="spoken">{speak(plannerWords.after)} </span>
      <b>{after ?? "—"}</b>
    </td>
  );
}
