import { compareWords } from "../../data/vocabulary/compare_words.ts";
import { plannerWords } from "../../data/vocabulary/planner_words.ts";
import { useWords } from "../ui/use_words.ts";
import { ChangedGrids } from "./changed_grids.tsx";
import { Comments } from "./comments.tsx";
import { DecisionPanel } from "./decision_panel.tsx";
import { MeasuresTable } from "./measures_table.tsx";
import { MovedList } from "./moved_list.tsx";
import { usePlanner } from "./planner_store.ts";
import { StaffChanges } from "./staff_changes.tsx";
import { useDifference } from "./use_difference.ts";

/** Before and after: grids, ground, staff, and what people say about it. */
export function CompareTab() {
  const speak = useWords();
  const difference = useDifference();
  const hasBase = usePlanner(({ plan }) => plan.base_edition !== null);
  return (
    <div className="plan-compare">
      <DecisionPanel />
      {!hasBase && <p className="plan-empty">{speak(plannerWords.compare_no_base)}</p>}
      {difference?.rows.length === 0 && <p className="plan-empty">{speak(plannerWords.compare_none)}</p>}
      {difference && difference.rows.length > 0 && (
        <>
          <ChangedGrids rows={difference.rows} />
          <MovedList difference={difference} />
        </>
      )}
      <MeasuresTable />
      <StaffChanges />
      <Comments />
      <p className="plan-sheet-link">
        <SheetLink />
      </p>
    </div>
  );
}

function SheetLink() {
  const speak = useWords();
  const id = usePlanner(({ plan }) => plan.id);
  return (
    <a className="button" href={`/planner/${id}/sheet`} target="_blank" rel="noreferrer">
      {speak(compareWords.sheet)}
    </a>
  );
}
