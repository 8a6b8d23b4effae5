import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { PlanFormer } from "../../data/schema/plan.ts";
import { planFormerQuery } from "../api/plans.ts";
import { comparePlan, type PlanDifference } from "./compare_plan.ts";
import { type PlannerStore, usePlanner, usePlannerStore } from "./planner_store.ts";
import { draftArea } from "./read_areas.ts";

interface Known {
  former: PlanFormer;
  version: number;
  difference: PlanDifference;
}

/** Map, panel and dialogs ask for the same comparison: it is worked out once. */
const known = new WeakMap<PlannerStore, Known>();

/** What the draft changes; null while that is not known, or where there is no edition to compare with. */
export function useDifference(): PlanDifference | null {
  const store = usePlannerStore();
  const id = usePlanner(({ plan }) => plan.id);
  const revision = usePlanner((state) => state.revision);
  const version = usePlanner((state) => state.version);
  const hasBase = usePlanner(({ plan }) => plan.base_edition !== null);
  const { data: former, isPlaceholderData } = useQuery({ ...planFormerQuery(id, revision), enabled: hasBase });
  return useMemo(
    () => (former ? differenceOf(store, { former, version, isLate: isPlaceholderData }) : null),
    [store, former, version, isPlaceholderData],
  );
}

/** While steps wait, what they touch first is not among what the server told: the last comparison stays. */
function differenceOf(
  store: PlannerStore,
  { former, version, isLate }: { former: PlanFormer; version: number; isLate: boolean },
): PlanDifference {
  const last = known.get(store);
  const { draft, figures, points, sync } = store.getState();
  const isSettled = sync.state === "saved" && !isLate;
  if (last && ((last.former === former && last.version === version) || !isSettled)) return last.difference;
  const difference = comparePlan(draft, figures, former.areas.map(draftArea), points);
  known.set(store, { former, version, difference });
  return difference;
}
