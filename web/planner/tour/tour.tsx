import { type CSSProperties, type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { tourWords } from "../../../data/vocabulary/tour_words.ts";
import { useWords } from "../../ui/use_words.ts";
import { type TourStep, tourSteps } from "./tour_steps.ts";
import { useTour } from "./tour_store.ts";
import "./tour.css";

/** The tour of the editor, while it is shown: a card beside what it tells of. The page below stays usable. */
export function Tour() {
  const step = useTour((tour) => tour.step);
  return step === null ? null : <TourCard key={step} step={step} />;
}

function TourCard({ step }: { step: number }) {
  const speak = useWords();
  const { show, leave } = useTour.getState();
  const id = useId();
  const card = useRef<HTMLDialogElement>(null);
  const { title, text, about, side } = tourSteps[step]!;
  const place = usePlaceOf(about);
  const isLast = step === tourSteps.length - 1;
  // focus goes to the card and, when it is left, back to where it came from
  useEffect(() => card.current?.querySelector<HTMLElement>("[data-next]")?.focus({ preventScroll: true }), []);
  const end = () => {
    leave();
    document.querySelector<HTMLElement>("[data-tour='help']")?.focus();
  };
  const turn = (by: number) => {
    const next = step + by;
    if (next >= tourSteps.length) end();
    else if (next >= 0) show(next);
  };
  const press = (event: KeyboardEvent) => {
    const act = { Escape: end, ArrowRight: () => turn(1), ArrowLeft: () => turn(-1) }[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  return (
    <>
      {place && <span className="tour-ring" aria-hidden="true" style={ringAt(place)} />}
      <dialog
        ref={card}
        open
        className="tour-card"
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-text`}
        style={place ? cardAt(place, side) : undefined}
        onKeyDown={press}
      >
        <p className="note">{speak(tourWords.step, { step: step + 1, count: tourSteps.length })}</p>
        <h2 id={`${id}-title`}>{speak(title)}</h2>
        <p id={`${id}-text`}>{speak(text)}</p>
        <div className="tour-acts">
          <button type="button" className="link" onClick={end}>
            {speak(tourWords.leave)}
          </button>
          <span className="note">{speak(tourWords.keys)}</span>
          {step > 0 && (
            <button type="button" className="button" onClick={() => turn(-1)}>
              {speak(tourWords.previous)}
            </button>
          )}
          <button type="button" className="button button-primary" data-next onClick={() => turn(1)}>
            {speak(isLast ? tourWords.done : tourWords.next)}
          </button>
        </div>
      </dialog>
    </>
  );
}

type Place = Pick<DOMRect, "left" | "top" | "width" | "height">;

/** Where something is on the page, also after the window was made another size. */
function usePlaceOf(selector: string): Place | null {
  const [place, setPlace] = useState<Place | null>(null);
  useEffect(() => {
    const look = () => setPlace(document.querySelector(selector)?.getBoundingClientRect() ?? null);
    look();
    addEventListener("resize", look);
    return () => removeEventListener("resize", look);
  }, [selector]);
  return place;
}

/** px between a thing and the card. */
const gap = 12;
const cardWidth = 380;

function ringAt({ left, top, width, height }: Place): CSSProperties {
  return { left, top, width, height };
}

function cardAt({ left, top, width, height }: Place, side: TourStep["side"]): CSSProperties {
  const within = (x: number) => Math.max(gap, Math.min(x, innerWidth - cardWidth - gap));
  switch (side) {
    case "inside":
      return { left: within(left + 16), bottom: innerHeight - (top + height) + 48 };
    case "right":
      return { left: within(left + width + gap), top: top + 16 };
    case "left":
      return { left: within(left - cardWidth - gap), top: top + 64 };
    case "below":
      return { left: within(left + width / 2 - cardWidth / 2), top: top + height + gap };
  }
}
