import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { Link } from "wouter";
import { readerWords } from "../../data/vocabulary/access_words.ts";
import { plannerWords } from "../../data/vocabulary/planner_words.ts";
import { isMissing } from "../api/client.ts";
import { hasWebgl2 } from "../ui/no_webgl.tsx";
import { networksQuery } from "../api/queries.ts";
import { usePageTitle } from "../ui/page_title.ts";
import { QueryPanel } from "../ui/query_panel.tsx";
import { useSession } from "../ui/reader.ts";
import { TopBar } from "../ui/top_bar.tsx";
import { useWords } from "../ui/use_words.ts";
import { plannerWorkspace } from "../ui/workspaces.ts";
import { NoMapPage } from "./map/no_map_page.tsx";
import { followPlan } from "./follow_plan.ts";
import { openPlan, planApi } from "./open_plan.ts";
import { PlanFrame } from "./plan_frame.tsx";
import { createPlannerStore, PlannerContext } from "./planner_store.ts";
import { openShelf } from "./waiting_steps.ts";

/** One plan: opened once, then drawn on here and followed. */
export function PlanPage({ id }: { id: string }) {
  const speak = useWords();
  const reader = useSession().account?.id ?? "";
  // Who opened it: a session that ends meanwhile neither closes the plan nor empties the shelf.
  const [me] = useState(reader);
  // A fresh reading each time: what was drawn before leaving is on the server or on the shelf.
  const [visit] = useState(() => crypto.randomUUID());
  const opening = useQuery({
    queryKey: ["open_plan", id, visit],
    queryFn: async ({ signal }) => {
      const shelf = await openShelf(me, id);
      return { shelf, opened: await openPlan(id, shelf, signal) };
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    enabled: reader === me,
  });
  // asked anew: the plan's network may be younger than what is known
  const networks = useQuery({ ...networksQuery(), staleTime: 0 }).data?.networks;
  usePageTitle(readerWords.planning);
  const [held, setHeld] = useState<Held | null>(null);
  const network = networks?.find(({ code }) => code === opening.data?.opened.detail.plan.network);
  if (!held && opening.data && network) setHeld({ ...opening.data, network });
  if (held && !hasWebgl2) return <NoMapPage />;
  if (held) return <OpenPlan id={id} me={me} {...held} />;
  return (
    <div className="frame">
      <TopBar here={plannerWorkspace} />
      <QueryPanel
        query={{ ...opening, data: undefined }}
        what={plannerWords.plan}
        className="message-page"
        skeleton={<p role="status">{speak(plannerWords.opening)}</p>}
        missing={isMissing(opening.error) ? <MissingPlan /> : undefined}
      >
        {() => null}
      </QueryPanel>
    </div>
  );
}

/** What was read when the plan was opened; it outlives the answers that a new session takes away. */
type Held = Pick<Opening, "opened" | "shelf"> & { network: Parameters<typeof PlanFrame>[0]["network"] };

function MissingPlan() {
  const speak = useWords();
  return (
    <>
      <h2>{speak(plannerWords.plan_missing)}</h2>
      <p>{speak(plannerWords.plan_missing_why)}</p>
      <Link href="/planner" className="button button-primary">
        {speak(plannerWords.to_plans)}
      </Link>
    </>
  );
}

type Opening = Omit<Parameters<typeof createPlannerStore>[0], "api"> & { id: string };

function OpenPlan({
  id,
  me,
  opened,
  shelf,
  network,
}: Opening & { network: Parameters<typeof PlanFrame>[0]["network"] }) {
  const store = useMemo(() => createPlannerStore({ opened, shelf, me, api: planApi(id) }), [id, me, opened, shelf]);
  useEffect(() => {
    const leave = followPlan(id, store);
    return () => {
      leave();
      store.getState().close();
    };
  }, [id, store]);
  return (
    <PlannerContext value={store}>
      <PlanFrame network={network} />
    </PlannerContext>
  );
}
