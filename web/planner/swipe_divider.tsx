import type { CSSProperties } from "react";
import { compareWords } from "../../data/vocabulary/compare_words.ts";
import { useWords } from "../ui/use_words.ts";

/** The divider of the swipe, in percent of the stage; a range field as wide as the stage, of which the thumb alone is seen. */
export function SwipeDivider({ percent, onPercent }: { percent: number; onPercent: (percent: number) => void }) {
  const speak = useWords();
  return (
    <>
      <span className="swipe-line" aria-hidden="true" />
      <input
        type="range"
        className="swipe-divider"
        aria-label={speak(compareWords.divider)}
        aria-valuetext={speak(compareWords.divider_at, { percent })}
        min={0}
        max={100}
        value={percent}
        onChange={(event) => onPercent(Number(event.target.value))}
      />
    </>
  );
}

/** What the style sheet needs to know of it. */
export function swipeStyle(percent: number): CSSProperties {
  return { "--swipe": percent / 100 } as CSSProperties;
}
