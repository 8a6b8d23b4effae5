import { useQuery } from "@tanstack/react-query";
import { panoramaWords } from "../../data/vocabulary/panorama_words.ts";
import { basemapsQuery } from "../api/queries.ts";
import { useWords } from "../ui/use_words.ts";
import { useView } from "../ui/view_store.ts";
import { useNetwork } from "./use_network.ts";

/**
 * Where the data come from (some licences ask for it), and whose backdrop is drawn under which approval number:
 * never collapsed.
 */
export function MapCredit() {
  const speak = useWords();
  const network = useNetwork();
  const base = useView((view) => view.base);
  const { data } = useQuery({ ...basemapsQuery(), enabled: base !== null });
  const basemap = data?.basemaps.find((candidate) => candidate.id === base);
  return (
    <p className="map-credit">
      {network && speak(panoramaWords.data_source, { source: network.source })}
      {basemap && ` · ${basemap.attribution}`}
      {basemap?.approval_number && ` · ${speak(panoramaWords.approval_number, { number: basemap.approval_number })}`}
    </p>
  );
}
