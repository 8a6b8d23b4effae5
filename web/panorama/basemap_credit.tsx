import { useQuery } from "@tanstack/react-query";
import { panoramaWords } from "../../data/vocabulary/panorama_words.ts";
import { basemapsQuery } from "../api/queries.ts";
import { useWords } from "../ui/use_words.ts";
import { useView } from "../ui/view_store.ts";

/** Whose backdrop it is and under which approval number it may be shown: never collapsed while it is drawn. */
export function BasemapCredit() {
  const speak = useWords();
  const base = useView((view) => view.base);
  const { data } = useQuery({ ...basemapsQuery(), enabled: base !== null });
  const basemap = data?.basemaps.find((candidate) => candidate.id === base);
  if (!basemap) return null;
  return (
    <p className="basemap-credit">
      {basemap.attribution}
      {basemap.approval_number && ` · ${speak(panoramaWords.approval_number, { number: basemap.approval_number })}`}
    </p>
  );
}
