import { useMemo } from "react";
import type { PlanCheck } from "../../data/schema/plan.ts";
import { formatCount, formatDecimal } from "../../data/vocabulary/format.ts";
import type { Wording } from "../../data/vocabulary/language.ts";
import { plannerWords } from "../../data/vocabulary/planner_words.ts";
import { ShortName } from "../ui/place_name.tsx";
import { useRomanise } from "../ui/use_romanised.ts";
import { useWords } from "../ui/use_words.ts";
import { Comments } from "./comments.tsx";
import { type Compared, type CompareKind, comparePlan } from "./compare_plan.ts";
import { useFly } from "./plan_places.ts";
import { usePlanner, usePlannerStore } from "./planner_store.ts";
import { useFullCheck, usePublishedAreas } from "./use_plan_facts.ts";

const kindNames: Readonly<Record<CompareKind, Wording>> = {
  changed: plannerWords.kind_changed,
  new: plannerWords.kind_new,
  retired: plannerWords.kind_retired,
};
const whyNames: Readonly<Record<PlanCheck["staff"][number]["why"], Wording>> = {
  split: plannerWords.staff_split,
  merged: plannerWords.staff_merged,
  retired: plannerWords.staff_retired,
};

/** Areas that are not what the edition in force has; null while that is not known. */
export function useCompared(): Compared[] | null {
  const former = usePublishedAreas();
  const draft = usePlanner((state) => state.draft);
  const version = usePlanner((state) => state.version);
  const figures = usePlanner((state) => state.figures);
  return useMemo(() => {
    void version; // the draft is one object that changes
    return former && comparePlan(draft, figures, former);
  }, [draft, version, figures, former]);
}

/** Before and after: grids, staff, and what people say about it. */
export function CompareTab() {
  const speak = useWords();
  const rows = useCompared();
  const hasBase = usePlanner(({ plan }) => plan.base_edition !== null);
  return (
    <div className="plan-compare">
      {!hasBase && <p className="plan-empty">{speak(plannerWords.compare_no_base)}</p>}
      {rows?.length === 0 && <p className="plan-empty">{speak(plannerWords.compare_none)}</p>}
      {rows && rows.length > 0 && <ChangedGrids rows={rows} />}
      <StaffChanges />
      <Comments />
    </div>
  );
}

export function ChangedGrids({ rows }: { rows: readonly Compared[] }) {
  const speak = useWords();
  const store = usePlannerStore();
  const draft = usePlanner((state) => state.draft);
  const { toArea } = useFly();
  return (
    <section>
      <h3>{speak(plannerWords.changed_grids, { count: rows.length })}</h3>
      <table className="grid-table">
        <thead>
          <tr>
            <th scope="col">{speak(plannerWords.grid)}</th>
            <th scope="col">
              <span className="spoken">{speak(plannerWords.column_status)}</span>
            </th>
            <th scope="col">{speak(plannerWords.households)}</th>
            <th scope="col">{speak(plannerWords.people)}</th>
            <th scope="col">{speak(plannerWords.surface)}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, name, kind, before, after }) => (
            <tr key={id}>
              <th scope="row">
                {after ? (
                  <button
                    type="button"
                    className="link grid-link"
                    onClick={() => {
                      store.getState().choose([id]);
                      toArea(draft.area(id));
                    }}
                  >
                    <ShortName text={name} />
                  </button>
                ) : (
                  <ShortName text={name} />
                )}
              </th>
              <td>
                <span className="plan-tag" data-kind={kind}>
                  {speak(kindNames[kind])}
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

function Change({ before, after }: { before: string | null; after: string | null }) {
  const speak = useWords();
  if (before === after) return <td className="figure">{after}</td>;
  return (
    <td className="figure">
      <span className="spoken">{speak(plannerWords.before)} </span>
      <span className="figure-before">{before ?? "—"}</span>
      <span aria-hidden="true">→</span>
      <span className="spoken">{speak(plannerWords.after)} </span>
      <b>{after ?? "—"}</b>
    </td>
  );
}

/** Who has to be asked again, because the grid is another one. */
export function StaffChanges() {
  const speak = useWords();
  const name = useRomanise();
  const { data } = useFullCheck();
  if (!data) return null;
  return (
    <section>
      <h3>{speak(plannerWords.staff, { count: data.staff.length })}</h3>
      {data.staff.length === 0 ? (
        <p className="note">{speak(plannerWords.staff_none)}</p>
      ) : (
        <ul className="plan-staff">
          {data.staff.slice(0, 200).map(({ area, duty, duty_name, person, why }) => (
            <li key={`${area.id} ${duty} ${person}`}>
              <b>{name(person, "person")}</b>
              <span>
                {name(area.short_name)} · {duty_name}
              </span>
              <span className="note">{speak(whyNames[why])}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
