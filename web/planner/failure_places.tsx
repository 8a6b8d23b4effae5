import { useContext } from "react";
import { AnsweredProblem } from "../api/client.ts";
import { FailureNote } from "../ui/failure_note.tsx";
import { useWords } from "../ui/use_words.ts";
import { plannerWords } from "../../data/vocabulary/planner_words.ts";
import { MapContext, useFly } from "./plan_places.ts";

const mostShown = 50;

/** Why the server refused, with every place that it named: on an open plan each takes the map there. */
export function FailurePlaces({ error }: { error: unknown }) {
  const speak = useWords();
  const map = useContext(MapContext);
  const { toPlace } = useFly();
  const places = error instanceof AnsweredProblem ? (error.problem.places ?? []) : [];
  return (
    <>
      <FailureNote error={error} />
      {places.length > 0 && (
        <ul className="failure-places" aria-label={speak(plannerWords.places)}>
          {places.slice(0, mostShown).map(({ what, at }) => (
            <li key={`${what} ${at?.join(" ")}`}>
              <span>{what}</span>
              {at && map && (
                <button type="button" className="link" onClick={() => toPlace(at)}>
                  {speak(plannerWords.show_place)}
                </button>
              )}
              {at && !map && <span className="note tabular">{`${at[1].toFixed(5)}, ${at[0].toFixed(5)}`}</span>}
            </li>
          ))}
        </ul>
      )}
      {places.length > mostShown && (
        <p className="note">{speak(plannerWords.places_more, { count: places.length - mostShown })}</p>
      )}
    </>
  );
}
