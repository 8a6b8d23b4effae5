import type { DraftArea } from "../../../data/division/draft.ts";
import type { Network } from "../../../data/schema/network.ts";
import { formatCount } from "../../../data/vocabulary/format.ts";
import { toolWords } from "../../../data/vocabulary/tool_words.ts";
import type { Speak } from "../../ui/use_words.ts";
import type { Planner } from "../planner_types.ts";
import { profileOf, sideOf } from "../profile_of.ts";
import type { AreaWords } from "./draft_features.ts";

/** 「418户 李建国」, 「待配备」 where a grid has nobody; with ▲ or ▼ where the count is outside the limits. */
export function wordFacts(
  planner: Planner,
  area: DraftArea,
  { levels }: Pick<Network, "levels">,
  speak: Speak,
): AreaWords {
  const counted = planner.figures.get(area.id);
  const leader = planner.looks.get(area.id)?.leader ?? null;
  const gridLevel = levels.find(({ role }) => role === "grid")?.ordinal;
  const vacant = area.level === gridLevel && area.kind === "basic" ? speak(toolWords.vacant) : "";
  const who = leader ?? vacant;
  if (!counted) return { facts: who, limit: "" };
  const limit = limitOf(planner, area, counted.households);
  const sign = { over: "▲", under: "▼", "": "" }[limit];
  const count = `${sign}${speak(toolWords.households, { n: formatCount(counted.households) })}`;
  return { facts: who === "" ? count : `${count} ${who}`, limit };
}

/** Whether so many households are outside the limits that are set for an area. */
export function limitOf({ draft, profiles }: Planner, area: DraftArea, households: number): AreaWords["limit"] {
  const side = sideOf(households, profileOf(draft, profiles, area)?.households ?? [null, null]);
  return side === 1 ? "over" : side === -1 ? "under" : "";
}
