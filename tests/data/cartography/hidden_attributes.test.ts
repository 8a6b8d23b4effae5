import { createExpression, featureFilter, type LayerSpecification } from "@maplibre/maplibre-gl-style-spec";
import { expect, test } from "vitest";
import { buildStyle } from "../../../data/cartography/build_style.ts";
import { layerMetadata } from "../../../data/cartography/legend_metadata.ts";
import { everyLayer, governance } from "../../support/map_styles.ts";

const style = buildStyle({
  theme: "light",
  language: "zh-CN",
  tiles: "https://host/tiles",
  network: governance,
  layers: everyLayer,
});

type Properties = Record<string, string | number>;

/** The layers that draw a feature of a tile layer at a zoom. */
function drawnBy(sourceLayer: string, properties: Properties, zoom: number): LayerSpecification[] {
  return style.layers.filter((layer) => {
    if (!("source-layer" in layer) || layer["source-layer"] !== sourceLayer) return false;
    if (zoom < (layer.minzoom ?? 0) || zoom >= (layer.maxzoom ?? 24)) return false;
    const { filter } = featureFilter("filter" in layer ? layer.filter : undefined, `${layer.id}.filter`);
    return filter({ zoom }, { type: 1, properties });
  });
}

function textOf(layer: LayerSpecification, properties: Properties, zoom: number): string {
  const value = (layer.layout as Record<string, unknown>)["text-field"];
  const made = createExpression(value, `${layer.id}.layout.text-field`);
  if (made.result === "error") throw new Error(JSON.stringify(made.value));
  return String(made.value.evaluateWithoutErrorHandling({ zoom }, { type: 1, properties }));
}

test("a key unit is drawn once, with its level or, where that is not told, with a plain symbol and a legend of its own", () => {
  const named = { name: "慧泽小学", category: "school" };
  for (const level of [1, 2, 3]) {
    expect(drawnBy("key_units", { ...named, level }, 16).map(({ id }) => id)).toEqual([`key-unit-${level}`]);
  }
  const [plain, ...more] = drawnBy("key_units", named, 16);
  expect(more).toEqual([]);
  expect(plain!.id).toBe("key-unit");
  expect(layerMetadata(plain!).legend).toMatchObject({ key: "key-unit", label: "消防安全重点单位" });
  expect(textOf(plain!, named, 16)).toBe("慧泽小学");
});

test("a small place is drawn once, also where nobody says which are three in one", () => {
  const shop = { kind: "shop", name: "小店" };
  expect(drawnBy("small_places", { ...shop, three_in_one: 1 }, 17).map(({ id }) => id)).toEqual(["three-in-one"]);
  expect(drawnBy("small_places", { ...shop, three_in_one: 0 }, 17).map(({ id }) => id)).toEqual(["small-place"]);
  expect(drawnBy("small_places", shop, 17).map(({ id }) => id)).toEqual(["small-place"]);
});

test("a building without households keeps its number, floors and structure", () => {
  const building = { number: "7幢", floors: 6, structure: "frame", use: "home", estimated: 0 };
  const label = style.layers.find(({ id }) => id === "building-number")!;
  expect(textOf(label, building, 18)).toMatch(/^7幢 6F\n\S+$/);
  expect(textOf(label, { ...building, households: 12 }, 18)).toMatch(/ 12户$/);
});
