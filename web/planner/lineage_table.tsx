import type { PlanCheck } from "../../data/schema/plan.ts";
import { compareWords, lineageKindNames } from "../../data/vocabulary/compare_words.ts";
import { formatCount, formatShare } from "../../data/vocabulary/format.ts";
import { plannerWords } from "../../data/vocabulary/planner_words.ts";
import { TableHead } from "../ui/table_head.tsx";
import { useRomanise } from "../ui/use_romanised.ts";
import { useWords } from "../ui/use_words.ts";
import type { LineageRow } from "./compare_plan.ts";
import { staffWhyNames } from "./staff_changes.tsx";

interface Props {
  rows: readonly LineageRow[];
  /** Who holds duties in grids that change; left out where they are told elsewhere. */
  staff?: PlanCheck["staff"];
}

/** What becomes of each grid, former → new, and of who answers for it. */
export function LineageTable({ rows, staff }: Props) {
  const speak = useWords();
  const romanise = useRomanise();
  if (rows.length === 0) return <p className="note">{speak(compareWords.lineage_none)}</p>;
  const columns = [
    speak(compareWords.lineage_from),
    speak(compareWords.lineage_to),
    speak(compareWords.lineage_what),
    speak(compareWords.lineage_share),
    speak(plannerWords.households),
    ...(staff ? [speak(compareWords.lineage_staff)] : []),
  ];
  const nameOf = (name: string | null) => (name === null ? speak(compareWords.nothing) : romanise(name));
  return (
    <table className="grid-table lineage-table">
      <TableHead columns={columns} />
      <tbody>
        {rows.map(({ from, area, kind, share_of_from, households, from_name, area_name }, i) => {
          // staff is told once a grid, on its first row
          const isFirst = from !== null && rows.findIndex((row) => row.from === from) === i;
          const held = isFirst && staff ? staff.filter((one) => one.area.id === from) : [];
          return (
            <tr key={`${from} ${area}`} data-more={from !== null && !isFirst}>
              <th scope="row">
                {isFirst || from === null ? nameOf(from_name) : <span className="spoken">{nameOf(from_name)}</span>}
              </th>
              <td>{nameOf(area_name)}</td>
              <td>
                <span className="plan-tag" data-kind={kind}>
                  {speak(lineageKindNames[kind])}
                </span>
              </td>
              <td className="figure">
                {share_of_from === null ? speak(compareWords.nothing) : formatShare(share_of_from)}
              </td>
              <td className="figure">{formatCount(households)}</td>
              {staff && (
                <td className="lineage-staff">
                  {held.map(({ duty, duty_name, person, why }) => (
                    <span key={`${duty} ${person}`}>
                      {romanise(person, "person")}（{duty_name}）{speak(staffWhyNames[why])}
                    </span>
                  ))}
                </td>
              )}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
