import type { Palette } from "./palette.ts";

/** One stroke of the pen, in px of a box `width` × `height`, y down. */
export type SymbolPart =
  | { path: string; fill?: string; stroke?: string; stroke_width?: number; dash?: number[] }
  | { text: string; x: number; y: number; size: number; fill: string; weight: number };

/** A map symbol as screens rasterise it and as prints draw it. */
export interface SymbolDrawing {
  width: number;
  height: number;
  parts: SymbolPart[];
  /** Of a symbol that grows around a text: px along x and y that are stretched, and the box that the text fills. */
  fit?: {
    stretch_x: [from: number, to: number];
    stretch_y: [from: number, to: number];
    content: [left: number, top: number, right: number, bottom: number];
  };
}

/** White outline, and on the dark map a dark one around it, so that a symbol stands on any ground. */
export function outlined(palette: Palette, path: string, fill: string, width = 1.5): SymbolPart[] {
  const { inner, outer } = palette.symbolOutline;
  return [
    ...(outer === null ? [] : [{ path, stroke: outer, stroke_width: 2 * width + 2 }]),
    { path, stroke: inner, stroke_width: 2 * width },
    { path, fill },
  ];
}

export function character(text: string, box: number, size: number, fill: string, lower = 0): SymbolPart {
  return { text, x: box / 2, y: box / 2 + lower, size, fill, weight: 700 };
}

export function square(size: number, parts: SymbolPart[]): SymbolDrawing {
  return { width: size, height: size, parts };
}
