import { frameWords } from "../../data/vocabulary/frame_words.ts";
import { formatMoment, formatTime } from "../../data/vocabulary/format.ts";
import type { Wording } from "../../data/vocabulary/language.ts";
import { panoramaWords } from "../../data/vocabulary/panorama_words.ts";
import { useWords } from "../ui/use_words.ts";
import { changeView } from "../ui/view_store.ts";

/** 「更新于 14:03:22」: every fact carries its time. */
export function UpdatedAt({ time, note }: { time: string; note?: string }) {
  const speak = useWords();
  return (
    <p className="updated-at">
      <time dateTime={time}>{speak(frameWords.updated_at, { time: describeMoment(time) })}</time>
      {note && <span>{note}</span>}
    </p>
  );
}

/** The time alone for today, with its day otherwise. */
function describeMoment(time: string): string {
  const isToday = new Date(time).toDateString() === new Date().toDateString();
  return isToday ? formatTime(time) : formatMoment(time);
}

/** What the address names does not exist: a sentence and the way back. */
export function Missing({ wording, name }: { wording: Wording; name: string }) {
  const speak = useWords();
  return (
    <div className="missing" role="alert">
      <h2 className="panel-title">{speak(frameWords.not_found)}</h2>
      <p>{speak(wording, { key: name })}</p>
      <button type="button" className="button" onClick={() => changeView({ sel: null }, "push")}>
        {speak(panoramaWords.missing_back)}
      </button>
    </div>
  );
}

/** Bars where title, figures, people and neighbours will stand. */
export function PanelSkeleton() {
  return (
    <div className="panel-skeleton">
      <span className="bone bone-title" />
      <span className="bone" style={{ width: "70%" }} />
      <span className="bone bone-row" />
      <span className="bone bone-row" />
      <span className="bone" style={{ width: "90%" }} />
      <span className="bone" style={{ width: "60%" }} />
    </div>
  );
}
