import { formatCount, formatDecimal } from "../../../data/vocabulary/format.ts";
import { handWords } from "../../../data/vocabulary/hand_words.ts";
import { toolWords } from "../../../data/vocabulary/tool_words.ts";
import type { Speak } from "../../ui/use_words.ts";
import { nameArea } from "../map/name_area.ts";
import type { DraftFigures, Planner } from "../planner_types.ts";
import { profileOf, sideOf } from "../profile_of.ts";
import { sideSign } from "../range_bar.tsx";
import type { RoadShare } from "./hand_store.ts";

/** Grids that the note beside the cursor has room for. */
const mostGrids = 3;

/** What lies in each grid that the hand touches, as it would be: 「03 ▲512户 +94 · 1,480人 +277」 and what else counts. */
export function liveFigures(
  { pending, draft, profiles }: Pick<Planner, "pending" | "draft" | "profiles">,
  shares: ReadonlyMap<string, RoadShare>,
  speak: Speak,
): string[] {
  if (!pending) return [];
  return pending.figures.slice(0, mostGrids).flatMap(({ id, before, after }) => {
    const name = nameArea(draft, pending, id);
    if (!after) return [speak(toolWords.gone, { name })];
    const area = pending.changed.find((each) => each.id === id);
    const profile = area ? profileOf(draft, profiles, area) : null;
    const sign = sideSign(profile ? sideOf(after.households, profile.households) : null);
    const change = (of: keyof DraftFigures) => signed(before ? after[of] - before[of] : 0);
    const first = [
      `${sign}${speak(toolWords.households, { n: formatCount(after.households) })}${change("households")}`,
      `${speak(handWords.people, { n: formatCount(after.people) })}${change("people")}`,
    ];
    return [
      `${name}  ${first.join(" · ")}`,
      `${" ".repeat(name.length)}  ${otherFigures(before, after, shares.get(id), speak)}`,
    ];
  });
}

/** 「38幢 +7 · 5.02公顷 +0.81 · 界线沿路 58% −4」 */
export function otherFigures(
  before: DraftFigures | null,
  after: DraftFigures,
  share: RoadShare | undefined,
  speak: Speak,
): string {
  const hectares = (figures: DraftFigures) => Math.round(figures.area_m2 / 100) / 100;
  const buildings = before ? after.buildings - before.buildings : 0;
  const grown = before ? hectares(after) - hectares(before) : 0;
  const parts = [
    `${speak(handWords.buildings, { n: formatCount(after.buildings) })}${signed(buildings)}`,
    `${speak(handWords.hectares, { n: formatDecimal(hectares(after), 2) })}${signed(grown, 2)}`,
  ];
  if (share && share.after !== null) {
    const percent = Math.round(100 * share.after);
    const was = share.before === null ? percent : Math.round(100 * share.before);
    parts.push(`${speak(handWords.on_roads, { n: percent })}${signed(percent - was)}`);
  }
  return parts.join(" · ");
}

/** 「 +7」 「 −7」, nothing for no change. */
function signed(change: number, digits = 0): string {
  const size = digits === 0 ? formatCount(Math.abs(change)) : formatDecimal(Math.abs(change), digits);
  if (Number(change.toFixed(digits)) === 0) return "";
  return change > 0 ? ` +${size}` : ` −${size}`;
}
