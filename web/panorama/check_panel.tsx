import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { CheckReport } from "../../data/schema/check.ts";
import type { Network } from "../../data/schema/network.ts";
import { checkWords } from "../../data/vocabulary/check_words.ts";
import { AnsweredProblem } from "../api/client.ts";
import { QueryPanel } from "../ui/query_panel.tsx";
import { useSession } from "../ui/reader.ts";
import { useNamesSettled } from "../ui/use_romanised.ts";
import { useWords } from "../ui/use_words.ts";
import { useView } from "../ui/view_store.ts";
import { CheckForbidden, CheckNotOffered } from "./check_forbidden.tsx";
import { CheckList } from "./check_list.tsx";
import { mayCheck } from "./check_scope.ts";
import { CheckScope, useScopeFlight, useScopeName } from "./check_scope_bar.tsx";
import { CheckMeasuresPart, HydrantPart } from "./check_extras.tsx";
import { countIssues, findIssue } from "./list_issues.ts";
import { useCheck } from "./use_check.ts";
import { AllWell } from "./all_well.tsx";
import "../ui/forms.css";
import "./check.css";

/** 检查: whether the division is right, faults first. */
export default function CheckPanel({ network }: { network: Network }) {
  if (!mayCheck(useSession())) return <CheckNotOffered />;
  return <Report network={network} />;
}

function Report({ network }: { network: Network }) {
  const { judged, query } = useCheck(network);
  const settled = useNamesSettled();
  useScopeFlight(network, judged);
  const isForbidden = query.error instanceof AnsweredProblem && query.error.problem.status === 403;
  const wasCancelled = query.status === "pending" && query.fetchStatus === "idle";
  return (
    <div className="dock-body check">
      <CheckScope network={network} judged={judged} report={query.data} />
      <Progress network={network} />
      {isForbidden ? (
        <CheckForbidden network={network} judged={judged} />
      ) : wasCancelled ? (
        <Cancelled again={() => void query.refetch()} />
      ) : (
        <QueryPanel
          query={settled ? query : { ...query, data: undefined }}
          what={checkWords.checks}
          className="check-body"
          skeleton={<ListSkeleton />}
          isEmpty={isSound}
          empty={query.data && <Sound report={query.data} />}
        >
          {(report) => <Findings report={report} />}
        </QueryPanel>
      )}
    </div>
  );
}

function isSound(report: CheckReport): boolean {
  const { faults, warnings, notes } = countIssues(report);
  return faults + warnings + notes === 0;
}

function Findings({ report }: { report: CheckReport }) {
  const speak = useWords();
  const issue = useView((view) => view.issue);
  const isGone = issue !== null && findIssue(report, issue) === null;
  return (
    <>
      {isGone && <p className="plain-note">{speak(checkWords.unknown_issue)}</p>}
      <CheckList report={report} />
      <CheckMeasuresPart measures={report.measures} />
    </>
  );
}

/** Nothing is wrong: said plainly, with what can be done next. */
function Sound({ report }: { report: CheckReport }) {
  const speak = useWords();
  return (
    <>
      <AllWell
        title={speak(checkWords.nothing)}
        why={speak(checkWords.nothing_why, { areas: report.measures.lowest_areas })}
      />
      {report.hydrants && <HydrantPart hydrants={report.hydrants} />}
      <CheckMeasuresPart measures={report.measures} />
    </>
  );
}

function Cancelled({ again }: { again: () => void }) {
  const speak = useWords();
  return (
    <div className="check-body check-message" data-state="cancelled">
      <p>{speak(checkWords.cancelled)}</p>
      <button type="button" className="button button-primary" onClick={again}>
        {speak(checkWords.again)}
      </button>
    </div>
  );
}

/** After 200 ms of checking: what is checked, that it goes on, and the way to stop it. */
function Progress({ network }: { network: Network }) {
  const speak = useWords();
  const client = useQueryClient();
  const { judged, query, options } = useCheck(network);
  const name = useScopeName(network, judged);
  const shown = useLasting(query.isFetching && query.failureCount === 0, 200);
  if (!shown) return null;
  return (
    <div className="check-progress" role="status">
      <span className="check-progress-bar" aria-hidden="true" />
      <div className="check-progress-words">
        <span>{speak(checkWords.checking, { area: name })}</span>
        <button
          type="button"
          className="link"
          onClick={() => void client.cancelQueries({ queryKey: options.queryKey })}
        >
          {speak(checkWords.cancel)}
        </button>
      </div>
      {query.data === undefined && <p className="note">{speak(checkWords.checking_hint)}</p>}
    </div>
  );
}

/** True once `flag` has held for so many milliseconds. */
function useLasting(flag: boolean, milliseconds: number): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!flag) return;
    const timer = setTimeout(() => setLasting(true), milliseconds);
    return () => {
      clearTimeout(timer);
      setLasting(false);
    };
  }, [flag, milliseconds]);
  return flag && lasting;
}

function ListSkeleton() {
  return (
    <div className="check-skeleton">
      {[64, 52, 70, 58, 61, 49].map((width) => (
        <div key={width}>
          <span className="bone" style={{ width: `${width}%` }} />
          <span className="bone" style={{ width: `${width - 22}%` }} />
        </div>
      ))}
    </div>
  );
}
