import { createPropertyExpression, type LayerSpecification, latest } from "@maplibre/maplibre-gl-style-spec";
import { describe, expect, test } from "vitest";
import { listLegend } from "../../../data/cartography/legend.ts";
import { layerMetadata } from "../../../data/cartography/legend_metadata.ts";
import { resolveValue } from "../../../data/cartography/resolve_value.ts";
import { aStyle, everyLayer, everyMark, oneLevel } from "../../support/map_styles.ts";

const style = aStyle({ layers: everyLayer, overlay: oneLevel, marks: everyMark });
const allKeys = new Set(
  style.layers.flatMap((layer) => {
    const { legend } = layerMetadata(layer);
    return legend ? [legend.key] : [];
  }),
);

describe("the legend", () => {
  test("has one entry for each key that is drawn, and none for the others", () => {
    const drawn = new Set(["edge-grid", "road-main", "water"]);
    expect(new Set(listLegend(style, drawn, 16).map((entry) => entry.key))).toEqual(drawn);
  });

  test("has exactly one entry for every key that the style draws far in", () => {
    expect(
      listLegend(style, allKeys, 20)
        .map((entry) => entry.key)
        .toSorted(),
    ).toEqual([...allKeys].toSorted());
  });

  test("is empty where nothing is drawn", () => {
    expect(listLegend(style, new Set(), 16)).toEqual([]);
  });

  test("leaves out layers that are switched off", () => {
    const bare = aStyle({ layers: { ...everyLayer, roads: false } });
    expect(listLegend(bare, allKeys, 17).map((entry) => entry.group)).not.toContain("roads");
  });

  // Whoever follows the map at half zooms, rounded, must not lose an entry that the map has begun to draw.
  test("entries begin at whole and half zooms", () => {
    const begins = style.layers.filter((layer) => layerMetadata(layer).legend !== false);
    for (const { id, minzoom = 0 } of begins) expect((minzoom * 2) % 1, id).toBe(0);
  });

  test("draws every line in a colour and wide enough to be seen", () => {
    for (const theme of ["light", "dark"] as const) {
      const themed = aStyle({ theme, layers: everyLayer, overlay: oneLevel });
      for (const entry of listLegend(themed, allKeys, 17).filter(({ geom }) => geom === "line")) {
        const seen = entry.swatch.filter((part) => part.kind === "line" && part.width > 0 && part.opacity > 0);
        expect(seen, entry.key).not.toEqual([]);
        for (const part of seen)
          expect(part, entry.key).toMatchObject({ colour: expect.stringMatching(/^#[\dA-F]{6,8}$/) });
      }
    }
  });

  test("puts streets and houses on tinted ground, the rest on the page", () => {
    for (const { key, group, ground } of listLegend(style, allKeys, 17))
      expect(ground !== null, key).toBe(group === "roads" || group === "buildings");
  });

  test("leaves out what is not drawn at the zoom", () => {
    expect(listLegend(style, allKeys, 12).map((entry) => entry.key)).not.toContain("building-home");
    expect(listLegend(style, allKeys, 16).map((entry) => entry.key)).toContain("building-home");
  });

  test("gives every entry a swatch at every zoom at which it is drawn", () => {
    for (const zoom of [8, 10, 12, 13, 14, 15, 16, 17, 18, 20]) {
      for (const entry of listLegend(style, allKeys, zoom))
        expect(entry.swatch.length, `${entry.key} z${zoom}`).toBeGreaterThan(0);
    }
  });

  test("names every key once a style, with the same words on each of its layers", () => {
    const labels = new Map<string, string>();
    for (const layer of style.layers) {
      const { legend } = layerMetadata(layer);
      if (legend) expect(labels.get(legend.key) ?? legend.label).toBe(legend.label);
      if (legend) labels.set(legend.key, legend.label);
    }
    expect(new Set(labels.values()).size).toBe(labels.size);
  });

  test("speaks the language of the style", () => {
    const english = listLegend(aStyle({ language: "en", layers: everyLayer }), allKeys, 16);
    for (const entry of english) expect(entry.label).not.toMatch(/\p{Script=Han}/u);
  });

  test("resolves paint to what MapLibre's own engine makes of it", () => {
    for (const layer of style.layers) {
      const { legend } = layerMetadata(layer);
      if (legend === false) continue;
      const properties = { hue: 1, ...legend.sample };
      for (const [name, value] of Object.entries({ ...layer.paint })) {
        for (const zoom of [9, 12, 13.3, 15, 15.7, 18, 20]) {
          const ours = resolveValue(value, { zoom, properties });
          if (typeof ours !== "number") continue;
          expect(ours, `${layer.id} ${name} z${zoom}`).toBeCloseTo(evaluate(layer, name, zoom, properties), 9);
        }
      }
    }
  });
});

function evaluate(layer: LayerSpecification, name: string, zoom: number, properties: Record<string, unknown>): number {
  const group = (latest as unknown as Record<string, Record<string, never>>)[`paint_${layer.type}`];
  const value = (layer.paint as Record<string, unknown>)[name];
  const parsed = createPropertyExpression(value, name, group![name]!);
  if (parsed.result === "error") throw new Error(`${layer.id} ${name}`);
  return Number(parsed.value.evaluate({ zoom }, { type: "LineString", properties }, {}));
}
