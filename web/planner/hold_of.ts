import { plannerWords } from "../../data/vocabulary/planner_words.ts";
import type { Speak } from "../ui/use_words.ts";
import type { Sync } from "./planner_types.ts";

/** Why nothing may become of the plan just now; null: it may. */
export function holdOf(sync: Sync, speak: Speak): string | null {
  if (sync.state === "conflict") return speak(plannerWords.not_while_conflict);
  return sync.state === "saved" ? null : speak(plannerWords.not_while_waiting, { count: sync.waiting });
}
