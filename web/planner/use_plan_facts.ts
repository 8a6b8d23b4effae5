import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { AreaList, type AreaSummary } from "../../data/schema/area.ts";
import { getJson } from "../api/client.ts";
import { planCheckQuery } from "../api/plans.ts";
import { usePlanner, usePlannerStore } from "./planner_store.ts";

/** ms that are left to the map when a plan is opened */
const openingTime = 1_000;

/** What can wait until the plan is on the screen waits. */
function useIsOpen(): boolean {
  const [isOpen, open] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => open(true), openingTime);
    return () => clearTimeout(timer);
  }, []);
  return isOpen;
}

/** All of the draft is checked once nothing waits: what a step alone cannot tell (roads, cut buildings, staff). */
export function useFullCheck() {
  const store = usePlannerStore();
  const id = usePlanner(({ plan }) => plan.id);
  const revision = usePlanner((state) => state.revision);
  const settled = usePlanner(({ sync }) => sync.state === "saved");
  const query = useQuery({ ...planCheckQuery(id, revision), enabled: useIsOpen() && settled });
  const { data } = query;
  useEffect(() => {
    if (data) store.getState().takeCheck(data);
  }, [store, data]);
  return query;
}

/** More than this many questions for areas would be too much for a page: the whole city is compared elsewhere. */
const mostBranches = 60;

/** Areas of the base edition below the plan's own, by id; null while they are not known. */
function usePublishedAreas(): ReadonlyMap<string, AreaSummary> | null {
  const network = usePlanner(({ plan }) => plan.network);
  const code = usePlanner(({ plan }) => plan.area?.code ?? "none");
  const edition = usePlanner(({ plan }) => plan.base_edition);
  const { data } = useQuery({
    queryKey: ["published_below", network, code, edition],
    queryFn: ({ signal }) => readBelow(network, code, edition!, signal),
    enabled: useIsOpen() && edition !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data ?? null;
}

/** Hands the store what the base edition has, for comparison. */
export function usePublished(): void {
  const store = usePlannerStore();
  const areas = usePublishedAreas();
  useEffect(() => {
    if (!areas) return;
    const figures = [...areas.values()].map(({ id, households, people, area_m2 }) => {
      const buildings = 0; // not told of published areas, and not compared
      return [id, { households, people, buildings, area_m2 }] as const;
    });
    store.getState().takePublished(new Map(figures));
  }, [store, areas]);
}

async function readBelow(network: string, code: string, edition: number, signal: AbortSignal) {
  const found = new Map<string, AreaSummary>();
  const parents = [code];
  for (let i = 0; i < parents.length && i < mostBranches; i++) {
    let after: string | undefined;
    do {
      const query = { network, parent: parents[i]!, edition, limit: 1000, after };
      const page = await getJson(AreaList, "/api/areas", query, signal);
      for (const area of page.areas) {
        found.set(area.id, area);
        if (area.child_count > 0) parents.push(area.code);
      }
      after = page.next ?? undefined;
    } while (after);
  }
  return found;
}
