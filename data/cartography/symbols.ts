import type { FacilityKind, PipeKind, SmallPlaceRow } from "../schema/city_rows.ts";
import { checkSymbols } from "./check_symbols.ts";
import { draftSymbols } from "./draft_symbols.ts";
import { type Palette, palettes } from "./palette.ts";
import type { Theme } from "./style_options.ts";
import { character, outlined, type SymbolDrawing, type SymbolPart, square } from "./symbol_drawing.ts";
import { bowTiePath, circlePath, crossPath, hydrantPath, polygonPath, roundedSquarePath } from "./symbol_shapes.ts";

export const facilityGlyphs: Readonly<Record<FacilityKind, string>> = {
  school: "学",
  kindergarten: "幼",
  hospital: "医",
  clinic: "诊",
  market: "市",
  park: "园",
  government: "政",
  community_station: "居",
  police_station: "警",
  fire_station: "消",
  micro_station: "微",
  library: "书",
  culture: "文",
  sports: "体",
  elderly_care: "养",
  bus_station: "交",
  railway_station: "铁",
  toilet: "厕",
  mall: "商",
  worship: "教",
  other: "设",
};

export const smallPlaceGlyphs: Readonly<Record<SmallPlaceRow["kind"], string>> = {
  school: "学",
  clinic: "医",
  shop: "商",
  restaurant: "餐",
  hotel: "旅",
  entertainment: "娱",
  internet: "网",
  bath: "浴",
  workshop: "厂",
};

/** Every character that a symbol carries: the map's font must have them before the first symbol is drawn. */
export const symbolCharacters = [
  ...new Set([
    ...Object.values(facilityGlyphs),
    ...Object.values(smallPlaceGlyphs),
    "Ⅰ",
    "Ⅱ",
    "Ⅲ",
    "重",
    "三",
    "停",
    "关",
    "灯",
    "摄",
    "箱",
    "牌",
    "桶",
    "源",
    "!",
    "?",
  ]),
].join("");

/** The name under which the map asks for a symbol: `light/key-unit-1`. */
export function symbolName(theme: Theme, symbol: string): string {
  return `${theme}/${symbol}`;
}

/**
 * Draws a symbol by its name. Never fails: a kind that is newer than this table gets the plain symbol of its family,
 * a name of no family a small ring, so that the map never asks twice.
 *
 * @param name - as `symbolName` makes it: `<theme>/<family>-<kind>[-<status>]`
 */
export function drawSymbol(name: string): SymbolDrawing {
  const [theme, symbol = ""] = name.split("/");
  const palette = palettes[theme === "dark" ? "dark" : "light"];
  for (const [family, draw] of Object.entries(families)) {
    if (symbol === family) return draw(palette, "");
    if (symbol.startsWith(`${family}-`)) return draw(palette, symbol.slice(family.length + 1));
  }
  return drawRing(palette);
}

const families: Readonly<Record<string, (palette: Palette, kind: string) => SymbolDrawing>> = {
  facility: drawFacility,
  "legal-entity": drawRing,
  "key-unit": drawKeyUnit,
  "three-in-one": drawThreeInOne,
  small: drawSmallPlace,
  hydrant: drawHydrant,
  valve: drawValve,
  component: drawComponent,
  ...checkSymbols,
  ...draftSymbols,
};

function has<Key extends string>(table: Readonly<Record<Key, string>>, key: string): key is Key {
  return Object.hasOwn(table, key);
}

function drawFacility(palette: Palette, kind: string): SymbolDrawing {
  const glyph = has(facilityGlyphs, kind) ? facilityGlyphs[kind] : facilityGlyphs.other;
  return square(23, [
    ...outlined(palette, circlePath(11.5, 11.5, 9), palette.facility.disc),
    character(glyph, 23, 11.5, palette.facility.glyph),
  ]);
}

function drawRing(palette: Palette): SymbolDrawing {
  return square(10, [
    { path: circlePath(5, 5, 3), stroke: palette.land, stroke_width: 3.4 },
    { path: circlePath(5, 5, 2.4), fill: palette.land, stroke: palette.component, stroke_width: 1.4 },
  ]);
}

function drawKeyUnit(palette: Palette, level: string): SymbolDrawing {
  const table = {
    "1": { size: 30, fill: "#9B1C1C", numeral: "Ⅰ" },
    "2": { size: 26, fill: "#A84E00", numeral: "Ⅱ" },
    "3": { size: 22, fill: "#6B6200", numeral: "Ⅲ" },
    // whose level this reader is not shown
    "": { size: 24, fill: "#5C4747", numeral: "重" },
  } as const;
  const { size, fill, numeral } = table[level === "1" || level === "2" || level === "3" ? level : ""];
  const box = size + 6;
  return square(box, [
    ...outlined(palette, polygonPath(box / 2, box / 2, size / 2, 6), fill),
    character(numeral, box, size * 0.52, "#FFFFFF"),
  ]);
}

const smallFill = "#3D4B5C";

function drawSmallPlace(palette: Palette, kind: string): SymbolDrawing {
  const glyph = has(smallPlaceGlyphs, kind) ? smallPlaceGlyphs[kind] : smallPlaceGlyphs.shop;
  return square(23, [
    ...outlined(palette, roundedSquarePath(11.5, 11.5, 18, 4), smallFill),
    character(glyph, 23, 11.5, "#FFFFFF"),
  ]);
}

function drawThreeInOne(palette: Palette): SymbolDrawing {
  return square(23, [
    ...outlined(palette, roundedSquarePath(11.5, 11.5, 18, 4), smallFill),
    character("三", 23, 11, "#FFFFFF", -1.2),
    { path: "M5.5 17.4h12", stroke: "#FF6B7A", stroke_width: 2.4 },
  ]);
}

const hydrantRed = "#C4122F";

function drawHydrant(palette: Palette, status: string): SymbolDrawing {
  const frame = roundedSquarePath(12.5, 12.5, 20, 3.5);
  if (status !== "out_of_order") {
    return square(25, [...outlined(palette, frame, hydrantRed), { path: hydrantPath(12.5, 12.3), fill: "#FFFFFF" }]);
  }
  return square(25, [
    ...outlined(palette, frame, "#FFFFFF"),
    { path: roundedSquarePath(12.5, 12.5, 18.4, 3), stroke: hydrantRed, stroke_width: 1.6 },
    { path: crossPath(12.5, 12.5, 6.4), stroke: hydrantRed, stroke_width: 1.8 },
    { path: circlePath(18, 18, 5.6), fill: "#FFFFFF" },
    { text: "停", x: 18, y: 18, size: 9.5, fill: hydrantRed, weight: 700 },
  ]);
}

/** @param kind - `<pipe kind>-<status>` */
function drawValve(palette: Palette, kind: string): SymbolDrawing {
  const [pipe = "", status = "in_use"] = kind.split("-");
  const colour = Object.hasOwn(palette.pipe, pipe) ? palette.pipe[pipe as PipeKind] : palette.component;
  const tie = bowTiePath(10, 10, 15, 10);
  const outline = "#1B2430";
  const body: SymbolPart[] = [
    { path: tie, stroke: "#FFFFFF", stroke_width: 4.4 },
    { path: tie, fill: status === "abandoned" ? "#FFFFFF" : colour, stroke: outline, stroke_width: 1.5 },
  ];
  if (status === "abandoned") body.push({ path: "M3.5 16.5L16.5 3.5", stroke: outline, stroke_width: 1.5 });
  if (status === "closed") body.push({ path: "M10 3.4V16.6", stroke: outline, stroke_width: 2.6 });
  if (status === "failed") body.push({ path: crossPath(10, 10, 6), stroke: hydrantRed, stroke_width: 2.2 });
  return square(20, body);
}

function drawComponent(palette: Palette, kind: string): SymbolDrawing {
  const ink = palette.component;
  const [x, y] = [8.5, 8.5];
  const lines: Readonly<Record<string, string>> = {
    manhole: `${circlePath(x, y, 5.6)}M4.5 6.9H12.5M4.5 10.1H12.5`,
    source: `${polygonPath(x, y, 6.4, 4)}M8.5 5.2V11.8M5.2 8.5H11.8`,
    lamp: `M8.5 15V6.5M4.6 6.5a3.9 3.9 0 0 1 7.8 0ZM6 15h5`,
    camera: `M2.6 5.2h8.2v5.6H2.6ZM10.8 7l3.4-1.6v5.2L10.8 9M5.4 10.8V14.4`,
    bin: `M4.2 5h8.6l-.9 9.4H5.1ZM3 5h11M6.7 5V3.2h3.6V5`,
    box: `M3.4 3.4h10.2v10.2H3.4ZM8.5 3.4v10.2M6.4 8.5h.01M10.6 8.5h.01`,
    sign: `M8.5 15V3M3.2 4h9l1.8 2-1.8 2h-9Z`,
  };
  const path = Object.hasOwn(lines, kind) ? (lines[kind] ?? "") : circlePath(x, y, 4.6);
  return square(17, [
    { path, stroke: palette.label.point.halo, stroke_width: 4 },
    { path, fill: palette.label.point.halo, stroke: ink, stroke_width: 1.5 },
  ]);
}

/**
 * The drawing as SVG text, for legends, lists and prints.
 *
 * @param fontFamily - draws the characters; they are part of the symbol and repeat its shape
 */
export function symbolSvg(drawing: SymbolDrawing, fontFamily = "Noto Sans SC, sans-serif"): string {
  const { width, height, parts } = drawing;
  const body = parts.map((part) => ("text" in part ? textSvg(part, fontFamily) : pathSvg(part))).join("");
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${body}</svg>`;
}

function pathSvg(part: Extract<SymbolPart, { path: string }>): string {
  const stroke = part.stroke
    ? ` stroke="${part.stroke}" stroke-width="${part.stroke_width ?? 1}" stroke-linejoin="round" stroke-linecap="round"`
    : "";
  const dash = part.dash ? ` stroke-dasharray="${part.dash.join(" ")}"` : "";
  return `<path d="${part.path}" fill="${part.fill ?? "none"}"${stroke}${dash}/>`;
}

function textSvg(part: Extract<SymbolPart, { text: string }>, fontFamily: string): string {
  return (
    `<text x="${part.x}" y="${part.y}" font-family="${fontFamily}" font-size="${part.size}" font-weight="${part.weight}"` +
    ` text-anchor="middle" dominant-baseline="central" fill="${part.fill}">${part.text}</text>`
  );
}
