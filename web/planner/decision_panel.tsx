import { type FormEvent, useState } from "react";
import { compareWords } from "../../data/vocabulary/compare_words.ts";
import { plannerWords } from "../../data/vocabulary/planner_words.ts";
import { FailureNote } from "../ui/failure_note.tsx";
import { useWords } from "../ui/use_words.ts";
import { holdOf } from "./hold_of.ts";
import { usePlanner } from "./planner_store.ts";
import { useTurn } from "./use_turn.ts";
import { TextArea } from "./text_area.tsx";

const shortestReason = 2;

/** Approving and rejecting, where the difference is in view: on the map, and in the tables below. */
export function DecisionPanel() {
  const speak = useWords();
  const { may, status } = usePlanner((state) => state.plan);
  const hold = holdOf(
    usePlanner((state) => state.sync),
    speak,
  );
  const warnings = usePlanner((state) => state.warnings.length);
  const [reason, setReason] = useState<string | null>(null);
  const approve = useTurn("approve");
  const reject = useTurn("reject", () => setReason(null));
  if (status !== "submitted" || !may.includes("approve")) return null;
  const save = (event: FormEvent) => {
    event.preventDefault();
    if ((reason ?? "").trim().length >= shortestReason && !reject.isPending) reject.mutate({ reason: reason!.trim() });
  };
  return (
    <section className="decision" aria-label={speak(compareWords.decide)}>
      <h3>{speak(compareWords.decide)}</h3>
      <p>{speak(compareWords.decide_why)}</p>
      {warnings > 0 && <p className="note">{speak(compareWords.approve_checked, { count: warnings })}</p>}
      <FailureNote error={approve.error ?? reject.error} />
      {reason === null ? (
        <div className="form-buttons">
          <button type="button" className="button" onClick={() => setReason("")}>
            {speak(plannerWords.reject)}
          </button>
          <button
            type="button"
            className="button button-primary"
            title={hold ?? undefined}
            aria-disabled={hold !== null || approve.isPending}
            onClick={() => hold === null && !approve.isPending && approve.mutate({})}
          >
            {speak(plannerWords.approve)}
          </button>
        </div>
      ) : (
        <form className="form" onSubmit={save}>
          <TextArea
            label={speak(plannerWords.reject_reason)}
            asked
            rows={3}
            maxLength={500}
            value={reason}
            onValue={setReason}
          />
          <div className="form-buttons">
            <button type="button" className="button" onClick={() => setReason(null)}>
              {speak(plannerWords.cancel)}
            </button>
            <button
              type="submit"
              className="button button-primary"
              aria-disabled={reason.trim().length < shortestReason || reject.isPending}
            >
              {speak(plannerWords.reject)}
            </button>
          </div>
        </form>
      )}
    </section>
  );
}
