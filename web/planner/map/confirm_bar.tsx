import { formatCount } from "../../../data/vocabulary/format.ts";
import { operationNames } from "../../../data/vocabulary/planner_words.ts";
import { toolWords } from "../../../data/vocabulary/tool_words.ts";
import { useWords } from "../../ui/use_words.ts";
import type { Planner } from "../planner_types.ts";
import { nameArea } from "./name_area.ts";

interface Props {
  planner: Planner;
  onCancel: () => void;
  onConfirm: () => void;
}

/** Areas that the bar has room for; cards and the foot of the panel show the others. */
const mostAreas = 2;

/** What waits for Enter, for those with a mouse: 「分割 10 · 取消 Esc · 确认分割 Enter」. */
export function ConfirmBar({ planner, onCancel, onConfirm }: Props) {
  const speak = useWords();
  const { pending, draft } = planner;
  if (!pending) return null;
  const what = speak(operationNames[pending.operation.op]);
  const ids = [...pending.figures.filter(({ before }) => before !== null).map(({ id }) => id)];
  return (
    <section className="confirm-bar" aria-label={what}>
      <strong>{`${what} ${ids.map((id) => nameArea(draft, pending, id)).join(" · ")}`}</strong>
      <ul className="confirm-figures">
        {pending.figures.slice(0, mostAreas).map(({ id, before, after }) => (
          <li key={id}>
            <b>{speak(wordOf(before === null, after === null), { name: nameArea(draft, pending, id) })}</b>{" "}
            {after &&
              speak(toolWords.figures, {
                households: formatCount(after.households),
                people: formatCount(after.people),
                buildings: formatCount(after.buildings),
              })}
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
