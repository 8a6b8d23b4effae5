import { useInfiniteQuery } from "@tanstack/react-query";
import type { PlanLogEntry } from "../../data/schema/plan.ts";
import { formatMoment } from "../../data/vocabulary/format.ts";
import { operationNames, plannerWords } from "../../data/vocabulary/planner_words.ts";
import { planLogQuery } from "../api/plans.ts";
import { QueryPanel } from "../ui/query_panel.tsx";
import { useRomanise } from "../ui/use_romanised.ts";
import { useWords } from "../ui/use_words.ts";
import { useFly } from "./plan_places.ts";
import { usePlanner, usePlannerStore } from "./planner_store.ts";

/** What was done, newest first, with the ways back. */
export function LogTab() {
  const speak = useWords();
  const id = usePlanner(({ plan }) => plan.id);
  const revision = usePlanner((state) => state.revision);
  const sync = usePlanner((state) => state.sync);
  const query = useInfiniteQuery(planLogQuery(id, revision));
  const waiting = "waiting" in sync ? sync.waiting : 0;
  return (
    <div className="plan-log">
      {waiting > 0 && (
        <p className="plan-log-waiting" role="status">
          {speak(plannerWords.log_waiting)} {waiting}
        </p>
      )}
      <QueryPanel
        query={query}
        what={plannerWords.tab_log}
        skeleton={[0, 1, 2].map((row) => <span key={row} className="bone bone-row" />)}
        isEmpty={({ pages }) => pages.every(({ entries }) => entries.length === 0)}
        empty={<p className="plan-empty">{speak(plannerWords.log_empty)}</p>}
      >
        {({ pages }) => <Entries entries={pages.flatMap(({ entries }) => entries)} waiting={waiting} />}
      </QueryPanel>
      {query.hasNextPage && (
        <button type="button" className="link" onClick={() => void query.fetchNextPage()}>
          {speak(plannerWords.log_more)}
        </button>
      )}
    </div>
  );
}

const isStep = ({ operation, state }: PlanLogEntry) =>
  state === "done" && operation.op !== "begin" && operation.op !== "rebase";

function Entries({ entries, waiting }: { entries: readonly PlanLogEntry[]; waiting: number }) {
  const speak = useWords();
  const name = useRomanise();
  const store = usePlannerStore();
  const draft = usePlanner((state) => state.draft);
  const locked = usePlanner((state) => state.locked);
  const { toArea } = useFly();
  // one undo each; what waits is on top of what is listed
  const stepsTo = (entry: PlanLogEntry) =>
    waiting + entries.filter((each) => isStep(each) && each.seq >= entry.seq).length;
  return (
    <ol className="plan-log-list">
      {entries.map((entry) => {
        const areas = entry.changed.flatMap((id) => draft.area(id) ?? []);
        const steps = stepsTo(entry);
        return (
          <li key={entry.seq} data-state={entry.state}>
            <button
              type="button"
              className="plan-log-line"
              disabled={areas.length === 0}
              onClick={() => {
                store.getState().choose(areas.map(({ id }) => id));
                toArea(areas[0]);
              }}
            >
              <b>{speak(operationNames[entry.operation.op as keyof typeof operationNames])}</b>
              <span className="note">
                {areas
                  .slice(0, 3)
                  .map(({ short_name }) => name(short_name))
                  .join(speak(["、", ", "]))}
              </span>
              {entry.state !== "done" && (
                <span className="plan-tag">
                  {speak(entry.state === "undone" ? plannerWords.log_undone : plannerWords.log_dropped)}
                </span>
              )}
              <span className="note plan-log-by">
                {speak(plannerWords.log_line, {
                  by: name(entry.by.display_name, "person"),
                  time: formatMoment(entry.at).slice(5, 16),
                })}
              </span>
            </button>
            {isStep(entry) && !locked && steps <= 200 && (
              <button
                type="button"
                className="link plan-log-back"
                onClick={() => {
                  for (let i = 0; i < steps; i++) store.getState().undo();
                }}
              >
                {speak(plannerWords.log_to_here, { count: steps })}
              </button>
            )}
          </li>
        );
      })}
    </ol>
  );
}
