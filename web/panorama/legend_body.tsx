import { listLegend } from "../../data/cartography/legend.ts";
import { panoramaWords } from "../../data/vocabulary/panorama_words.ts";
import { useWords } from "../ui/use_words.ts";
import { LegendSwatch } from "./legend_swatch.tsx";
import { useMapStore } from "./map_store.ts";

/** The lines of the legend. Loaded apart: colours and symbols are the map's, and come with its code. */
export default function LegendBody() {
  const speak = useWords();
  const map = useMapStore((state) => state.map);
  const drawn = useMapStore((state) => state.drawn);
  // Swatches follow whole half-zooms: finer steps would redraw the legend with every frame of a movement.
  const zoom = useMapStore((state) => Math.round((state.camera?.zoom ?? 0) * 2) / 2);
  if (!map || !drawn) return null;
  const entries = listLegend(map.style(), drawn, zoom);
  if (entries.length === 0) return <p className="note legend-body">{speak(panoramaWords.legend_empty)}</p>;
  const groups = [...new Set(entries.map((entry) => entry.group))];
  return (
    <div className="legend-body">
      {groups.map((group) => (
        <ul key={group} className="legend-group">
          {entries
            .filter((entry) => entry.group === group)
            .map((entry) => (
              <li
                key={entry.key}
                className={entry.geom === "hues" ? "legend-entry legend-wide" : "legend-entry"}
                data-legend-key={entry.key}
              >
                <LegendSwatch entry={entry} />
                <span>{entry.label}</span>
              </li>
            ))}
        </ul>
      ))}
    </div>
  );
}
