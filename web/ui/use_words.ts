import { useCallback } from "react";
import { type Language, say, type Wording } from "../../data/vocabulary/language.ts";
import { useView } from "./view_store.ts";

export type Speak = (wording: Wording, values?: Record<string, string | number>) => string;

/** Says wordings in the language of the view. */
export function useWords(): Speak {
  const language = useLanguage();
  return useCallback((wording, values) => say(wording, language, values), [language]);
}

export function useLanguage(): Language {
  return useView((view) => view.lang);
}
