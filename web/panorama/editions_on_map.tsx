import { useEffect, useMemo, useRef } from "react";
import type { Bbox } from "../../data/schema/geometry.ts";
import type { Network } from "../../data/schema/network.ts";
import { useRomanise } from "../ui/use_romanised.ts";
import { useWords } from "../ui/use_words.ts";
import { useView } from "../ui/view_store.ts";
import { boxOfPieces, findRow, listChanges, marksOf } from "./changes_on_map.ts";
import { type Change, orderRows } from "./edition_rows.ts";
import { useShownChanges } from "./edition_store.ts";
import { withSurroundings } from "./findings_on_map.ts";
import { cameOnPurpose } from "./issue_store.ts";
import { goTo, useMapStore } from "./map_store.ts";
import { useDifference, useEditionPair } from "./use_comparison.ts";

const nothing: readonly Change[] = [];

/** Draws what two editions differ by while their comparison is open. */
export default function EditionsOnMap({ network }: { network: Network }) {
  const speak = useWords();
  const name = useRomanise();
  const map = useMapStore((state) => state.map);
  const { pair } = useEditionPair(network);
  const { comparison } = useDifference(network, pair);
  const former = pair?.kind === "pair" ? pair.from.number : null;
  const key = useView((view) => (view.sel?.kind === "area" ? view.sel.key : null));
  const moved = comparison?.moved ?? nothing;
  const chosen = useMemo(() => {
    const row = comparison && findRow(orderRows(comparison), key);
    return new Set(row?.pieces);
  }, [comparison, key]);
  useEffect(() => {
    if (!map || former === null || !comparison) return;
    map.setComparison(marksOf(former, comparison.moved));
    return () => {
      // The map may be gone before we are.
      if (useMapStore.getState().map === map) map.setComparison(null);
    };
  }, [map, former, comparison]);
  useEffect(() => {
    map?.setChanges(listChanges(moved, chosen, speak, name));
  }, [map, moved, chosen, speak, name]);
  useEffect(() => {
    useShownChanges.setState({ moved });
    return () => useShownChanges.setState({ moved: [] });
  }, [moved]);
  useFirstLook(moved, chosen);
  return null;
}

/** Goes to what changed, once, where nothing of it is in view and no link says where to look. */
function useFirstLook(moved: readonly Change[], chosen: ReadonlySet<Change>): void {
  const map = useMapStore((state) => state.map);
  const seen = useRef<readonly Change[] | null>(cameOnPurpose ? nothing : null);
  useEffect(() => {
    if (!map || moved.length === 0) return;
    const isFirst = seen.current === null;
    const wasOther = seen.current !== moved && seen.current !== nothing;
    seen.current = moved;
    if (!isFirst && !wasOther) return;
    const pieces = chosen.size > 0 ? [...chosen] : moved;
    const box = boxOfPieces(pieces);
    if (box && !meets(map.box(), box)) goTo(withSurroundings(box));
    else if (box && isFirst) goTo(chosen.size > 0 ? withSurroundings(box) : box);
  }, [map, moved, chosen]);
}

function meets(a: Bbox, b: Bbox): boolean {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}
