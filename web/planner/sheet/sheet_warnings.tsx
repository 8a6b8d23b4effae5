import type { CheckWarning } from "../../../data/schema/check.ts";
import type { PlanSummary } from "../../../data/schema/plan.ts";
import { compareWords } from "../../../data/vocabulary/compare_words.ts";
import { plannerWords } from "../../../data/vocabulary/planner_words.ts";
import { useRomanise } from "../../ui/use_romanised.ts";
import { useLanguage, useWords } from "../../ui/use_words.ts";
import { wordWarning } from "../../ui/word_issue.ts";

/** Every warning with the reason that answers it. */
export function SheetWarnings({ plan, warnings }: { plan: PlanSummary; warnings: readonly CheckWarning[] }) {
  const speak = useWords();
  const language = useLanguage();
  const romanise = useRomanise();
  if (warnings.length === 0) return <p>{speak(compareWords.sheet_no_warnings)}</p>;
  const voice = { speak, language, name: (text: string) => romanise(text), scope: plan.area?.code ?? null };
  return (
    <ol className="change-sheet-warnings">
      {warnings.map((warning) => (
        <li key={warning.key}>
          {wordWarning(warning, voice).sentence}{" "}
          <span className="change-sheet-reason">
            {warning.reason
              ? speak(plannerWords.reason_of, {
                  text: warning.reason.text,
                  by: romanise(warning.reason.by, "person"),
                })
              : speak(compareWords.sheet_no_reason)}
          </span>
        </li>
      ))}
    </ol>
  );
}
