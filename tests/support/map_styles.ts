import { buildStyle } from "../../data/cartography/build_style.ts";
import { layerGroups, type StyledNetwork, type StyleOptions } from "../../data/cartography/style_options.ts";

/** The four levels of the demo's community grids. */
export const governance: StyledNetwork = {
  code: "governance",
  mark: "社",
  levels: [
    { ordinal: 1, role: "subdistrict" },
    { ordinal: 2, role: "community" },
    { ordinal: 3, role: "grid" },
    { ordinal: 4, role: "sub" },
  ],
};

/** A network of one level, as an imported coverage is. */
export const oneLevel: StyledNetwork = { code: "police", mark: "警", levels: [{ ordinal: 1, role: "grid" }] };

/** Every group of layers switched on. */
export const everyLayer: StyleOptions["layers"] = Object.fromEntries(
  Object.keys(layerGroups).map((group) => [group, true]),
);

/** All that checks lay over the map. */
export const everyMark: NonNullable<StyleOptions["marks"]> = {
  findings: true,
  badges: [{ area_id: 1, text: "▲612户" }],
  reach: { buildings: [1, 2], radius_m: 150, latitude: 33.6 },
  nesting: [[1], [2, 3], [], [4], [5]],
};

export function aStyle(options: Partial<StyleOptions> = {}) {
  return buildStyle({
    theme: "light",
    language: "zh-CN",
    tiles: "https://host/tiles",
    network: governance,
    ...options,
  });
}
