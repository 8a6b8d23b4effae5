import { validateStyleMin } from "@maplibre/maplibre-gl-style-spec";
import { describe, expect, test } from "vitest";
import { buildStyle } from "../../../data/cartography/build_style.ts";
import { layerMetadata } from "../../../data/cartography/legend_metadata.ts";
import type { StyleOptions } from "../../../data/cartography/style_options.ts";
import { everyLayer, everyMark, governance, oneLevel } from "../../support/map_styles.ts";

const basemap = {
  tiles: "https://host/basemap/a/{z}/{x}/{y}",
  attribution: "",
  min_zoom: 0,
  max_zoom: 18,
  tile_size: 256,
};

const variants: StyleOptions[] = (["light", "dark"] as const).flatMap((theme) =>
  (["zh-CN", "en"] as const).flatMap((language) =>
    [
      {},
      { level: 2 },
      { overlay: oneLevel },
      { layers: everyLayer },
      { basemap: basemap as StyleOptions["basemap"] },
      { network: oneLevel },
      { marks: everyMark, overlay: oneLevel },
      { changes: { former: 1, areas: [1, 2], level: 3 }, edition: 2 },
    ].map((extra) => ({ theme, language, tiles: "https://host/tiles", network: governance, ...extra })),
  ),
);

describe("the map style", () => {
  test("is valid in every theme and language, for every network, level, overlay and backdrop", () => {
    for (const options of variants) expect(validateStyleMin(buildStyle(options))).toEqual([]);
  });

  test("asks for nothing but tiles: no glyphs, no sprite", () => {
    for (const options of variants) {
      const style = buildStyle(options);
      expect(style.glyphs).toBeUndefined();
      expect(style.sprite).toBeUndefined();
    }
  });

  test("says of every layer what it is in the legend, or that it is none", () => {
    for (const options of variants) {
      for (const layer of buildStyle(options).layers) {
        const { legend } = layerMetadata(layer);
        if (legend === false) continue;
        expect(legend, layer.id).toMatchObject({
          key: expect.stringMatching(/./),
          order: expect.any(Number),
          group: expect.any(String),
          geom: expect.stringMatching(/^(fill|line|symbol|circle|hues)$/),
          label: expect.stringMatching(/./),
        });
      }
    }
  });

  test("changes layout by zoom at whole zooms only", () => {
    for (const options of variants) {
      for (const layer of buildStyle(options).layers) {
        for (const field of ["text-field", "icon-image", "text-font", "symbol-sort-key"]) {
          const value = (layer.layout as Record<string, unknown> | undefined)?.[field];
          for (const zoom of zoomSteps(value)) expect(Number.isInteger(zoom), `${layer.id} ${field}`).toBe(true);
        }
      }
    }
  });

  test("names its layers once, and keeps the names in both themes", () => {
    const ids = (theme: "light" | "dark") =>
      buildStyle({ ...variants[0], theme } as StyleOptions).layers.map((layer) => layer.id);
    expect(new Set(ids("light")).size).toBe(ids("light").length);
    expect(ids("dark")).toEqual(expect.arrayContaining(ids("light").filter((id) => !id.endsWith("-casing"))));
  });

  test("gives both zoom limits to layers whose zooms depend on the network or the pinned level", () => {
    for (const options of variants) {
      for (const layer of buildStyle(options).layers) {
        if (!("source" in layer) || layer.source !== "areas" || layer.id.startsWith("area-focus")) continue;
        expect(layer, layer.id).toMatchObject({ minzoom: expect.any(Number), maxzoom: expect.any(Number) });
      }
    }
  });

  test("asks for no tiles of what is switched off", () => {
    const shown = buildStyle({ ...variants[0]!, layers: {} }).layers.filter(
      (layer) => layer.layout?.visibility !== "none",
    );
    const sources = new Set(shown.map((layer) => ("source" in layer ? layer.source : "")));
    expect(sources).not.toContain("pipes");
    expect(sources).not.toContain("components");
  });

  test("never blurs a halo, and gives every text one", () => {
    for (const options of variants) {
      for (const layer of buildStyle(options).layers) {
        if (layer.type !== "symbol" || layer.layout?.["text-field"] === undefined) continue;
        expect(layer.paint?.["text-halo-blur"] ?? 0, layer.id).toBe(0);
        expect(Number(layer.paint?.["text-halo-width"]), layer.id).toBeGreaterThanOrEqual(1.4);
      }
    }
  });
});

/** Zooms at which a `step` by zoom inside a layout expression changes. */
function zoomSteps(expression: unknown): number[] {
  if (!Array.isArray(expression)) return [];
  const own =
    expression[0] === "step" && Array.isArray(expression[1]) && expression[1][0] === "zoom"
      ? expression.slice(3).filter((_, index) => index % 2 === 0)
      : [];
  return [...(own as number[]), ...expression.flatMap(zoomSteps)];
}
