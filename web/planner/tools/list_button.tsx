import { useState } from "react";
import { handWords } from "../../../data/vocabulary/hand_words.ts";
import { useKeys } from "../../ui/keys.ts";
import { useWords } from "../../ui/use_words.ts";
import { FeatureList } from "./feature_list.tsx";

/** Opens the list of features, and the list itself. */
export function ListButton() {
  const speak = useWords();
  const [open, setOpen] = useState(false);
  useKeys([{ code: "KeyL", run: () => setOpen(!open) }]);
  return (
    <>
      <button
        type="button"
        className="plan-status-button"
        aria-expanded={open}
        aria-keyshortcuts="L"
        onClick={() => setOpen(!open)}
      >
        {speak(handWords.list)} <kbd>L</kbd>
      </button>
      {open && <FeatureList onClose={() => setOpen(false)} />}
    </>
  );
}
