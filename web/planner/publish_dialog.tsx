import { useMutation, useQueryClient } from "@tanstack/react-query";
import Modal from "antd/es/modal";
import { type FormEvent, useId, useState } from "react";
import { Link } from "wouter";
import type { Published } from "../../data/schema/plan.ts";
import { compareWords } from "../../data/vocabulary/compare_words.ts";
import { formatMoment } from "../../data/vocabulary/format.ts";
import { plannerWords } from "../../data/vocabulary/planner_words.ts";
import { publishPlan } from "../api/plans.ts";
import { TextField } from "../ui/text_field.tsx";
import { useWords } from "../ui/use_words.ts";
import { ChangedGrids } from "./changed_grids.tsx";
import { FailurePlaces } from "./failure_places.tsx";
import { LineageTable } from "./lineage_table.tsx";
import { usePlanner, usePlannerStore } from "./planner_store.ts";
import { PublishChecks } from "./publish_checks.tsx";
import { useDifference } from "./use_difference.ts";
import { useFullCheck } from "./use_plan_facts.ts";

const steps = [plannerWords.step_checks, plannerWords.step_lineage, plannerWords.step_confirm] as const;

/** Three steps from an approved plan to the edition: checks, what becomes of each grid, and the name typed by hand. */
export function PublishDialog({ onClose }: { onClose: () => void }) {
  const speak = useWords();
  const store = usePlannerStore();
  const client = useQueryClient();
  const plan = usePlanner((state) => state.plan);
  const { data: check, isFetching } = useFullCheck();
  const [step, setStep] = useState(0);
  const [name, setName] = useState("");
  const form = useId();
  const publish = useMutation({
    mutationFn: () => publishPlan(plan.id, store.getState().revision, name),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ["plans"] });
      void client.invalidateQueries({ queryKey: ["networks"] });
      void store.getState().refresh();
    },
  });
  if (publish.data) return <Done published={publish.data} onClose={onClose} />;
  const isLast = step === steps.length - 1;
  const isUnclean = !check || check.faults.length > 0 || check.without_reason > 0;
  const blocked = (step === 0 && isUnclean) || (isLast && name !== plan.name);
  const next = (event: FormEvent) => {
    event.preventDefault();
    if (blocked || publish.isPending) return;
    if (isLast) publish.mutate();
    else setStep(step + 1);
  };
  // reasons have forms of their own: only the last step is one of this dialog
  const move = isLast ? ({ type: "submit", form } as const) : ({ type: "button", onClick: next } as const);
  return (
    <Modal open title={speak(plannerWords.publish_title)} footer={null} onCancel={onClose} width={720}>
      <div className="form">
        <ol className="publish-steps">
          {steps.map((each, index) => (
            <li key={each[1]} aria-current={index === step ? "step" : undefined}>
              {speak(each)}
            </li>
          ))}
        </ol>
        {step === 0 && <PublishChecks check={check} isFetching={isFetching} />}
        {step === 1 && <Lineage />}
        {step === 2 && (
          <form id={form} className="form" onSubmit={next}>
            <Confirm name={name} onName={setName} />
          </form>
        )}
        <FailurePlaces error={publish.error} />
        <div className="form-buttons">
          <button type="button" className="button" onClick={() => (step === 0 ? onClose() : setStep(step - 1))}>
            {speak(step === 0 ? plannerWords.cancel : plannerWords.previous)}
          </button>
          <button {...move} className="button button-primary" aria-disabled={blocked || publish.isPending}>
            {speak(isLast ? plannerWords.publish_do : plannerWords.next)}
          </button>
        </div>
      </div>
    </Modal>
  );
}

/** A part that scrolls must be reached by keys, though nothing in it can be pressed (WCAG 2.1.1). */
const scrolledByKeys = { tabIndex: 0 } as const;

function Lineage() {
  const speak = useWords();
  const difference = useDifference();
  const { data } = useFullCheck();
  const hasBase = usePlanner(({ plan }) => plan.base_edition !== null);
  if (!hasBase) return <p>{speak(plannerWords.compare_no_base)}</p>;
  if (!difference) return <p role="status">{speak(plannerWords.checking)}</p>;
  const staff = data?.staff ?? [];
  return (
    <section className="publish-lineage" aria-label={speak(plannerWords.step_lineage)} {...scrolledByKeys}>
      <LineageTable rows={difference.lineage} staff={staff} />
      {difference.rows.length > 0 && <ChangedGrids rows={difference.rows} quiet />}
    </section>
  );
}

function Confirm({ name, onName }: { name: string; onName: (name: string) => void }) {
  const speak = useWords();
  const plan = usePlanner((state) => state.plan);
  const today = formatMoment(new Date().toISOString()).slice(0, 10);
  const isLate = plan.from_day === null || plan.from_day < today;
  return (
    <>
      <dl className="publish-day">
        <dt>{speak(compareWords.publish_day)}</dt>
        <dd>
          <b className="tabular">{isLate ? today : plan.from_day}</b>{" "}
          <span className="note">
            {plan.from_day === null
              ? speak(compareWords.publish_day_now, { day: today })
              : speak(compareWords.publish_day_set, { day: plan.from_day })}
          </span>
        </dd>
      </dl>
      <TextField
        label={speak(plannerWords.publish_type, { name: plan.name })}
        value={name}
        onValue={onName}
        autoComplete="off"
      />
    </>
  );
}

function Done({ published, onClose }: { published: Published; onClose: () => void }) {
  const speak = useWords();
  const id = usePlanner(({ plan }) => plan.id);
  const { edition, from_day: day, assignments, network } = published;
  const look = new URLSearchParams({ network, edition: String(edition) });
  return (
    <Modal open title={speak(plannerWords.published_title, { edition })} footer={null} onCancel={onClose} width={520}>
      <div className="form" role="status">
        <p>{speak(plannerWords.published_day, { day, ...assignments })}</p>
        <div className="form-buttons">
          <a className="button" href={`/planner/${id}/sheet`} target="_blank" rel="noreferrer">
            {speak(compareWords.published_sheet)}
          </a>
          <Link className="button" href={`/?${look}`}>
            {speak(compareWords.published_look)}
          </Link>
          <button type="button" className="button button-primary" onClick={onClose}>
            {speak(plannerWords.close)}
          </button>
        </div>
      </div>
    </Modal>
  );
}
