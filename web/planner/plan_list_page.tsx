import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import type { PlanSummary } from "../../data/schema/plan.ts";
import { readerWords } from "../../data/vocabulary/access_words.ts";
import { formatMoment } from "../../data/vocabulary/format.ts";
import { planStatusNames, plannerWords } from "../../data/vocabulary/planner_words.ts";
import { plansQuery } from "../api/plans.ts";
import { OfflineBar } from "../ui/offline_bar.tsx";
import { usePageTitle } from "../ui/page_title.ts";
import { PlaceName } from "../ui/place_name.tsx";
import { LanguageSwitch, ThemeSwitch } from "../ui/preference_switches.tsx";
import { QueryPanel } from "../ui/query_panel.tsx";
import { useSession } from "../ui/reader.ts";
import { SessionBar } from "../ui/session_bar.tsx";
import { TopBar } from "../ui/top_bar.tsx";
import { useWords } from "../ui/use_words.ts";
import { plannerWorkspace } from "../ui/workspaces.ts";
import { TableHead } from "../ui/table_head.tsx";
import { BeginForm, type Beginning } from "./begin_form.tsx";

const beginnings = [
  ["edition", plannerWords.begin_edition, plannerWords.begin_edition_why],
  ["file", plannerWords.begin_file, plannerWords.begin_file_why],
  ["nothing", plannerWords.begin_nothing, plannerWords.begin_nothing_why],
] as const;

/** All plans that the reader may see, and the way to begin one. */
export function PlanListPage() {
  const speak = useWords();
  const mayBegin = useSession().actions.includes("edit_plans");
  const [from, setFrom] = useState<Beginning | null>(null);
  const query = useInfiniteQuery(plansQuery());
  usePageTitle(readerWords.planning);
  return (
    <div className="frame">
      <TopBar here={plannerWorkspace}>
        <span className="top-bar-gap" />
        <span className="planner-preferences">
          <ThemeSwitch />
          <LanguageSwitch />
        </span>
      </TopBar>
      <OfflineBar />
      <SessionBar />
      <main className="plans">
        <header className="plans-head">
          <h2>{speak(plannerWords.plans)}</h2>
          {mayBegin && (
            <button type="button" className="button button-primary" onClick={() => setFrom("edition")}>
              {speak(plannerWords.begin)}
            </button>
          )}
        </header>
        <QueryPanel
          query={query}
          what={plannerWords.plan_list}
          skeleton={[0, 1, 2, 3].map((row) => <span key={row} className="bone bone-row" />)}
          isEmpty={({ pages }) => pages.every(({ plans }) => plans.length === 0)}
          empty={<NoPlans mayBegin={mayBegin} onBegin={setFrom} />}
        >
          {({ pages }) => <PlanTable plans={pages.flatMap(({ plans }) => plans)} />}
        </QueryPanel>
        {query.hasNextPage && (
          <button type="button" className="link" onClick={() => void query.fetchNextPage()}>
            {speak(plannerWords.more_plans)}
          </button>
        )}
      </main>
      {from && <BeginForm from={from} onClose={() => setFrom(null)} />}
    </div>
  );
}

/** Nothing to list: how to begin, in three ways. */
function NoPlans({ mayBegin, onBegin }: { mayBegin: boolean; onBegin: (from: Beginning) => void }) {
  const speak = useWords();
  return (
    <div className="no-plans">
      <h3>{speak(plannerWords.no_plans)}</h3>
      <p>{speak(mayBegin ? plannerWords.no_plans_why : plannerWords.no_plans_reader)}</p>
      {mayBegin && (
        <ul className="beginnings">
          {beginnings.map(([kind, name, why]) => (
            <li key={kind}>
              <button type="button" className="beginning" onClick={() => onBegin(kind)}>
                <b>{speak(name)}</b>
                <span>{speak(why)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <p className="note">{speak(plannerWords.tour_hint)}</p>
    </div>
  );
}

function PlanTable({ plans }: { plans: readonly PlanSummary[] }) {
  const speak = useWords();
  const heads = [
    plannerWords.column_name,
    plannerWords.column_status,
    plannerWords.column_area,
    plannerWords.column_author,
    plannerWords.column_changed,
  ];
  return (
    <table className="plan-table">
      <TableHead columns={heads.map((head) => speak(head))} />
      <tbody>
        {plans.map((plan) => (
          <tr key={plan.id}>
            <th scope="row">
              <Link href={`/planner/${plan.id}`} className="plan-link">
                {plan.name}
              </Link>
            </th>
            <td>
              <PlanStatusTag plan={plan} />
            </td>
            <td>
              {plan.area ? (
                <PlaceName text={plan.area.name} />
              ) : (
                speak(plannerWords.whole_network, { network: plan.network_name })
              )}
            </td>
            <td>
              <PlaceName text={plan.author.display_name} kind="person" />
            </td>
            <td className="tabular">{formatMoment(plan.changed_at).slice(0, 16)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** 「草稿 v12」 */
export function PlanStatusTag({ plan }: { plan: Pick<PlanSummary, "status" | "revision"> }) {
  const speak = useWords();
  return (
    <span className="plan-tag" data-status={plan.status}>
      {speak(plannerWords.version, { status: speak(planStatusNames[plan.status]), revision: plan.revision })}
    </span>
  );
}
