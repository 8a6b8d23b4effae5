import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { CheckWarning } from "../../data/schema/check.ts";
import { plannerWords } from "../../data/vocabulary/planner_words.ts";
import { giveDraftReason, withdrawDraftReason } from "../api/plans.ts";
import { FailureNote } from "../ui/failure_note.tsx";
import { useSession } from "../ui/reader.ts";
import { useRomanise } from "../ui/use_romanised.ts";
import { useWords } from "../ui/use_words.ts";
import { usePlanner } from "./planner_store.ts";
import { TextArea } from "./text_area.tsx";

/** The reason of a warning in the draft, or the way to give one; one may answer all of the kind. */
export function DraftReason({ warning, kind }: { warning: CheckWarning; kind: string }) {
  const speak = useWords();
  const romanise = useRomanise();
  const id = usePlanner(({ plan }) => plan.id);
  const alike = usePlanner(
    ({ warnings }) => warnings.filter((each) => each.kind === warning.kind && !each.reason).length,
  );
  const isOpen = usePlanner(({ plan: { status } }) => status !== "published" && status !== "discarded");
  const mayReason = useSession().actions.includes("give_reasons") && isOpen;
  const client = useQueryClient();
  const again = () => client.invalidateQueries({ queryKey: ["plan_check", id] });
  const give = useMutation({
    mutationFn: ({ text, all }: { text: string; all: boolean }) =>
      giveDraftReason(id, { kind: warning.kind, keys: all ? null : [warning.key], text }),
    onSuccess: again,
  });
  const withdraw = useMutation({
    mutationFn: (reason: string) => withdrawDraftReason(id, reason),
    onSuccess: again,
  });
  const [text, setText] = useState<string | null>(null);
  const [all, setAll] = useState(false);
  const { reason } = warning;
  if (reason) {
    return (
      <div className="plan-reason">
        <p>{speak(plannerWords.reason_of, { text: reason.text, by: romanise(reason.by, "person") })}</p>
        {mayReason && (
          <button type="button" className="link" onClick={() => withdraw.mutate(reason.id)}>
            {speak(plannerWords.reason_remove)}
          </button>
        )}
        <FailureNote error={withdraw.error} />
      </div>
    );
  }
  if (!mayReason) return null;
  if (text === null) {
    return (
      <button type="button" className="button" onClick={() => setText("")}>
        {speak(plannerWords.give_reason)}
      </button>
    );
  }
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim().length < 2 || give.isPending) return;
    give.mutate({ text: text.trim(), all }, { onSuccess: () => setText(null) });
  };
  return (
    <form className="form plan-reason" onSubmit={save}>
      <TextArea
        label={speak(plannerWords.reason_text)}
        asked
        rows={2}
        maxLength={500}
        value={text}
        onValue={setText}
        onKeyDown={(event) => event.key === "Escape" && setText(null)}
      />
      {alike > 1 && (
        <label className="plan-check-label">
          <input type="checkbox" checked={all} onChange={(event) => setAll(event.target.checked)} />
          {speak(plannerWords.reason_for_all, { count: alike })} · {kind}
        </label>
      )}
      <FailureNote error={give.error} />
      <div className="form-buttons">
        <button type="button" className="button" onClick={() => setText(null)}>
          {speak(plannerWords.cancel)}
        </button>
        <button type="submit" className="button button-primary" aria-disabled={text.trim().length < 2}>
          {speak(plannerWords.reason_save)}
        </button>
      </div>
    </form>
  );
}
