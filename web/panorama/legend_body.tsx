import { panoramaWords } from "../../data/vocabulary/panorama_words.ts";
import { useWords } from "../ui/use_words.ts";
import { useView } from "../ui/view_store.ts";
import { listLegend } from "./legend_entries.ts";
import { LegendSwatch } from "./legend_swatch.tsx";
import { useMapStore } from "./map_store.ts";

/** The lines of the legend. Loaded apart: evaluating paint needs the whole style specification. */
export default function LegendBody() {
  const speak = useWords();
  const theme = useView((view) => view.theme);
  const map = useMapStore((state) => state.map);
  const drawn = useMapStore((state) => state.drawn);
  // Swatches follow whole half-zooms: finer steps would redraw the legend with every frame of a movement.
  const zoom = useMapStore((state) => Math.round((state.camera?.zoom ?? 0) * 2) / 2);
  if (!map) return null;
  const groups = listLegend(map.style(), drawn);
  if (groups.length === 0) return <p className="note legend-body">{speak(panoramaWords.legend_empty)}</p>;
  return (
    <div className="legend-body">
      {groups.map((entries) => (
        <ul key={entries[0]!.group} className="legend-group">
          {entries.map((entry) => (
            <li
              key={entry.key}
              className={entry.geom === "hues" ? "legend-entry legend-wide" : "legend-entry"}
              data-legend-key={entry.key}
            >
              <LegendSwatch entry={entry} zoom={zoom} theme={theme} />
              <span>{entry.label}</span>
            </li>
          ))}
        </ul>
      ))}
    </div>
  );
}
