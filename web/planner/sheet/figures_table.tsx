import type { PlanCheck } from "../../../data/schema/plan.ts";
import { compareWords, lineageKindNames } from "../../../data/vocabulary/compare_words.ts";
import { formatCount, formatDecimal } from "../../../data/vocabulary/format.ts";
import { plannerWords } from "../../../data/vocabulary/planner_words.ts";
import { TableHead } from "../../ui/table_head.tsx";
import { useRomanise } from "../../ui/use_romanised.ts";
import { useWords } from "../../ui/use_words.ts";
import { Change } from "../changed_grids.tsx";
import type { Compared } from "../compare_plan.ts";
import { measures } from "../measures_table.tsx";
import type { DraftFigures } from "../planner_types.ts";

const figures: readonly ((of: DraftFigures) => string)[] = [
  ({ households }) => formatCount(households),
  ({ people }) => formatCount(people),
  ({ buildings }) => formatCount(buildings),
  ({ area_m2 }) => formatDecimal(area_m2 / 10_000, 2),
];

/** Figures of each changed grid before and after, and those of the division as a whole. */
export function FiguresTable({ rows, check }: { rows: readonly Compared[]; check: PlanCheck }) {
  const speak = useWords();
  const romanise = useRomanise();
  const names = [plannerWords.households, plannerWords.people, plannerWords.buildings, plannerWords.surface];
  const columns = [
    speak(plannerWords.grid),
    speak(compareWords.lineage_what),
    ...names.map((name) => ({ name: speak(name), className: "figure" })),
  ];
  return (
    <>
      <table className="change-sheet-table">
        <TableHead columns={columns} />
        <tbody>
          {rows.map(({ id, name, kind, before, after }) => (
            <tr key={id}>
              <th scope="row">{romanise(name)}</th>
              <td>{speak(lineageKindNames[kind])}</td>
              {figures.map((figure, i) => (
                <Change key={names[i]![1]} before={before && figure(before)} after={after && figure(after)} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {check.published && (
        <p className="change-sheet-small">
          {measures
            .map(([name, figure]) => {
              const [was, is] = [figure(check.published!) ?? "—", figure(check.measures) ?? "—"];
              return `${speak(name)} ${was === is ? is : `${was} → ${is}`}`;
            })
            .join(speak(["；", "; "]))}
        </p>
      )}
    </>
  );
}
