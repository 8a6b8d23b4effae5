import { useState } from "react";
import { handWords } from "../../data/vocabulary/hand_words.ts";
import { formatTime } from "../../data/vocabulary/format.ts";
import { operationNames, planStatusNames, plannerWords } from "../../data/vocabulary/planner_words.ts";
import { refusalWords } from "../../data/vocabulary/tool_words.ts";
import { useSessionEnded } from "../api/session.ts";
import { FailureNote } from "../ui/failure_note.tsx";
import { Icon } from "../ui/icons.tsx";
import { useRomanise } from "../ui/use_romanised.ts";
import { useWords } from "../ui/use_words.ts";
import { holdOf } from "./hold_of.ts";
import { LifeDialog } from "./life_dialogs.tsx";
import type { Sync } from "./planner_types.ts";
import { usePlanner, usePlannerStore } from "./planner_store.ts";
import { useFly } from "./plan_places.ts";

/**
 * What stands between the reader and the draft: no connection, a conflict, another edition, another state.
 * @param onDiffer - shows the map on which both versions are drawn
 */
export function PlanBanners({ onDiffer }: { onDiffer: () => void }) {
  const speak = useWords();
  const { ended } = useSessionEnded();
  const store = usePlannerStore();
  const plan = usePlanner((state) => state.plan);
  const sync = usePlanner((state) => state.sync);
  const failure = usePlanner((state) => state.failure);
  const [rebasing, setRebasing] = useState(false);
  const hold = holdOf(sync, speak);
  const { base_edition, current_edition, status } = plan;
  const isOpen = status === "draft" || status === "submitted" || status === "approved";
  return (
    <>
      {sync.state === "offline" && (
        <div className="plan-note plan-note-warning" role="status" data-state="offline">
          <Icon name="offline" size={18} />
          <span>
            {speak(ended ? handWords.signed_out_bar : plannerWords.offline_bar, {
              time: formatTime(new Date(sync.since).toISOString()).slice(0, 5),
              count: sync.waiting,
            })}
          </span>
          <button type="button" className="button" onClick={() => store.getState().retry()}>
            {speak(plannerWords.try_now)}
          </button>
        </div>
      )}
      {sync.state === "conflict" && <Conflict conflict={sync} onDiffer={onDiffer} />}
      {failure !== null && (
        <div className="plan-note plan-note-error">
          <FailureNote error={failure} />
        </div>
      )}
      {isOpen && base_edition !== current_edition && current_edition !== null && (
        <div className="plan-note plan-note-warning" role="status">
          <span>{speak(plannerWords.moved_on, { edition: current_edition, base: base_edition ?? "—" })}</span>
          {plan.may.includes("rebase") && (
            <button
              type="button"
              className="button"
              aria-disabled={hold !== null}
              title={hold ?? undefined}
              onClick={() => hold === null && setRebasing(true)}
            >
              {speak(plannerWords.rebase, { edition: current_edition })}
            </button>
          )}
        </div>
      )}
      {rebasing && <LifeDialog act="rebase" onClose={() => setRebasing(false)} />}
      {status === "draft" && plan.reason !== null && (
        <p className="plan-note plan-note-warning" role="status">
          {speak(plannerWords.rejected_bar, { reason: plan.reason })}
        </p>
      )}
      {status !== "draft" && (
        <p className="plan-note" role="status">
          {speak(plannerWords.read_only_bar, { status: speak(planStatusNames[status]) })}
        </p>
      )}
    </>
  );
}

/** Two versions of one place: the reader chooses, nothing is overwritten silently. */
function Conflict({ conflict, onDiffer }: { conflict: Extract<Sync, { state: "conflict" }>; onDiffer: () => void }) {
  const speak = useWords();
  const name = useRomanise();
  const store = usePlannerStore();
  const canKeep = usePlanner((state) => state.can_keep);
  const draft = usePlanner((state) => state.draft);
  const refusal = usePlanner((state) => state.refusal);
  const { toArea, toPlace } = useFly();
  const { refused, mine, areas, at, why } = conflict;
  const known = new Map([...mine, ...areas.flatMap((id) => draft.area(id) ?? [])].map((area) => [area.id, area]));
  const names = [...known.values()].slice(0, 3).map(({ short_name }) => name(short_name));
  const areaNames = names.join(speak(["、", ", "]));
  const said =
    conflict.by !== null && conflict.when !== null && areaNames !== ""
      ? speak(plannerWords.conflict_by, {
          by: name(conflict.by, "person"),
          time: formatTime(conflict.when).slice(0, 5),
          areas: areaNames,
        })
      : speak(plannerWords.conflict);
  const differ = () => {
    if (at) toPlace(at);
    else toArea([...known.values()][0]);
    store.getState().choose([...known.keys()].filter((id) => draft.area(id)));
    onDiffer();
  };
  return (
    <section className="plan-note plan-note-error" role="alert" aria-label={speak(plannerWords.conflict)}>
      <Icon name="warning" size={18} />
      <span className="plan-note-words">
        <b>{said}</b> {why || speak(plannerWords.conflict_step, { step: speak(operationNames[refused.op]) })}{" "}
        {speak(plannerWords.conflict_kept)}
        {refusal && <span> {speak(refusalWords[refusal.reason])}</span>}
      </span>
      <span className="plan-note-acts">
        <button type="button" className="button" onClick={differ}>
          {speak(plannerWords.see_difference)}
        </button>
        <button
          type="button"
          className="button"
          aria-disabled={!canKeep}
          title={canKeep ? undefined : speak(plannerWords.cannot_keep)}
          onClick={() => canKeep && store.getState().keepMine()}
        >
          {speak(plannerWords.keep_mine)}
        </button>
        <button type="button" className="button button-primary" onClick={() => store.getState().takeTheirs()}>
          {speak(plannerWords.take_theirs)}
        </button>
      </span>
    </section>
  );
}
