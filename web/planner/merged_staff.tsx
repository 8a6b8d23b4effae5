import { useQueries } from "@tanstack/react-query";
import { handWords } from "../../data/vocabulary/hand_words.ts";
import { areaQuery } from "../api/queries.ts";
import { useRomanise } from "../ui/use_romanised.ts";
import { useLanguage, useWords } from "../ui/use_words.ts";
import { usePlanner } from "./planner_store.ts";

/** People that the foot has room for. */
const mostPeople = 6;

/** Who is assigned to grids that become one: those of the grid that keeps its code stay, the others have to be confirmed. */
export function MergedStaff({ keep, areas }: { keep: string; areas: readonly string[] }) {
  const speak = useWords();
  const language = useLanguage();
  const name = useRomanise();
  const edition = usePlanner(({ plan }) => plan.base_edition);
  const draft = usePlanner((state) => state.draft);
  // areas that the plan made itself have nobody yet
  const known = [keep, ...areas].filter((id) => !id.startsWith("new"));
  const queries = useQueries({
    queries: known.map((id) => ({ ...areaQuery(id, edition === null ? {} : { edition }), enabled: edition !== null })),
  });
  const staff = queries.flatMap(({ data }, i) =>
    (data?.staff ?? []).filter(({ area }) => area.id === known[i]).map((member) => ({ ...member, of: known[i]! })),
  );
  // first those about whom something has to be done
  staff.sort((a, b) => Number(a.of === keep) - Number(b.of === keep));
  const rest = staff.length - mostPeople;
  const isReading = queries.some(({ isLoading }) => isLoading);
  return (
    <section className="merged-staff" aria-live="polite">
      <h4>{speak(handWords.merged_staff)}</h4>
      {staff.length === 0 && (
        <p className="note">{speak(isReading ? handWords.merged_staff_loading : handWords.merged_staff_none)}</p>
      )}
      <ul>
        {staff.slice(0, mostPeople).map(({ id, name: person, duty, of }) => (
          <li key={`${id} ${duty.code} ${of}`}>
            <span>{name(draft.area(of)?.short_name ?? "")}</span>
            <b>{name(person, "person")}</b>
            <span className="note">{language === "en" ? duty.name_en : duty.name}</span>
            <span className="note">{speak(of === keep ? handWords.staff_stays : handWords.staff_confirm)}</span>
          </li>
        ))}
      </ul>
      {rest > 0 && <p className="note">{speak(handWords.staff_more, { n: rest })}</p>}
    </section>
  );
}
