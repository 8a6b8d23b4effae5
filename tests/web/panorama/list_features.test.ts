import { expect, test } from "vitest";
import type { DrawnFeature } from "../../../web/map/map_types.ts";
import { listFeatures } from "../../../web/panorama/list_features.ts";

function aFeature(change: Partial<DrawnFeature>): DrawnFeature {
  return {
    layer: "facility",
    legend_key: "facility",
    source_layer: "facilities",
    id: "1",
    at: [121.4, 33.6],
    properties: { name: "慧泽小学" },
    ...change,
  };
}

test("the nearest comes first, with its distance over the ground", () => {
  const near = aFeature({ id: "1", at: [121.401, 33.6] });
  const far = aFeature({ id: "2", at: [121.41, 33.6] });
  const listed = listFeatures([far, near], [121.4, 33.6], "governance");
  expect(listed.map(({ id }) => id)).toEqual(["1", "2"]);
  // One thousandth of a degree of longitude at 33.6° N.
  expect(listed[0]?.metres).toBeCloseTo(92.6, 0);
});

test("a thing drawn by several layers or tiles is listed once", () => {
  const parts = [aFeature({ at: [121.42, 33.6] }), aFeature({ layer: "facility-focus", at: [121.41, 33.6] })];
  expect(listFeatures(parts, [121.4, 33.6], "governance")).toHaveLength(1);
});

test("areas are named by network and code, so that the link holds in another database", () => {
  const label = aFeature({ source_layer: "area_labels", properties: { name: "慧泽03", code: "900102001002003" } });
  const [listed] = listFeatures([label], [121.4, 33.6], "governance");
  expect(listed?.sel).toEqual({ kind: "area", key: "governance:900102001002003" });
});

test("things without a name and labels of an overlay are left out", () => {
  const nameless = aFeature({ source_layer: "buildings", properties: { use: "shop" } });
  const overlaid = aFeature({
    layer: "overlay-name",
    source_layer: "area_labels",
    properties: { name: "XF-01", code: "XF-01" },
  });
  const ground = aFeature({ source_layer: "ground", properties: { name: "清澜河" } });
  expect(listFeatures([nameless, overlaid, ground], [121.4, 33.6], "governance")).toEqual([]);
});
