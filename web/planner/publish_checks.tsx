import type { PlanCheck } from "../../data/schema/plan.ts";
import { warningKindNames } from "../../data/vocabulary/check_words.ts";
import { compareWords } from "../../data/vocabulary/compare_words.ts";
import { plannerWords } from "../../data/vocabulary/planner_words.ts";
import { useRomanise } from "../ui/use_romanised.ts";
import { useWords } from "../ui/use_words.ts";
import { DraftReason } from "./draft_reason.tsx";

/** Faults block, every warning needs a reason: what is missing is said, and can be given here. */
export function PublishChecks({ check, isFetching }: { check: PlanCheck | undefined; isFetching: boolean }) {
  const speak = useWords();
  const romanise = useRomanise();
  if (!check) return <p role="status">{speak(isFetching ? plannerWords.checking : plannerWords.check_waits)}</p>;
  const { faults, warnings } = check;
  if (faults.length > 0)
    return <p className="blocked">{speak(plannerWords.submit_faults, { count: faults.length })}</p>;
  const unanswered = warnings.filter(({ reason }) => reason === null);
  if (unanswered.length === 0) {
    return (
      <p role="status" className="good-note">
        ✓ {speak(warnings.length > 0 ? plannerWords.all_answered : plannerWords.nothing_wrong)}
      </p>
    );
  }
  return (
    <section className="publish-warnings" aria-label={speak(compareWords.unanswered)}>
      <p className="blocked" role="status">
        {speak(plannerWords.submit_warnings, { count: unanswered.length })}
      </p>
      <ul>
        {unanswered.map((warning) => {
          const kind = speak(warningKindNames[warning.kind]);
          return (
            <li key={warning.key}>
              <span>
                <b>{kind}</b> {romanise(warning.area.short_name)}
              </span>
              <DraftReason warning={warning} kind={kind} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
