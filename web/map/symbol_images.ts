import type { Map as MapLibreMap, StyleImageMetadata } from "maplibre-gl";
import type { SymbolDrawing, SymbolPart } from "../../data/cartography/symbol_drawing.ts";
import { drawSymbol, symbolCharacters } from "../../data/cartography/symbols.ts";

/** How long a symbol waits for the font of its character; a fallback font is better than no symbol. */
const longestFontWait = 1500; // ms

const symbolFont = '"Noto Sans SC", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif';

/** Gives the map each symbol when a tile first asks for it, drawn for this screen: no sprite is loaded, none is missing. */
export function supplySymbols(map: MapLibreMap): void {
  const pixelRatio = Math.max(1, Math.min(3, window.devicePixelRatio));
  const fontReady = loadSymbolFont();
  map.setMissingStyleImageResolver(async (name) => {
    await fontReady;
    if (map.hasImage(name)) return;
    const drawing = drawSymbol(name);
    map.addImage(name, rasterise(drawing, pixelRatio), { pixelRatio, ...fitting(drawing, pixelRatio) });
  });
}

/** How a symbol grows around its text; MapLibre counts in px of the image. */
function fitting({ fit }: SymbolDrawing, ratio: number): Partial<StyleImageMetadata> {
  if (!fit) return {};
  const scaled = <Numbers extends number[]>(numbers: Numbers) => numbers.map((value) => value * ratio) as Numbers;
  return { stretchX: [scaled(fit.stretch_x)], stretchY: [scaled(fit.stretch_y)], content: scaled(fit.content) };
}

async function loadSymbolFont(): Promise<void> {
  const loaded = document.fonts.load(`700 16px ${symbolFont}`, symbolCharacters).catch(() => []);
  const waited = new Promise((resolve) => setTimeout(resolve, longestFontWait));
  await Promise.race([loaded, waited]);
}

function rasterise(drawing: SymbolDrawing, pixelRatio: number): ImageData {
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(drawing.width * pixelRatio);
  canvas.height = Math.ceil(drawing.height * pixelRatio);
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  if (!pen) throw new Error("This browser gives no 2d canvas");
  pen.scale(pixelRatio, pixelRatio);
  pen.lineJoin = "round";
  pen.lineCap = "round";
  pen.textAlign = "center";
  for (const part of drawing.parts) drawPart(pen, part);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}

function drawPart(pen: CanvasRenderingContext2D, part: SymbolPart): void {
  if ("text" in part) {
    pen.font = `${part.weight} ${part.size}px ${symbolFont}`;
    pen.fillStyle = part.fill;
    // Centred on its ink: "middle" would centre the em box, and Han characters sit low in it.
    const box = pen.measureText(part.text);
    const lower = (box.actualBoundingBoxAscent - box.actualBoundingBoxDescent) / 2;
    pen.fillText(part.text, part.x, part.y + lower);
    return;
  }
  const path = new Path2D(part.path);
  if (part.fill) {
    pen.fillStyle = part.fill;
    pen.fill(path);
  }
  if (part.stroke) {
    pen.strokeStyle = part.stroke;
    pen.lineWidth = part.stroke_width ?? 1;
    pen.setLineDash(part.dash ?? []);
    pen.stroke(path);
  }
}
