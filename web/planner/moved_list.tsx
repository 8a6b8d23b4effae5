import { compareWords } from "../../data/vocabulary/compare_words.ts";
import { formatCount } from "../../data/vocabulary/format.ts";
import { toolWords } from "../../data/vocabulary/tool_words.ts";
import { useRomanise } from "../ui/use_romanised.ts";
import { useWords } from "../ui/use_words.ts";
import type { PlanDifference } from "./compare_plan.ts";
import { useFly } from "./plan_places.ts";

const mostShown = 100;

/** Ground that changes hands, largest first; choosing a piece takes the map there. */
export function MovedList({ difference: { moved, before, after } }: { difference: PlanDifference }) {
  const speak = useWords();
  const romanise = useRomanise();
  const { toPlace } = useFly();
  if (moved.length === 0) return null;
  const names = new Map([...before, ...after].map(({ id, short_name }) => [id, short_name]));
  const nameOf = (id: string | null) => {
    const name = id === null ? undefined : names.get(id);
    return name === undefined ? speak(compareWords.nobody) : romanise(name);
  };
  return (
    <details className="moved-list">
      <summary>{speak(compareWords.moved, { count: moved.length })}</summary>
      <ul>
        {moved.slice(0, mostShown).map(({ from, to, at, area_m2, households }) => (
          <li key={`${from} ${to} ${at.join(" ")}`}>
            <button type="button" className="moved-piece" onClick={() => toPlace(at)}>
              <span>{speak(compareWords.moved_from_to, { from: nameOf(from), to: nameOf(to) })}</span>
              <span className="note">
                {formatCount(area_m2)} m² · {speak(toolWords.households, { n: formatCount(households) })}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
