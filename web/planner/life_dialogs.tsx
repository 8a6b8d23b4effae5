import { useMutation } from "@tanstack/react-query";
import Modal from "antd/es/modal";
import { type FormEvent, type ReactNode, useState } from "react";
import type { Rebased } from "../../data/schema/plan.ts";
import type { Wording } from "../../data/vocabulary/language.ts";
import { plannerWords } from "../../data/vocabulary/planner_words.ts";
import { type LifeStep, rebasePlan } from "../api/plans.ts";
import { TextField } from "../ui/text_field.tsx";
import { useWords } from "../ui/use_words.ts";
import { useFly } from "./plan_places.ts";
import { FailurePlaces } from "./failure_places.tsx";
import { usePlanner, usePlannerStore } from "./planner_store.ts";
import { PublishDialog } from "./publish_dialog.tsx";
import { useFullCheck } from "./use_plan_facts.ts";
import { useTurn } from "./use_turn.ts";
import { TextArea } from "./text_area.tsx";

/** Approving is no dialog: the difference must be in view (decision_panel.tsx). */
export type LifeAct = Exclude<LifeStep, "approve"> | "publish" | "rebase";

interface DialogProps {
  onClose: () => void;
}

/** What becomes of the plan: one dialog an act, each with what it means. */
export function LifeDialog({ act, onClose }: DialogProps & { act: LifeAct }) {
  switch (act) {
    case "submit":
      return <SubmitDialog onClose={onClose} />;
    case "reject":
      return <RejectDialog onClose={onClose} />;
    case "publish":
      return <PublishDialog onClose={onClose} />;
    case "rebase":
      return <RebaseDialog onClose={onClose} />;
    default:
      return <PlainDialog act={act} onClose={onClose} />;
  }
}

interface FormProps extends DialogProps {
  title: Wording;
  confirm: Wording;
  /** Why it cannot be done now. */
  blocked?: boolean;
  /** There is nothing left to cancel. */
  isDone?: boolean;
  busy: boolean;
  error: unknown;
  onConfirm: () => void;
  children: ReactNode;
}

function ActForm({
  title,
  confirm,
  blocked = false,
  isDone = false,
  busy,
  error,
  onConfirm,
  onClose,
  children,
}: FormProps) {
  const speak = useWords();
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (!blocked && !busy) onConfirm();
  };
  return (
    <Modal open title={speak(title)} footer={null} onCancel={onClose} width={520}>
      <form className="form" onSubmit={save}>
        {children}
        <FailurePlaces error={error} />
        <div className="form-buttons">
          {!isDone && (
            <button type="button" className="button" onClick={onClose}>
              {speak(plannerWords.cancel)}
            </button>
          )}
          <button type="submit" className="button button-primary" aria-disabled={blocked || busy}>
            {speak(confirm)}
          </button>
        </div>
      </form>
    </Modal>
  );
}

function SubmitDialog({ onClose }: DialogProps) {
  const speak = useWords();
  const { data } = useFullCheck();
  const faults = usePlanner((state) => state.faults.length);
  const unanswered = usePlanner(({ warnings }) => warnings.filter(({ reason }) => reason === null).length);
  const [day, setDay] = useState("");
  const turn = useTurn("submit", onClose);
  const withoutReason = Math.max(unanswered, data?.without_reason ?? 0);
  const blocked = faults > 0 || withoutReason > 0;
  return (
    <ActForm
      title={plannerWords.submit_title}
      confirm={plannerWords.submit}
      blocked={blocked}
      busy={turn.isPending}
      error={turn.error}
      onConfirm={() => turn.mutate({ from_day: day || null })}
      onClose={onClose}
    >
      {blocked ? (
        <div className="blocked" role="status">
          <p>{speak(plannerWords.submit_blocked)}</p>
          <ul>
            {faults > 0 && <li>{speak(plannerWords.submit_faults, { count: faults })}</li>}
            {withoutReason > 0 && <li>{speak(plannerWords.submit_warnings, { count: withoutReason })}</li>}
          </ul>
        </div>
      ) : (
        <TextField label={speak(plannerWords.submit_day)} type="date" value={day} onValue={setDay} />
      )}
      <p className="note">{speak(plannerWords.submit_note)}</p>
    </ActForm>
  );
}

function RejectDialog({ onClose }: DialogProps) {
  const speak = useWords();
  const [reason, setReason] = useState("");
  const turn = useTurn("reject", onClose);
  return (
    <ActForm
      title={plannerWords.reject_title}
      confirm={plannerWords.reject}
      blocked={reason.trim().length < 2}
      busy={turn.isPending}
      error={turn.error}
      onConfirm={() => turn.mutate({ reason: reason.trim() })}
      onClose={onClose}
    >
      <div className="field">
        <TextArea
          label={speak(plannerWords.reject_reason)}
          rows={3}
          maxLength={500}
          value={reason}
          onValue={setReason}
        />
      </div>
    </ActForm>
  );
}

const plain = {
  withdraw: [plannerWords.withdraw_title, plannerWords.withdraw_note, plannerWords.withdraw],
  discard: [plannerWords.discard_title, plannerWords.discard_note, plannerWords.discard],
} as const;

function PlainDialog({ act, onClose }: DialogProps & { act: keyof typeof plain }) {
  const speak = useWords();
  const name = usePlanner(({ plan }) => plan.name);
  const turn = useTurn(act, onClose);
  const [title, note, confirm] = plain[act];
  return (
    <ActForm
      title={title}
      confirm={confirm}
      busy={turn.isPending}
      error={turn.error}
      onConfirm={() => turn.mutate({})}
      onClose={onClose}
    >
      <p>{speak(note, { name })}</p>
    </ActForm>
  );
}

function RebaseDialog({ onClose }: DialogProps) {
  const speak = useWords();
  const store = usePlannerStore();
  const { toPlace } = useFly();
  const [done, setDone] = useState<Rebased | null>(null);
  const rebase = useMutation({
    mutationFn: () => rebasePlan(store.getState().plan.id, store.getState().revision),
    onSuccess: (rebased) => {
      store.getState().heard({ revision: rebased.plan.revision, status: rebased.plan.status });
      setDone(rebased);
    },
  });
  return (
    <ActForm
      title={plannerWords.rebase_title}
      confirm={done ? plannerWords.close : plannerWords.confirm}
      isDone={done !== null}
      busy={rebase.isPending}
      error={rebase.error}
      onConfirm={() => (done ? onClose() : rebase.mutate())}
      onClose={onClose}
    >
      {done ? (
        <div role="status">
          <p>{speak(plannerWords.rebase_done, { edition: done.plan.base_edition ?? "" })}</p>
          {done.decisions.length > 0 && <p>{speak(plannerWords.rebase_decisions, { count: done.decisions.length })}</p>}
          <ul className="plan-staff">
            {done.decisions.map(({ area, name, what, outcome, operation_seq, at }) => (
              <li key={`${area} ${operation_seq ?? ""}`}>
                <b>{name}</b>
                <span>{what}</span>
                <span className="note">
                  {speak(outcome === "left_out" ? plannerWords.left_out : plannerWords.kept_ours)}{" "}
                  {at && (
                    <button type="button" className="link" onClick={() => toPlace(at)}>
                      {speak(plannerWords.show_place)}
                    </button>
                  )}
                </span>
              </li>
            ))}
          </ul>
        </div>
      ) : (
        <p>{speak(plannerWords.rebase_note)}</p>
      )}
    </ActForm>
  );
}
