import { compareWords } from "../../data/vocabulary/compare_words.ts";
import { useWords } from "../ui/use_words.ts";
import { type PlanMode, planModes } from "../ui/view_address.ts";

/** The next way to look at the plan; after the last one it is drawn on again. */
export function nextMode(mode: PlanMode): PlanMode {
  return planModes[(planModes.indexOf(mode) + 1) % planModes.length]!;
}

/** 差异 · 卷帘 · 并排, and the way back. */
export function CompareSwitch({ mode, onMode }: { mode: PlanMode; onMode: (mode: PlanMode) => void }) {
  const speak = useWords();
  return (
    <fieldset className="compare-switch">
      <legend className="spoken">{speak(compareWords.modes)}</legend>
      {planModes.slice(1).map((each) => (
        <button
          key={each}
          type="button"
          className="compare-choice"
          aria-pressed={each === mode}
          onClick={() => onMode(each)}
        >
          {speak(compareWords[each])}
        </button>
      ))}
      <button type="button" className="compare-choice compare-back" onClick={() => onMode("edit")}>
        {speak(compareWords.edit)} <kbd>Esc</kbd>
      </button>
    </fieldset>
  );
}
