import { panoramaWords } from "../../data/vocabulary/panorama_words.ts";
import { useWords } from "../ui/use_words.ts";
import { useBasemap } from "./use_basemap.ts";
import { useNetwork } from "./use_network.ts";

/**
 * Where the data come from (some licences ask for it), and whose backdrop is drawn under which approval number:
 * never collapsed.
 */
export function MapCredit() {
  const speak = useWords();
  const network = useNetwork();
  const { basemap: chosen, failedSince } = useBasemap();
  const basemap = failedSince === null ? chosen : undefined;
  return (
    <p className="map-credit">
      {network && speak(panoramaWords.data_source, { source: network.source })}
      {basemap && ` · ${basemap.attribution}`}
      {basemap?.approval_number && ` · ${speak(panoramaWords.approval_number, { number: basemap.approval_number })}`}
    </p>
  );
}
