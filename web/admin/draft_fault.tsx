import { adminWords } from "../../data/vocabulary/admin_words.ts";
import { useWords } from "../ui/use_words.ts";
import type { faultOfDraft } from "./account_draft.ts";

const words = {
  display_name: adminWords.display_name_missing,
  area: adminWords.grant_area_missing,
  retired: adminWords.grant_retired_left,
  apart: adminWords.grants_apart,
} as const;

/** Why the form cannot be saved yet. */
export function DraftFault({ fault }: { fault: ReturnType<typeof faultOfDraft> }) {
  const speak = useWords();
  return fault && <p className="field-wrong">{speak(words[fault])}</p>;
}
