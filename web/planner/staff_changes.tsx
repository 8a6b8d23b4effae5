import type { PlanCheck } from "../../data/schema/plan.ts";
import type { Wording } from "../../data/vocabulary/language.ts";
import { plannerWords } from "../../data/vocabulary/planner_words.ts";
import { useRomanise } from "../ui/use_romanised.ts";
import { useWords } from "../ui/use_words.ts";
import { useFullCheck } from "./use_plan_facts.ts";

export const staffWhyNames: Readonly<Record<PlanCheck["staff"][number]["why"], Wording>> = {
  split: plannerWords.staff_split,
  merged: plannerWords.staff_merged,
  retired: plannerWords.staff_retired,
};

const mostShown = 200;

/** Who has to be asked again, because the grid is another one. */
export function StaffChanges() {
  const speak = useWords();
  const name = useRomanise();
  const { data } = useFullCheck();
  if (!data) return null;
  return (
    <section>
      <h3>{speak(plannerWords.staff, { count: data.staff.length })}</h3>
      {data.staff.length === 0 ? (
        <p className="note">{speak(plannerWords.staff_none)}</p>
      ) : (
        <ul className="plan-staff">
          {data.staff.slice(0, mostShown).map(({ area, duty, duty_name, person, why }) => (
            <li key={`${area.id} ${duty} ${person}`}>
              <span>
                <b>{name(person, "person")}</b> {name(area.short_name)} · {duty_name}
              </span>
              <span className="note">{speak(staffWhyNames[why])}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
