import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { AreaDetail } from "../../data/schema/area.ts";
import type { Network } from "../../data/schema/network.ts";
import { AnsweredProblem } from "../api/client.ts";
import { areaQuery, recordQuery } from "../api/queries.ts";
import type { Problem } from "../../data/schema/problem.ts";
import type { Register } from "../../data/schema/record.ts";
import type { MapSelection } from "../map/map_types.ts";
import { useSession } from "../ui/reader.ts";
import { currentView, useView } from "../ui/view_store.ts";
import { isShut } from "./guarded_layers.ts";
import { afterPaint, goTo, useMapStore } from "./map_store.ts";
import { areaOfSelection, mapSelectionOfRecord, registerOfKind } from "./selection.ts";
import { useEditionChoice } from "./use_network.ts";

/** Marks on the map what the address says is selected, and goes there when a link brought us. */
export function useMapSelection(network: Network): void {
  const map = useMapStore((state) => state.map);
  const sel = useView((view) => view.sel);
  const area = areaOfSelection(sel);
  const when = useEditionChoice(area?.network);
  const { data: detail, error } = useQuery({ ...areaQuery(sel?.key ?? "", when), enabled: area !== null });
  const session = useSession();
  const register = sel ? registerOfKind[sel.kind] : undefined;
  const record = useQuery({
    ...recordQuery(register ?? ("buildings" satisfies Register), sel?.key ?? ""),
    enabled: register !== undefined && !isShut(session, register),
  }).data;
  const mark = area ? markOfArea(detail, network.code) : sel ? mapSelectionOfRecord(sel) : null;
  const [kind, id] = [mark?.kind, mark?.id];

  useEffect(() => {
    return afterPaint(() => map?.select(kind && id ? { kind, id } : null));
  }, [map, kind, id]);
  const retired = useRetired(error, area?.network === network.code);
  // A link may name what is selected without saying where to look.
  const placed = useRef(currentView().map !== null);
  useEffect(() => {
    if (!map || placed.current || !sel) return;
    if (detail) goTo(detail.bbox);
    else if (retired?.at) goTo(retired.at, 15);
    else if (record) goTo(record.at);
    else return;
    placed.current = true;
  }, [map, sel, detail, retired, record]);
}

/** What the server tells of an area that is no more; who has its ground today is outlined, where that network is drawn. */
function useRetired(error: Error | null, isDrawn: boolean): Problem | null {
  const map = useMapStore((state) => state.map);
  const retired = error instanceof AnsweredProblem && error.problem.code === "area.retired" ? error.problem : null;
  useEffect(() => {
    if (!map || !isDrawn || !retired?.areas) return;
    map.highlight(retired.areas.map((id) => ({ kind: "area", id })));
    return () => {
      // The map may be gone before we are.
      if (useMapStore.getState().map === map) map.highlight([]);
    };
  }, [map, isDrawn, retired]);
  return retired;
}

function markOfArea(detail: AreaDetail | undefined, network: string): MapSelection | null {
  if (!detail) return null;
  return { kind: detail.network === network ? "area" : "overlay_area", id: detail.id };
}
