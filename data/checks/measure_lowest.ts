import type { AreaMeasures } from "./compactness.ts";
import type { CheckedArea } from "./division.ts";
import type { Measures } from "./findings.ts";
import { type InnerBorders, shareOnRoads } from "./inner_borders.ts";

/** Figures of the division as a whole, from its lowest areas. `measured` holds each of them. */
export function measureLowest(
  lowest: readonly CheckedArea[],
  measured: ReadonlyMap<CheckedArea, AreaMeasures>,
  inner: InnerBorders,
): Measures {
  const by_area = lowest.map((area) => {
    const { compactness, pieces } = measured.get(area)!;
    return { area_id: area.id, compactness, border_on_roads: shareOnRoads(inner.of(area)), pieces };
  });
  const compactness = spread(by_area.map((area) => area.compactness));
  return {
    lowest_areas: lowest.length,
    households: spread(lowest.map(({ households }) => households)),
    compactness: compactness && { least: compactness.least, mean: compactness.mean },
    border_on_roads: shareOnRoads(inner.lowest),
    by_area,
  };
}

/** Deviation of all values from their mean (standard deviation, of the population). Null for none. */
function spread(values: readonly number[]): Measures["households"] {
  if (values.length === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) [least, most] = [Math.min(least, value), Math.max(most, value)];
  return { least, mean, most, deviation: Math.sqrt(squares / values.length) };
}
