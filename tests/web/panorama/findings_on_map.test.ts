import { expect, test } from "vitest";
import { say } from "../../../data/vocabulary/language.ts";
import { boxOf, listBadges, listFindings, withSurroundings } from "../../../web/panorama/findings_on_map.ts";
import type { Voice } from "../../../web/ui/word_issue.ts";
import { aFault, aReport, aWarning } from "../../support/a_check_report.ts";

const voice: Voice = {
  language: "zh-CN",
  scope: null,
  name: (text) => text,
  speak: (wording, values) => say(wording, "zh-CN", values),
};

test("a fault is a face and a chip; the chosen one shows its chip however small it is", () => {
  const report = aReport({ faults: [aFault({ key: "a" }), aFault({ key: "b" })] });
  const found = listFindings(report, "b", voice, false);
  expect(found.map(({ properties }) => [properties.mark, properties.chosen])).toEqual([
    ["face", 0],
    ["fault", 0],
    ["face", 1],
    ["fault", 1],
  ]);
  expect(found[3]!.properties.size).toBeGreaterThan(found[1]!.properties.size);
});

test("a thing without a face is a disc at its place", () => {
  const thing = { kind: "facility", id: "1", name: "幼儿园" };
  const point = aFault({ kind: "uncovered", thing, geometry: { type: "Point", coordinates: [121.4, 33.6] } });
  const found = listFindings(aReport({ faults: [point] }), null, voice, false);
  expect(found.map(({ properties }) => [properties.mark, properties.look, properties.size])).toEqual([
    ["fault", "uncovered", 0],
  ]);
});

test("an area has one badge, whatever the number of its warnings", () => {
  const report = aReport({ warnings: [aWarning({ key: "a" }), aWarning({ key: "b", kind: "pieces" })] });
  expect(listBadges(report, voice)).toEqual([{ area_id: 2, text: "▲612户" }]);
});

test("buildings that no hydrant reaches are drawn where they are asked for", () => {
  const far = [{ area: null, building_id: "9", name: "", at: [121.4, 33.6] as [number, number], distance_m: 210 }];
  const report = aReport({ hydrants: { radius_m: 150, hydrants: 1, buildings: 2, far_count: 1, far } });
  expect(listFindings(report, null, voice, false)).toEqual([]);
  expect(listFindings(report, null, voice, true).map(({ properties }) => properties.mark)).toEqual(["far"]);
});

test("the camera takes in what lies around a fault, and never less than a block", () => {
  const box = boxOf({
    type: "LineString",
    coordinates: [
      [121.4, 33.6],
      [121.4, 33.6],
    ],
  })!;
  const [west, south, east, north] = withSurroundings(box);
  expect((north - south) * 111_000).toBeGreaterThan(200);
  expect(east - west).toBeGreaterThan(north - south);
  expect(boxOf({ type: "Polygon", coordinates: [] })).toBeNull();
});
