import { toolWords } from "../../../data/vocabulary/tool_words.ts";
import { useWords } from "../../ui/use_words.ts";
import type { Planner } from "../planner_types.ts";
import { toolOf } from "../tools/tool_list.ts";
import { nameArea } from "./name_area.ts";

interface Props {
  planner: Planner;
  onCancel: () => void;
  onConfirm: () => void;
}

/** What waits for Enter, for those with a mouse: 「分割 10 · 取消 Esc · 确认分割 Enter」. */
export function ConfirmBar({ planner, onCancel, onConfirm }: Props) {
  const speak = useWords();
  const { pending, draft, tool } = planner;
  if (!pending) return null;
  const what = speak(toolOf(tool).word);
  const ids = [...pending.figures.filter(({ before }) => before !== null).map(({ id }) => id)];
  return (
    <section className="confirm-bar" aria-label={what}>
      <strong>{`${what} ${ids.map((id) => nameArea(draft, pending, id)).join(" · ")}`}</strong>
      <ul className="confirm-figures">
        {pending.figures.map(({ id, before, after }) => (
          <li key={id}>
            <b>{speak(wordOf(before === null, after === null), { name: nameArea(draft, pending, id) })}</b>{" "}
            {after && speak(toolWords.figures, { ...after })}
          </li>
        ))}
      </ul>
      <button type="button" className="confirm-button" onClick={onCancel}>
        {speak(toolWords.cancel)} <kbd>Esc</kbd>
      </button>
      <button type="button" className="confirm-button confirm-primary" onClick={onConfirm}>
        {speak(toolWords.confirm, { what })} <kbd>Enter</kbd>
      </button>
    </section>
  );
}

function wordOf(isNew: boolean, isGone: boolean) {
  if (isNew) return toolWords.new;
  return isGone ? toolWords.gone : toolWords.kept;
}
