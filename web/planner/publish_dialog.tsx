import { useMutation, useQueryClient } from "@tanstack/react-query";
import Modal from "antd/es/modal";
import { type FormEvent, useState } from "react";
import { plannerWords } from "../../data/vocabulary/planner_words.ts";
import { publishPlan } from "../api/plans.ts";
import { FailureNote } from "../ui/failure_note.tsx";
import { TextField } from "../ui/text_field.tsx";
import { useWords } from "../ui/use_words.ts";
import { ChangedGrids, StaffChanges, useCompared } from "./compare_tab.tsx";
import { usePlanner, usePlannerStore } from "./planner_store.ts";

const steps = [plannerWords.step_checks, plannerWords.step_lineage, plannerWords.step_confirm] as const;

/** Three steps from an approved plan to the edition: checks, what becomes of each grid, and the name typed by hand. */
export function PublishDialog({ onClose }: { onClose: () => void }) {
  const speak = useWords();
  const store = usePlannerStore();
  const client = useQueryClient();
  const plan = usePlanner((state) => state.plan);
  const faults = usePlanner((state) => state.faults.length);
  const warnings = usePlanner((state) => state.warnings);
  const [step, setStep] = useState(0);
  const [name, setName] = useState("");
  const unanswered = warnings.filter(({ reason }) => reason === null).length;
  const publish = useMutation({
    mutationFn: () => publishPlan(plan.id, store.getState().revision, name),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ["plans"] });
      void client.invalidateQueries({ queryKey: ["networks"] });
      void store.getState().refresh();
    },
  });
  const isLast = step === steps.length - 1;
  const blocked = (step === 0 && faults > 0) || (isLast && name !== plan.name);
  const next = (event: FormEvent) => {
    event.preventDefault();
    if (blocked || publish.isPending) return;
    if (isLast) publish.mutate();
    else setStep(step + 1);
  };
  if (publish.data) {
    const { edition, from_day: day, assignments } = publish.data;
    return (
      <Modal open title={speak(plannerWords.published_title, { edition })} footer={null} onCancel={onClose} width={520}>
        <div className="form" role="status">
          <p>{speak(plannerWords.published_day, { day, ...assignments })}</p>
          <div className="form-buttons">
            <button type="button" className="button button-primary" onClick={onClose}>
              {speak(plannerWords.close)}
            </button>
          </div>
        </div>
      </Modal>
    );
  }
  return (
    <Modal open title={speak(plannerWords.publish_title)} footer={null} onCancel={onClose} width={640}>
      <form className="form" onSubmit={next}>
        <ol className="publish-steps">
          {steps.map((each, index) => (
            <li key={each[1]} aria-current={index === step ? "step" : undefined}>
              {speak(each)}
            </li>
          ))}
        </ol>
        {step === 0 && <Checked faults={faults} unanswered={unanswered} warnings={warnings.length} />}
        {step === 1 && <Lineage />}
        {step === 2 && (
          <>
            <p>
              {plan.from_day
                ? speak(plannerWords.publish_day, { day: plan.from_day })
                : speak(plannerWords.publish_day_now)}
            </p>
            <TextField
              label={speak(plannerWords.publish_type, { name: plan.name })}
              value={name}
              onValue={setName}
              autoComplete="off"
            />
          </>
        )}
        <FailureNote error={publish.error} />
        <div className="form-buttons">
          <button type="button" className="button" onClick={() => (step === 0 ? onClose() : setStep(step - 1))}>
            {speak(step === 0 ? plannerWords.cancel : plannerWords.previous)}
          </button>
          <button type="submit" className="button button-primary" aria-disabled={blocked || publish.isPending}>
            {speak(isLast ? plannerWords.publish_do : plannerWords.next)}
          </button>
        </div>
      </form>
    </Modal>
  );
}

function Checked({ faults, unanswered, warnings }: { faults: number; unanswered: number; warnings: number }) {
  const speak = useWords();
  if (faults > 0) return <p className="blocked">{speak(plannerWords.submit_faults, { count: faults })}</p>;
  if (unanswered > 0) return <p className="blocked">{speak(plannerWords.submit_warnings, { count: unanswered })}</p>;
  return <p role="status">✓ {speak(warnings > 0 ? plannerWords.all_answered : plannerWords.nothing_wrong)}</p>;
}

function Lineage() {
  const speak = useWords();
  const rows = useCompared();
  return (
    <section className="publish-lineage" aria-label={speak(plannerWords.step_lineage)}>
      {rows && rows.length > 0 ? (
        <ChangedGrids rows={rows} />
      ) : (
        <p>{speak(rows ? plannerWords.compare_none : plannerWords.compare_no_base)}</p>
      )}
      <StaffChanges />
    </section>
  );
}
