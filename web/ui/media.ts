import { useSyncExternalStore } from "react";

/** Below this width panels become sheets over the map (px). */
const narrowest = 1024;

/** True while the page is too narrow for panels beside the map. */
export function useNarrow(): boolean {
  return useMedia(`(width < ${narrowest}px)`);
}

/** True where the map stays large beside all panels. */
export function useRoomy(): boolean {
  return useMedia("(width >= 1600px)");
}

/** True where the reader asked the system for less motion. */
export function useStillness(): boolean {
  return useMedia("(prefers-reduced-motion: reduce)");
}

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = matchMedia(query);
      list.addEventListener("change", changed);
      return () => list.removeEventListener("change", changed);
    },
    () => matchMedia(query).matches,
  );
}
