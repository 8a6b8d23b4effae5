import { useCallback, useState } from "react";
import { create } from "zustand";
import type { NameKind } from "./romanise.ts";
import { useLanguage } from "./use_words.ts";

type Romanise = (text: string, kind?: NameKind) => string;

interface Romaniser {
  romanise: Romanise | null;
  /** Loaded, or known not to come. */
  settled: boolean;
}

const useRomaniser = create<Romaniser>(() => ({ romanise: null, settled: false }));

let asked = false;

/** Fetches the dictionary of readings, once. Only readers of English need it; without it they see Han. */
export function loadRomaniser(): void {
  if (asked) return;
  asked = true;
  void import("./romanise.ts").then(
    ({ romanise }) => useRomaniser.setState({ romanise, settled: true }),
    () => useRomaniser.setState({ settled: true }),
  );
}

/** True for text that has something to romanise. */
export function hasHan(text: string): boolean {
  return /\p{Script=Han}/u.test(text);
}

/** Writes names in the letters of the view: as they are in Chinese, and in English until the dictionary is there. */
export function useRomanise(): Romanise {
  const isEnglish = useLanguage() === "en";
  const romanise = useRomaniser((state) => state.romanise);
  return useCallback(
    (text, kind) => (isEnglish && romanise && hasHan(text) ? romanise(text, kind) : text),
    [isEnglish, romanise],
  );
}

/** One name in the letters of the view. */
export function useRomanised(text: string, kind?: NameKind): string {
  return useRomanise()(text, kind);
}

/**
 * False while a page that opens in English still waits for its names: a panel whose names wrap would jump under the
 * reader. Once true it stays so: a reader who changes the language does not lose the panel.
 */
export function useNamesSettled(): boolean {
  const isEnglish = useLanguage() === "en";
  const settled = useRomaniser((state) => state.settled);
  const [begun, begin] = useState(!isEnglish || settled);
  if (!begun && settled) begin(true);
  return begun || settled;
}
