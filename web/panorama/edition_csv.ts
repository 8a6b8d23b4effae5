import type { AreaRef } from "../../data/schema/area.ts";
import { differenceWords } from "../../data/vocabulary/difference_words.ts";
import type { Speak } from "../ui/use_words.ts";
import type { Cell } from "./csv_file.ts";
import { fateNames } from "./edition_names.ts";
import { type Comparison, orderRows } from "./edition_rows.ts";

/** The list as a table: a line for each area, in the order of the list, after one that names the columns. */
export function differenceLines(comparison: Comparison, speak: Speak): Cell[][] {
  const head = [
    differenceWords.csv_fate,
    differenceWords.csv_old_code,
    differenceWords.csv_old_name,
    differenceWords.csv_new_code,
    differenceWords.csv_new_name,
    differenceWords.csv_from,
    differenceWords.csv_to,
    differenceWords.csv_gained_m2,
    differenceWords.csv_lost_m2,
    differenceWords.csv_gained_households,
    differenceWords.csv_lost_households,
  ].map((words) => speak(words));
  const others = (areas: readonly (AreaRef | null)[]) =>
    areas.map((area) => area?.code ?? speak(differenceWords.no_area)).join(" ");
  const rows = orderRows(comparison).map(({ fate, was, is, from, to, gained, lost }): Cell[] => [
    speak(fateNames[fate]),
    was?.code ?? "",
    was?.short_name ?? "",
    is?.code ?? "",
    is?.short_name ?? "",
    others(from),
    others(to),
    Math.round(gained.area_m2 * 100) / 100,
    Math.round(lost.area_m2 * 100) / 100,
    gained.households,
    lost.households,
  ]);
  return [head, ...rows];
}
