import { useEffect } from "react";
import { useMapStore } from "./map_store.ts";

/** Marks once when the map says something and the tree beside it is filled (ui/bars.md 1). */
export function useMeaningfulMark(): void {
  const drawn = useMapStore((state) => state.meaningful);
  useEffect(() => {
    if (!drawn) return;
    const mark = () => {
      const dock = document.querySelector(".dock-body");
      if (dock && dock.getAttribute("data-state") === "loading") return false;
      performance.mark("map-meaningful");
      return true;
    };
    if (mark()) return;
    const watch = new MutationObserver(() => mark() && watch.disconnect());
    watch.observe(document.body, { subtree: true, childList: true, attributeFilter: ["data-state"] });
    return () => watch.disconnect();
  }, [drawn]);
}
