import { lazy, Suspense, startTransition, useState } from "react";
import { panoramaWords } from "../../data/vocabulary/panorama_words.ts";
import { Icon } from "../ui/icons.tsx";
import { useNarrow, useRoomy } from "../ui/media.ts";
import { useWords } from "../ui/use_words.ts";
import { useView } from "../ui/view_store.ts";
import { useMapStore } from "./map_store.ts";
import "./legend.css";

const LegendBody = lazy(() => import("./legend_body.tsx"));

/**
 * 图例: made from the style and from what is in view; nothing in it is drawn by hand. It comes whole, when the first map
 * rests: growing with each tile it would move under the reader's eyes.
 */
export function Legend() {
  const isKnown = useMapStore((state) => state.drawn !== null);
  if (!isKnown) return null;
  return (
    <Suspense>
      <LegendBox />
    </Suspense>
  );
}

function LegendBox() {
  const speak = useWords();
  const roomy = useRoomy();
  const narrow = useNarrow();
  const crowded = useView((view) => view.sel !== null);
  // Until the reader decides: open where it hides little of the map.
  const [chosen, setChosen] = useState<boolean | null>(null);
  const open = chosen ?? (roomy || !(crowded || narrow));
  return (
    <section className="legend" aria-label={speak(panoramaWords.legend)}>
      <button
        type="button"
        className="legend-toggle"
        aria-expanded={open}
        title={speak(open ? panoramaWords.legend_close : panoramaWords.legend_open)}
        onClick={() => startTransition(() => setChosen(!open))}
      >
        {speak(panoramaWords.legend)}
        <Icon name="chevron_down" size={16} />
      </button>
      {open && <LegendBody />}
    </section>
  );
}
