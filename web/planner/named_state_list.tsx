import { type FormEvent, useEffect, useRef, useState } from "react";
import type { PlanLogEntry } from "../../data/schema/plan.ts";
import { formatMoment } from "../../data/vocabulary/format.ts";
import { logWords } from "../../data/vocabulary/log_words.ts";
import { plannerWords } from "../../data/vocabulary/planner_words.ts";
import { Icon } from "../ui/icons.tsx";
import { TextField } from "../ui/text_field.tsx";
import { useWords } from "../ui/use_words.ts";
import { lastDone, stepsBackTo } from "./log_steps.ts";
import { forgetState, namedStates, nameState, useNamedStates } from "./named_states.ts";
import { usePlanner } from "./planner_store.ts";
import { useNaming } from "./use_naming.ts";

interface Props {
  entries: readonly PlanLogEntry[];
  waiting: number;
  isFree: boolean;
  onUndo: (count: number) => void;
}

/** States of the draft that were given a name, and the way back to each. */
export function NamedStates({ entries, waiting, isFree, onUndo }: Props) {
  const speak = useWords();
  const plan = usePlanner(({ plan: { id } }) => id);
  useNamedStates((known) => known.of[plan]);
  const states = namedStates(plan);
  return (
    <section className="named-states">
      <NameForm plan={plan} seq={lastDone(entries)} isSaved={waiting === 0} />
      <ul>
        {states.map(({ name, seq, at }) => {
          const count = stepsBackTo(entries, seq, waiting);
          return (
            <li key={name}>
              <b>{name}</b>
              <span className="note">{formatMoment(at).slice(5, 16)}</span>
              <button
                type="button"
                className="icon-button"
                aria-label={speak(logWords.state_remove, { name })}
                onClick={() => forgetState(plan, name)}
              >
                <Icon name="close" size={16} />
              </button>
              {count === 0 || count === null ? (
                <span className="note named-where">
                  {speak(count === 0 ? logWords.state_here : logWords.state_gone)}
                </span>
              ) : (
                <button
                  type="button"
                  className="link named-where"
                  aria-disabled={!isFree}
                  onClick={() => isFree && onUndo(count)}
                >
                  {speak(logWords.state_back, { count })}
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** @param seq - last step that is done */
function NameForm({ plan, seq, isSaved }: { plan: string; seq: number; isSaved: boolean }) {
  const speak = useWords();
  const { naming, setNaming } = useNaming();
  const [name, setName] = useState("");
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (naming) form.current?.querySelector("input")?.focus();
  }, [naming]);
  if (!naming) {
    return (
      <button type="button" className="link" aria-keyshortcuts="Control+S" onClick={() => setNaming(true)}>
        {speak(logWords.name_state)} <kbd>Ctrl+S</kbd>
      </button>
    );
  }
  const ready = name.trim() !== "" && isSaved;
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    nameState(plan, { name: name.trim(), seq, at: new Date().toISOString() });
    setName("");
    setNaming(false);
  };
  return (
    <form ref={form} className="form" onSubmit={save} onKeyDown={({ key }) => key === "Escape" && setNaming(false)}>
      <TextField
        label={speak(logWords.state_name)}
        value={name}
        onValue={setName}
        maxLength={40}
        hint={speak(logWords.state_hint)}
        autoComplete="off"
      />
      <div className="form-buttons">
        <button type="button" className="button" onClick={() => setNaming(false)}>
          {speak(plannerWords.cancel)}
        </button>
        <button type="submit" className="button button-primary" aria-disabled={!ready}>
          {speak(logWords.state_save)}
        </button>
      </div>
    </form>
  );
}
