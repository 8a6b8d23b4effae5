import type { Wording } from "../../../data/vocabulary/language.ts";
import { tourWords } from "../../../data/vocabulary/tour_words.ts";

export interface TourStep {
  title: Wording;
  text: Wording;
  /** What it is about: a selector on the page of an open plan. */
  about: string;
  /** Where the card stands beside that. */
  side: "inside" | "right" | "left" | "below";
}

export const tourSteps: readonly TourStep[] = [
  { title: tourWords.map_title, text: tourWords.map_text, about: ".planner-map", side: "inside" },
  { title: tourWords.tools_title, text: tourWords.tools_text, about: ".planner > section", side: "right" },
  { title: tourWords.undo_title, text: tourWords.undo_text, about: '[data-turn="undo"]', side: "below" },
  { title: tourWords.check_title, text: tourWords.check_text, about: ".plan-panel", side: "left" },
  { title: tourWords.compare_title, text: tourWords.compare_text, about: "[data-tour='compare']", side: "below" },
];
