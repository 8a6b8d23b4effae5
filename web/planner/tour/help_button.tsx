import { tourWords } from "../../../data/vocabulary/tour_words.ts";
import { Icon } from "../../ui/icons.tsx";
import { useWords } from "../../ui/use_words.ts";
import { useTour } from "./tour_store.ts";

/** 帮助: begins the tour, also once more; a dot says that it was not seen yet. */
export function HelpButton() {
  const speak = useWords();
  const isKnown = useTour((tour) => tour.isKnown);
  const { start } = useTour.getState();
  const name = `${speak(tourWords.help)} · ${speak(tourWords.start)}`;
  return (
    <button
      type="button"
      className="icon-button help-button"
      data-tour="help"
      data-new={!isKnown}
      aria-label={isKnown ? name : `${name} · ${speak(tourWords.new)}`}
      title={name}
      onClick={start}
    >
      <Icon name="help" />
    </button>
  );
}
