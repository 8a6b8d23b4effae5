import { describe, expect, test } from "vitest";
import {
  drawSymbol,
  facilityGlyphs,
  smallPlaceGlyphs,
  symbolCharacters,
  symbolName,
  symbolSvg,
} from "../../../data/cartography/symbols.ts";

const kinds = [
  ...Object.keys(facilityGlyphs).map((kind) => `facility-${kind}`),
  ...Object.keys(smallPlaceGlyphs).map((kind) => `small-${kind}`),
  "three-in-one",
  ...["1", "2", "3"].map((level) => `key-unit-${level}`),
  "hydrant-in_use",
  "hydrant-out_of_order",
  ...["in_use", "closed", "failed", "abandoned"].map((status) => `valve-JS-${status}`),
  ...["manhole", "source", "lamp", "camera", "bin", "box", "sign"].map((kind) => `component-${kind}`),
  "legal-entity",
  ...["gap", "overlap", "outside"].map((look) => `hatch-${look}`),
  ...["gap", "warning"].map((look) => `chip-${look}`),
  ...["gap", "overlap", "uncovered"].map((look) => `fault-disc-${look}`),
  ...["moved", "gained", "lost"].flatMap((look) => [`change-hatch-${look}`, `change-disc-${look}`]),
  "cut",
  "far-building",
];

describe.each(["light", "dark"] as const)("symbols of the %s map", (theme) => {
  test("differ from one another in shape or character, never in colour alone", () => {
    const shapes = kinds.map((kind) =>
      JSON.stringify(drawSymbol(symbolName(theme, kind)).parts.map((part) => ("text" in part ? part.text : part.path))),
    );
    expect(new Set(shapes).size).toBe(kinds.length);
  });

  test("stay inside their box", () => {
    for (const kind of kinds) {
      const { width, height, parts } = drawSymbol(symbolName(theme, kind));
      for (const part of parts) {
        if ("text" in part) {
          expect(part.x + part.size / 2, kind).toBeLessThanOrEqual(width + 1);
          expect(part.y + part.size / 2, kind).toBeLessThanOrEqual(height + 1);
        }
      }
    }
  });

  test("carry no character that the font is not asked for beforehand", () => {
    for (const kind of kinds) {
      for (const part of drawSymbol(symbolName(theme, kind)).parts) {
        if ("text" in part) expect(symbolCharacters).toContain(part.text);
      }
    }
  });

  test("have a drawing for every kind, also one that is newer than the table", () => {
    for (const kind of ["facility-teleporter", "component-drone", "valve-XX-odd", "whatever"]) {
      expect(drawSymbol(symbolName(theme, kind)).parts.length).toBeGreaterThan(0);
    }
  });

  test("are written as SVG of the same size", () => {
    const drawing = drawSymbol(symbolName(theme, "key-unit-1"));
    expect(symbolSvg(drawing)).toMatch(new RegExp(`^<svg [^>]*width="${drawing.width}" height="${drawing.height}"`));
    expect(symbolSvg(drawing)).toContain(">Ⅰ</text>");
  });
});
