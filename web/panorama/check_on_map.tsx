import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";
import type { MapMarks } from "../../data/cartography/style_options.ts";
import type { CheckReport } from "../../data/schema/check.ts";
import type { Bbox, Position } from "../../data/schema/geometry.ts";
import type { Network } from "../../data/schema/network.ts";
import { areaQuery, type EditionChoice } from "../api/queries.ts";
import { useArrivals, useView } from "../ui/view_store.ts";
import { boxOf, listBadges, listFindings, withSurroundings } from "./findings_on_map.ts";
import { cameOnPurpose, useIssues } from "./issue_store.ts";
import { type FoundIssue, findIssue, orderIssues } from "./list_issues.ts";
import { goTo, useMapStore } from "./map_store.ts";
import { useCheck, useVoice } from "./use_check.ts";

/** Further in a fault of a few centimetres would fill the screen and say nothing of where it is. */
const closest = 18;

/** Draws what the open report found while its panel is open, and goes to the issue that the address names. */
export default function CheckOnMap({ network }: { network: Network }) {
  const { query, when } = useCheck(network);
  const report = query.data ?? null;
  useMarks(report, network);
  useFlight(report, when);
  useEffect(() => {
    useIssues.setState({ keys: report ? orderIssues(report) : [] });
    return () => useIssues.setState({ keys: [] });
  }, [report]);
  return null;
}

function useMarks(report: CheckReport | null, network: Network): void {
  const map = useMapStore((state) => state.map);
  const issue = useView((view) => view.issue);
  const withReach = useView((view) => view.layers.hydrant_reach === true);
  const voice = useVoice();
  const [, south = 0, , north = 0] = network.bbox ?? [];
  const latitude = (south + north) / 2;
  const marks = useMemo((): MapMarks | null => {
    if (!report) return null;
    const hydrants = withReach ? report.hydrants : null;
    const reach = hydrants && {
      buildings: hydrants.far.map(({ building_id }) => Number(building_id)),
      radius_m: hydrants.radius_m,
      latitude,
    };
    return { findings: true, badges: listBadges(report, voice), reach, nesting: null };
  }, [report, withReach, latitude, voice]);
  useEffect(() => {
    if (!map || !marks) return;
    map.setMarks(marks);
    return () => {
      // The map may be gone before we are.
      if (useMapStore.getState().map === map) map.setMarks(null);
    };
  }, [map, marks]);
  useEffect(() => {
    if (map && report) map.setFindings(listFindings(report, issue, voice, withReach));
  }, [map, report, issue, voice, withReach]);
  const found = useMemo(() => report && findIssue(report, issue), [report, issue]);
  useEffect(() => {
    if (!map || !found) return;
    map.highlight(areasOf(found).map((id) => ({ kind: "area", id })));
    return () => {
      if (useMapStore.getState().map === map) map.highlight([]);
    };
  }, [map, found]);
}

/** Ids of the areas that an issue is about. */
function areasOf(found: FoundIssue): string[] {
  if (found.kind !== "warning") return found.fault.areas.map(({ id }) => id);
  const { area, cut } = found.warning;
  return cut ? cut.shares.flatMap((share) => share.area?.id ?? []) : [area.id];
}

/** Goes to the issue when another one is chosen; a link that says where to look, and Back, stay where they say. */
function useFlight(report: CheckReport | null, when: EditionChoice): void {
  const issue = useView((view) => view.issue);
  const arrivals = useArrivals();
  const client = useQueryClient();
  const shown = useRef<{ issue: string | null; arrivals: number }>({
    issue: cameOnPurpose ? issue : null,
    arrivals,
  });
  useEffect(() => {
    if (!report) return;
    const former = shown.current;
    shown.current = { issue, arrivals };
    if (issue === former.issue || arrivals !== former.arrivals) return;
    const found = findIssue(report, issue);
    if (!found) return;
    let left = false;
    void placeOf(found, client, when).then((place) => {
      if (!left && place) goTo(place, place.length === 4 ? closest : 18);
    });
    return () => {
      left = true;
    };
  }, [report, issue, arrivals, client, when]);
}

/** Where to look: the fault with what lies around it; of a figure its area, of a cut thing the thing. */
async function placeOf(found: FoundIssue, client: QueryClient, when: EditionChoice): Promise<Bbox | Position | null> {
  if (found.kind !== "warning") {
    const { geometry, at } = found.fault;
    const box = geometry && boxOf(geometry);
    return box ? withSurroundings(box) : at;
  }
  const { area, cut, at } = found.warning;
  if (cut && at) return at;
  const detail = await client.fetchQuery(areaQuery(`${area.network}:${area.code}`, when)).catch(() => null);
  return detail?.bbox ?? at;
}
