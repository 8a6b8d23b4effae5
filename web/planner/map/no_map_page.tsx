import { Link } from "wouter";
import { plannerWords } from "../../../data/vocabulary/planner_words.ts";
import { toolWords } from "../../../data/vocabulary/tool_words.ts";
import { TopBar } from "../../ui/top_bar.tsx";
import { useWords } from "../../ui/use_words.ts";
import { plannerWorkspace } from "../../ui/workspaces.ts";

/** Where a browser cannot draw the map, plans cannot be drawn on it: nothing is lost, and it says what to do. */
export function NoMapPage() {
  const speak = useWords();
  return (
    <div className="frame">
      <TopBar here={plannerWorkspace} />
      <main className="message-page" data-state="error" role="alert">
        <h2>{speak(toolWords.no_map)}</h2>
        <p>{speak(toolWords.no_map_why)}</p>
        <Link href="/planner" className="button button-primary">
          {speak(plannerWords.to_plans)}
        </Link>
      </main>
    </div>
  );
}
