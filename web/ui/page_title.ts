import { useEffect } from "react";
import { frameWords } from "../../data/vocabulary/frame_words.ts";
import type { Wording } from "../../data/vocabulary/language.ts";
import { useWords } from "./use_words.ts";

/** Names the page in the tab of the browser. */
export function usePageTitle(name: Wording): void {
  const speak = useWords();
  useEffect(() => {
    document.title = `${speak(name)} · ${speak(frameWords.product)}`;
  }, [name, speak]);
}
