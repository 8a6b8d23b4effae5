import type { Palette } from "./palette.ts";
import { type SymbolDrawing, square } from "./symbol_drawing.ts";

/** What the map of a draft draws beside areas: pins of comments, names of colleagues, names of two versions of a border. */
export const draftSymbols: Readonly<Record<string, (palette: Palette, kind: string) => SymbolDrawing>> = {
  comment: drawComment,
  tag: drawTag,
};

/** A speech bubble whose tip is the place; the map writes its number on it. Settled ones are hollow. */
function drawComment({ land, draft }: Palette, kind: string): SymbolDrawing {
  const bubble = "M5 3h16a3 3 0 0 1 3 3v10a3 3 0 0 1-3 3h-5l-3 5l-3-5h-5a3 3 0 0 1-3-3v-10a3 3 0 0 1 3-3Z";
  const isSettled = kind === "settled";
  const ink = isSettled ? draft.former : draft.line;
  return square(26, [
    { path: bubble, fill: isSettled ? land : ink, stroke: land, stroke_width: 3 },
    { path: bubble, fill: isSettled ? land : ink, stroke: ink, stroke_width: 1.6 },
  ]);
}

/** Ground of a name that grows with its text: mine, theirs, or where a colleague is. */
function drawTag({ land, draft, selected }: Palette, kind: string): SymbolDrawing {
  const fill = kind === "mine" ? draft.line : selected.fill;
  const box = "M5 2h50a3 3 0 0 1 3 3v12a3 3 0 0 1-3 3h-50a3 3 0 0 1-3-3v-12a3 3 0 0 1 3-3Z";
  return {
    width: 60,
    height: 22,
    parts: [
      { path: box, stroke: land, stroke_width: 3 },
      { path: box, fill },
    ],
    fit: { stretch_x: [20, 40], stretch_y: [8, 13], content: [7, 3, 53, 19] },
  };
}
