import type { Map as MapLibreMap } from "maplibre-gl";
import { expect, test } from "vitest";
import { findHits, hittableLayers } from "../../../web/map/hits.ts";
import { aStyle, everyLayer, oneLevel } from "../../support/map_styles.ts";

type Drawn = { source: string; sourceLayer: string; id: number; near?: boolean };

const area: Drawn = { source: "areas", sourceLayer: "areas", id: 3 };
const estate: Drawn = { source: "city", sourceLayer: "estates", id: 4 };
const building: Drawn = { source: "city", sourceLayer: "buildings", id: 5 };
const keyUnit: Drawn = { source: "points", sourceLayer: "key_units", id: 6 };
const hydrant: Drawn = { source: "components", sourceLayer: "components", id: 7 };

/** What MapLibre answers: a box finds everything, a point only what lies exactly there. */
function aMap(zoom: number, drawn: Drawn[]): MapLibreMap {
  const answer = (place: unknown) => {
    const isBox = Array.isArray(place) && Array.isArray(place[0]);
    return drawn.filter(({ near }) => isBox || !near).map((each) => ({ ...each, properties: {} }));
  };
  return { getZoom: () => zoom, queryRenderedFeatures: answer } as unknown as MapLibreMap;
}

const kindsAt = (zoom: number, drawn: Drawn[]) => findHits(aMap(zoom, drawn), [10, 10], []).map(({ kind }) => kind);

test("key units come before hydrants, hydrants before buildings, buildings before the area", () => {
  expect(kindsAt(18, [estate, area, building, hydrant, keyUnit])).toEqual([
    "key_unit",
    "component",
    "building",
    "area",
    "estate",
  ]);
});

test("below zoom 17 a click on a building means its area", () => {
  expect(kindsAt(16, [building, area])[0]).toBe("area");
});

test("a symbol is hit from a few pixels away, an area only from inside", () => {
  expect(kindsAt(16, [{ ...hydrant, near: true }, area])).toEqual(["component", "area"]);
  expect(kindsAt(16, [{ ...area, near: true }])).toEqual([]);
});

test("a thing drawn by several layers is one hit", () => {
  expect(kindsAt(16, [area, area, area])).toEqual(["area"]);
});

test("areas are found by their unpainted faces only, so that fills can be switched off", () => {
  const style = aStyle({ layers: { ...everyLayer, fills: false }, overlay: oneLevel });
  const layers = hittableLayers(style);
  expect(layers).toContain("area-target-grid");
  expect(layers.filter((id) => id.startsWith("area-") && !id.startsWith("area-target-"))).toEqual([]);
});

test("layers that are switched off cannot be hit", () => {
  expect(hittableLayers(aStyle())).not.toContain("pipe-JS");
  expect(hittableLayers(aStyle({ layers: { pipes: true } }))).toContain("pipe-JS");
});
