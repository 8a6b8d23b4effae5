import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import type { CheckReport, CheckWarning, NewWarningReason } from "../../data/schema/check.ts";
import { checkWords, warningKindNames } from "../../data/vocabulary/check_words.ts";
import { formatMoment } from "../../data/vocabulary/format.ts";
import { giveReason, withdrawReason } from "../api/checks.ts";
import { FailureNote } from "../ui/failure_note.tsx";
import { useSession } from "../ui/reader.ts";
import { useRomanise } from "../ui/use_romanised.ts";
import { useWords } from "../ui/use_words.ts";
import type { WarningGroup } from "./list_issues.ts";

/** What changes reasons asks for every report anew: a reason may answer warnings of areas above and below. */
function useChange<Variables>(change: (variables: Variables) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries({ queryKey: ["check"] }),
  });
}

/** Where a reason for this warning is given: the judged area, or in a report of a whole network its own. */
function placeOf(report: CheckReport, warning: CheckWarning): { network: string; area: string } {
  const { area, network } = report.summary;
  return { network, area: (area ?? warning.area).code };
}

/** The reason of one warning with who gave it and when, or the way to give one. */
export function WarningReasonPart({ warning, report }: { warning: CheckWarning; report: CheckReport }) {
  const speak = useWords();
  const romanise = useRomanise();
  const { actions } = useSession();
  const mayReason = actions.includes("give_reasons");
  const place = placeOf(report, warning);
  const give = useChange((text: string) => giveReason(place, { kind: warning.kind, keys: [warning.key], text }));
  const withdraw = useChange((id: string) => withdrawReason(place, id));
  const { reason } = warning;
  if (!reason) {
    if (!mayReason) return null;
    return (
      <ReasonForm
        label={speak(checkWords.give_reason)}
        error={give.error}
        busy={give.isPending}
        onSave={(text) => give.mutateAsync(text)}
      />
    );
  }
  return (
    <div className="reason">
      <p className="reason-text">{reason.text}</p>
      <p className="note reason-by">
        {speak(checkWords.reason_by, {
          name: romanise(reason.by, "person"),
          time: formatMoment(reason.at).slice(0, 16),
        })}
        {mayReason && (
          <button
            type="button"
            className="link link-quiet"
            disabled={withdraw.isPending}
            onClick={() => withdraw.mutate(reason.id)}
          >
            {speak(checkWords.reason_remove)}
          </button>
        )}
      </p>
      <FailureNote error={withdraw.error} />
    </div>
  );
}

/** One reason for every warning of a kind in the judged area, also for those to come in this edition. */
export function GroupReason({ group, report }: { group: WarningGroup; report: CheckReport }) {
  const speak = useWords();
  const romanise = useRomanise();
  const { area, network } = report.summary;
  const give = useChange((reason: NewWarningReason) => giveReason({ network, area: area?.code ?? "" }, reason));
  const hint = speak(checkWords.reason_all_hint, {
    area: romanise(area?.short_name ?? ""),
    kind: speak(warningKindNames[group.kind]),
  });
  return (
    <ReasonForm
      label={speak(checkWords.give_reason_all)}
      hint={hint}
      error={give.error}
      busy={give.isPending}
      onSave={(text) => give.mutateAsync({ kind: group.kind, keys: null, text })}
    />
  );
}

interface FormProps {
  /** Of the button that opens it. */
  label: string;
  hint?: string;
  error: Error | null;
  busy: boolean;
  onSave: (text: string) => Promise<unknown>;
}

/** A button that turns into a small form; its text stays when saving fails. */
function ReasonForm({ label, hint, error, busy, onSave }: FormProps) {
  const speak = useWords();
  const id = useId();
  const [text, setText] = useState<string | null>(null);
  if (text === null) {
    return (
      <button type="button" className="button reason-open" onClick={() => setText("")}>
        {label}
      </button>
    );
  }
  const isLongEnough = text.trim().length >= 2;
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (!isLongEnough || busy) return;
    onSave(text.trim()).then(
      () => setText(null),
      // The failure stands under the form.
      () => undefined,
    );
  };
  return (
    <form className="form reason-form" onSubmit={save}>
      <label className="field-label" htmlFor={id}>
        {speak(checkWords.reason)}
      </label>
      <textarea
        id={id}
        className="text-input reason-input"
        // The reader asked for it with the press before.
        ref={(box) => void (text === "" && box?.focus({ preventScroll: true }))}
        rows={3}
        maxLength={500}
        placeholder={speak(checkWords.reason_placeholder)}
        aria-describedby={hint ? `${id}-hint` : undefined}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") setText(null);
        }}
      />
      {hint && (
        <p className="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <FailureNote error={error} />
      <div className="form-buttons">
        <button type="submit" className="button button-primary" disabled={!isLongEnough || busy}>
          {speak(checkWords.reason_save)}
        </button>
        <button type="button" className="button" onClick={() => setText(null)}>
          {speak(checkWords.cancel)}
        </button>
      </div>
    </form>
  );
}
