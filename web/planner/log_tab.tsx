import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { PlanLogEntry } from "../../data/schema/plan.ts";
import { logWords } from "../../data/vocabulary/log_words.ts";
import { plannerWords } from "../../data/vocabulary/planner_words.ts";
import { planLogQuery } from "../api/plans.ts";
import { QueryPanel } from "../ui/query_panel.tsx";
import { useWords } from "../ui/use_words.ts";
import { LogLine } from "./log_line.tsx";
import { turnOf } from "./log_steps.ts";
import { NamedStates } from "./named_state_list.tsx";
import { usePlanner, usePlannerStore } from "./planner_store.ts";
import { turnTo } from "./turn_to.ts";

/** Undo of so many steps at once takes seconds; further back one goes in parts. */
const mostSteps = 200;

/** What was done, newest first, with the ways back and forth. */
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

function Entries({ entries, waiting }: { entries: readonly PlanLogEntry[]; waiting: number }) {
  const speak = useWords();
  const store = usePlannerStore();
  const locked = usePlanner((state) => state.locked);
  const [turning, setTurning] = useState(false);
  const turn = async (which: "undo" | "redo", count: number) => {
    setTurning(true);
    await turnTo(store, which, count);
    setTurning(false);
  };
  const isFree = !locked && !turning;
  return (
    <>
      <NamedStates entries={entries} waiting={waiting} isFree={isFree} onUndo={(count) => void turn("undo", count)} />
      {turning && (
        <p className="plan-log-waiting" role="status">
          {speak(logWords.turning)}
        </p>
      )}
      <ol className="plan-log-list">
        {entries.map((entry) => {
          const found = turnOf(entries, entry, waiting);
          const offered = isFree && found !== null && found.count <= mostSteps ? found : null;
          return (
            <LogLine
              key={entry.seq}
              entry={entry}
              turn={offered}
              onTurn={() => offered && void turn(offered.which, offered.count)}
            />
          );
        })}
      </ol>
    </>
  );
}
