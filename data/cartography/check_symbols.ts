import type { Palette } from "./palette.ts";
import { character, outlined, type SymbolDrawing, square } from "./symbol_drawing.ts";
import { circlePath, roundedSquarePath, scissorsPath } from "./symbol_shapes.ts";

/** What checks, and comparisons of editions, draw: hatches that fill a face, chips that carry words, discs for what is too small to be drawn. */
export const checkSymbols: Readonly<Record<string, (palette: Palette, kind: string) => SymbolDrawing>> = {
  hatch: drawHatch,
  chip: drawChip,
  "fault-disc": drawFaultDisc,
  cut: drawCut,
  "far-building": drawFarBuilding,
  "change-hatch": drawChangeHatch,
  "change-disc": drawChangeDisc,
};

/** Kinds of faults that have a face. */
export type FaultLook = "gap" | "overlap" | "outside" | "invalid_geometry" | "uncovered";

/** The colour of a kind of fault: overlaps have their own, so that a gap and an overlap are told apart at a glance. */
export function faultColour({ fault }: Palette, look: string): string {
  return look === "overlap" ? fault.overlap : fault.error;
}

/** px of a side of the tile: lines of 45° are then 8.5 px apart and meet at its edges. */
const hatchTile = 12;
const changeTile = 14;

/** Gap: lines rising to the right; outside: falling; overlap: both. */
function drawHatch(palette: Palette, look: string): SymbolDrawing {
  const path = hatchPath(look === "overlap" ? "both" : look === "outside" ? "falling" : "rising", hatchTile);
  return square(hatchTile, [{ path, stroke: faultColour(palette, look), stroke_width: 2 }]);
}

/** @param t - px of a side of the tile */
function hatchPath(lines: "rising" | "falling" | "both", t: number): string {
  // Each line once more beyond two corners, or its ends would be cut at the seams.
  const rising = `M${-t / 2} ${t / 2}L${t / 2} ${-t / 2}M0 ${t}L${t} 0M${t / 2} ${t * 1.5}L${t * 1.5} ${t / 2}`;
  const falling = `M${-t / 2} ${t / 2}L${t / 2} ${t * 1.5}M0 0L${t} ${t}M${t / 2} ${-t / 2}L${t * 1.5} ${t / 2}`;
  return lines === "both" ? rising + falling : lines === "falling" ? falling : rising;
}

/**
 * A label on a solid ground that grows with its text. Of a fault it stands up and to the right of its place, and a
 * leader line leads back:
 *
 *      ┌────────┐
 *      │  text  │
 *      ├────────┘
 *     ╱
 *    ●
 */
function drawChip(palette: Palette, look: string): SymbolDrawing {
  const isBadge = look === "warning";
  const fill = isBadge ? palette.warning.fill : faultColour(palette, look);
  const line = isBadge ? palette.warning.text : palette.land;
  const box = "M12 2h36a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3h-36a3 3 0 0 1-3-3v-14a3 3 0 0 1 3-3Z";
  const fit: SymbolDrawing["fit"] = { stretch_x: [30, 40], stretch_y: [9, 13], content: [15, 5, 45, 19] };
  if (isBadge) {
    return { width: 60, height: 24, parts: [{ path: box, fill, stroke: line, stroke_width: 1.2 }], fit };
  }
  const tail = "M18 22L4 40";
  return {
    width: 60,
    height: 44,
    parts: [
      { path: tail, stroke: line, stroke_width: 3.6 },
      { path: box, stroke: line, stroke_width: 2 },
      { path: tail, stroke: fill, stroke_width: 1.8 },
      { path: circlePath(4, 40, 2.4), fill, stroke: line, stroke_width: 1 },
      { path: box, fill },
    ],
    fit,
  };
}

/** px from the place to the lower left corner of the text of a chip, as its leader line runs; y down. */
export const chipOffset: readonly [x: number, y: number] = [11, -21];

/** What is smaller than 12 px at this zoom, and things without a face: a disc that says what is wrong. */
function drawFaultDisc(palette: Palette, look: string): SymbolDrawing {
  const sign = look === "uncovered" ? "?" : "!";
  const frame = look === "overlap" ? roundedSquarePath(11, 11, 16, 5) : circlePath(11, 11, 8);
  return square(22, [
    ...outlined(palette, frame, faultColour(palette, look)),
    character(sign, 22, 12, palette.fault.on),
  ]);
}

/** How ground fared between two editions. */
export type ChangeLook = "moved" | "gained" | "lost";

/** Ground that moved: lines rising to the right; lost: falling; gained: both. Wider apart than those of faults. */
function drawChangeHatch({ changed }: Palette, look: string): SymbolDrawing {
  const path = hatchPath(look === "gained" ? "both" : look === "lost" ? "falling" : "rising", changeTile);
  return square(changeTile, [{ path, stroke: colourOfChange(changed, look), stroke_width: 1.4 }]);
}

/** What is too small to be drawn: an arrow for ground that moved, plus and minus for what came and went. */
function drawChangeDisc(palette: Palette, look: string): SymbolDrawing {
  const signs: Readonly<Record<string, string>> = { gained: "M6.5 11h9M11 6.5v9", lost: "M6.5 11h9" };
  const path = signs[look] ?? "M6.2 11h9M11.8 7.4l3.6 3.6-3.6 3.6";
  return square(22, [
    ...outlined(palette, circlePath(11, 11, 8), colourOfChange(palette.changed, look)),
    { path, stroke: palette.changed.on, stroke_width: 1.8 },
  ]);
}

function colourOfChange({ moved, gained, lost }: Palette["changed"], look: string): string {
  return look === "gained" ? gained : look === "lost" ? lost : moved;
}

/** A building or estate that a border cuts. */
function drawCut(palette: Palette): SymbolDrawing {
  return square(24, [
    { path: circlePath(12, 12, 9.4), fill: palette.warning.fill, stroke: palette.warning.text, stroke_width: 1.6 },
    { path: scissorsPath(12, 12), stroke: palette.warning.text, stroke_width: 1.5 },
  ]);
}

/** A small house, for zooms at which the building itself is not seen. */
function drawFarBuilding(palette: Palette): SymbolDrawing {
  return square(14, [
    { path: "M2.5 6.8L7 2.6l4.5 4.2v4.6h-9Z", fill: palette.far.fill, stroke: palette.far.line, stroke_width: 1.2 },
  ]);
}
