import type { ReactNode } from "react";
import type { Register } from "../../data/schema/record.ts";
import { readerWords } from "../../data/vocabulary/access_words.ts";
import { registerNames } from "../../data/vocabulary/dictionaries.ts";
import { frameWords } from "../../data/vocabulary/frame_words.ts";
import { formatMoment, formatTime } from "../../data/vocabulary/format.ts";
import type { Wording } from "../../data/vocabulary/language.ts";
import { panoramaWords } from "../../data/vocabulary/panorama_words.ts";
import { useSession } from "../ui/reader.ts";
import { signInAddress } from "../ui/sign_in_address.ts";
import { useLanguage, useWords } from "../ui/use_words.ts";
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
    <WayBack title={frameWords.not_found}>
      <p>{speak(wording, { key: name })}</p>
    </WayBack>
  );
}

/** What the address names is of a kind that this reader sees nowhere. Who did not sign in may do that first. */
export function Forbidden({ register }: { register: Register }) {
  const speak = useWords();
  const { account } = useSession();
  return (
    <WayBack title={readerWords.no_permission} signIn={account === null}>
      <p>{speak(readerWords.no_permission_layer, { layer: speak(registerNames[register]) })}</p>
    </WayBack>
  );
}

function WayBack({ title, signIn = false, children }: { title: Wording; signIn?: boolean; children: ReactNode }) {
  const speak = useWords();
  return (
    <div className="missing" role="alert">
      <h2 className="panel-title">{speak(title)}</h2>
      {children}
      <div className="form-buttons">
        {signIn && (
          <a className="button button-primary" href={signInAddress()}>
            {speak(readerWords.sign_in)}
          </a>
        )}
        <button type="button" className="button" onClick={() => changeView({ sel: null }, "push")}>
          {speak(panoramaWords.missing_back)}
        </button>
      </div>
    </div>
  );
}

/** What the reader is not shown of a thing, in one quiet line. */
export function HiddenFacts({ names }: { names: readonly string[] }) {
  const speak = useWords();
  const isEnglish = useLanguage() === "en";
  if (names.length === 0) return null;
  return (
    <p className="note hidden-facts">{speak(readerWords.hidden, { names: names.join(isEnglish ? ", " : "、") })}</p>
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
