import type { PlanProfile } from "../../data/schema/plan.ts";
import { sideOf } from "./profile_of.ts";

interface Props {
  value: number;
  /** Another one on the same bar: how it was. */
  before?: number | null;
  limits: PlanProfile["households"];
  /** What the whole bar is. */
  most: number;
  look?: "kept" | "new" | undefined;
}

/** Where a figure lies in its limits; the figure itself stands beside it in digits. */
export function RangeBar({ value, before = null, limits, most, look = "kept" }: Props) {
  const place = (figure: number) => `${Math.min(100, (100 * figure) / Math.max(1, most))}%`;
  const [least, top] = limits;
  const side = sideOf(value, limits);
  return (
    <span className="range-bar" aria-hidden="true">
      {(least !== null || top !== null) && (
        <span
          className="range-band"
          style={{ insetInlineStart: place(least ?? 0), insetInlineEnd: `calc(100% - ${place(top ?? most)})` }}
        />
      )}
      {before !== null && <span className="range-dot range-dot-before" style={{ insetInlineStart: place(before) }} />}
      <span
        className="range-dot"
        data-look={look}
        data-out={side !== null && side !== 0}
        style={{ insetInlineStart: place(value) }}
      />
    </span>
  );
}

/** ▲ above, ▼ below the limits. */
export function sideSign(side: -1 | 0 | 1 | null): string {
  return side === 1 ? "▲" : side === -1 ? "▼" : "";
}
