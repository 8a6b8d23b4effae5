import { expect, test } from "vitest";
import { buildStyle } from "../../../data/cartography/build_style.ts";
import { layerMetadata } from "../../../data/cartography/legend_metadata.ts";
import { layerGroups, type StyleOptions } from "../../../data/cartography/style_options.ts";
import { listLegend } from "../../../web/panorama/legend_entries.ts";
import { resolveColour, resolveNumber } from "../../../web/panorama/resolve_paint.ts";

const options: StyleOptions = {
  theme: "light",
  language: "zh-CN",
  tiles: "http://127.0.0.1/tiles",
  network: {
    code: "governance",
    mark: "社",
    levels: [
      { ordinal: 1, role: "subdistrict" },
      { ordinal: 2, role: "community" },
      { ordinal: 3, role: "grid" },
    ],
  },
  layers: Object.fromEntries(Object.keys(layerGroups).map((group) => [group, true])),
};
const style = buildStyle(options);
const allKeys = new Set(
  style.layers.flatMap((layer) => {
    const { legend } = layerMetadata(layer);
    return legend ? [legend.key] : [];
  }),
);

test("every key that the style draws has exactly one line in the legend", () => {
  const keys = listLegend(style, allKeys)
    .flat()
    .map(({ key }) => key);
  expect(keys.toSorted()).toEqual([...allKeys].toSorted());
});

test("only what is in view has a line", () => {
  const [key] = allKeys;
  expect(
    listLegend(style, new Set([key!]))
      .flat()
      .map((entry) => entry.key),
  ).toEqual([key]);
  expect(listLegend(style, new Set())).toEqual([]);
});

test("layers that are switched off have no line", () => {
  const bare = buildStyle({ ...options, layers: { roads: false } });
  const groups = listLegend(bare, allKeys).map((entries) => entries[0]?.group);
  expect(groups).not.toContain("roads");
});

test("swatches show the paint of the layer at that zoom, a visible colour and width for every line", () => {
  const invisible = listLegend(style, allKeys)
    .flat()
    .filter(({ geom }) => geom === "line")
    .filter(({ layers, sample = {} }) =>
      layers.every((layer) => {
        if (layer.type !== "line") return true;
        const colour = resolveColour(layer, "line-color", 17, sample);
        return !/^rgba?\(/.test(colour) || resolveNumber(layer, "line-width", 17, sample, 0) <= 0;
      }),
    );
  expect(invisible.map(({ key }) => key)).toEqual([]);
});
