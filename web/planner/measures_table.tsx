import type { CheckMeasures } from "../../data/schema/check.ts";
import { compareWords } from "../../data/vocabulary/compare_words.ts";
import { formatCount, formatDecimal, formatShare } from "../../data/vocabulary/format.ts";
import type { Wording } from "../../data/vocabulary/language.ts";
import { plannerWords } from "../../data/vocabulary/planner_words.ts";
import { TableHead } from "../ui/table_head.tsx";
import { useWords } from "../ui/use_words.ts";
import { useFullCheck } from "./use_plan_facts.ts";

/** A figure of the whole division, as it is written; null where it is not known. */
export const measures: readonly (readonly [name: Wording, figure: (of: CheckMeasures) => string | null])[] = [
  [compareWords.measure_grids, ({ lowest_areas }) => formatCount(lowest_areas)],
  [compareWords.measure_deviation, ({ households }) => households && formatDecimal(households.deviation, 1)],
  [compareWords.measure_compactness, ({ compactness }) => compactness && formatDecimal(compactness.mean, 2)],
  [compareWords.measure_roads, ({ border_on_roads: share }) => (share === null ? null : formatShare(share))],
];

/** The division as a whole, before and after. */
export function MeasuresTable() {
  const speak = useWords();
  const { data } = useFullCheck();
  if (!data?.published) return null;
  const { published, measures: drawn } = data;
  return (
    <section>
      <h3>{speak(compareWords.measures)}</h3>
      <table className="grid-table measures-table">
        <TableHead
          columns={[
            { name: speak(compareWords.measures), spoken: true },
            speak(plannerWords.before),
            speak(plannerWords.after),
          ]}
        />
        <tbody>
          {measures.map(([name, figure]) => {
            const [before, after] = [figure(published), figure(drawn)];
            return (
              <tr key={name[1]}>
                <th scope="row">{speak(name)}</th>
                <td className="figure">{before ?? "—"}</td>
                <td className="figure">{before === after ? after : <b>{after ?? "—"}</b>}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
