import type { PlanCheck } from "../../../data/schema/plan.ts";
import { compareWords } from "../../../data/vocabulary/compare_words.ts";
import { plannerWords } from "../../../data/vocabulary/planner_words.ts";
import { TableHead } from "../../ui/table_head.tsx";
import { useRomanise } from "../../ui/use_romanised.ts";
import { useWords } from "../../ui/use_words.ts";
import { staffWhyNames } from "../staff_changes.tsx";

/** Everybody whose assignment is affected, by grid. */
export function StaffTable({ staff }: { staff: PlanCheck["staff"] }) {
  const speak = useWords();
  const romanise = useRomanise();
  const columns = [plannerWords.grid, compareWords.staff_name, compareWords.staff_duty, compareWords.lineage_what];
  return (
    <table className="change-sheet-table">
      <TableHead columns={columns.map((name) => speak(name))} />
      <tbody>
        {staff.map(({ area, duty, duty_name, person, why }) => (
          <tr key={`${area.id} ${duty} ${person}`}>
            <th scope="row">{romanise(area.short_name)}</th>
            <td>{romanise(person, "person")}</td>
            <td>{duty_name}</td>
            <td>{speak(staffWhyNames[why])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
