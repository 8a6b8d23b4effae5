import { differenceWords } from "../../data/vocabulary/difference_words.ts";
import { formatSurface } from "../../data/vocabulary/format.ts";
import type { Language, Wording } from "../../data/vocabulary/language.ts";
import { formatPlace } from "../ui/word_issue.ts";
import type { Fate } from "./edition_rows.ts";

/** What became of an area, in words. */
export const fateNames: Readonly<Record<Fate | "kept", Wording>> = {
  kept: differenceWords.kept,
  reshaped: differenceWords.reshaped,
  split: differenceWords.split,
  merged: differenceWords.merged,
  new: differenceWords.new,
  retired: differenceWords.retired,
  renamed: differenceWords.renamed,
  upper: differenceWords.upper,
};

/** Its sign in the list: colour is never alone. */
export const fateSigns: Readonly<Record<Fate, string>> = {
  split: "÷",
  merged: "∪",
  reshaped: "≈",
  new: "＋",
  retired: "×",
  renamed: "=",
  upper: "↑",
};

/** Ground of a grid: m² up to a hectare, then hectares. */
export function formatGround(areaM2: number, language: Language): string {
  if (areaM2 < 10_000) return formatPlace(areaM2);
  const { value, unit } = formatSurface(areaM2, "grid", language);
  return `${value} ${unit}`;
}
