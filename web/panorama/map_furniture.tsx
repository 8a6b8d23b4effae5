import { panoramaWords } from "../../data/vocabulary/panorama_words.ts";
import { Icon } from "../ui/icons.tsx";
import { useWords } from "../ui/use_words.ts";
import { useMapStore } from "./map_store.ts";
import { useNetwork } from "./use_network.ts";

/** Zoom and whole city, top right of the map. */
export function ZoomControls() {
  const speak = useWords();
  const map = useMapStore((state) => state.map);
  const network = useNetwork();
  return (
    <div className="map-controls">
      <MapButton name={speak(panoramaWords.zoom_in)} icon="plus" onClick={() => map?.zoomBy(1)} />
      <MapButton name={speak(panoramaWords.zoom_out)} icon="minus" onClick={() => map?.zoomBy(-1)} />
      <MapButton
        name={speak(panoramaWords.whole_city)}
        icon="whole"
        onClick={() => network?.bbox && map?.flyTo(network.bbox)}
      />
    </div>
  );
}

function MapButton({ name, icon, onClick }: { name: string; icon: "plus" | "minus" | "whole"; onClick: () => void }) {
  return (
    <button type="button" className="map-button" aria-label={name} title={name} onClick={onClick}>
      <Icon name={icon} size={18} />
    </button>
  );
}

/** Two segments, as on paper: 0, the middle, the end. */
export function ScaleBar() {
  const speak = useWords();
  const scale = useMapStore((state) => state.scale);
  if (!scale) return null;
  const [value, unit] = scale.text.split(" ");
  const half = Number(value) / 2;
  return (
    <div
      className="scale-bar"
      role="img"
      aria-label={`${speak(panoramaWords.scale)} ${scale.text}`}
      data-metres={scale.metres}
      data-width={scale.width}
    >
      <div className="scale-words" style={{ width: scale.width }} aria-hidden="true">
        <span>0</span>
        <span>{half}</span>
        <span>
          {value} {unit}
        </span>
      </div>
      <div className="scale-line" style={{ width: scale.width }} aria-hidden="true">
        <span />
        <span />
      </div>
    </div>
  );
}

/** Turns with the map; a click turns the map back. */
export function NorthArrow() {
  const speak = useWords();
  const map = useMapStore((state) => state.map);
  const bearing = useMapStore((state) => state.camera?.bearing ?? 0);
  const name = speak(panoramaWords.north_up);
  return (
    <button type="button" className="north" aria-label={name} title={name} onClick={() => map?.northUp()}>
      <svg width="24" height="34" viewBox="0 0 24 34" aria-hidden="true" style={{ rotate: `${-bearing}deg` }}>
        <text x="12" y="9" textAnchor="middle" className="north-letter">
          N
        </text>
        <path d="M12 12 18 32l-6-4.2Z" className="north-dark" />
        <path d="M12 12 6 32l6-4.2Z" className="north-light" />
      </svg>
    </button>
  );
}
