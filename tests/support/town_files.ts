/** GeoJSON of a town of a few houses, as its files hold it. */

/** A feature; polygons and lines as lists of [metres east, metres north] of a corner. */
export function feature(properties: Record<string, unknown>, geometry: unknown, id?: string) {
  return { type: "Feature", ...(id === undefined ? {} : { id }), properties, geometry };
}

export function collection(...features: unknown[]) {
  return { type: "FeatureCollection", attribution: "© 测绘队, CC0", features };
}

const position = ([x, y]: [number, number]) => [15.6 + x / 73_900, 48.4 + y / 111_200];

/** A rectangle, `x`, `y` metres from the corner of the town, `width` × `depth` metres. */
export function box(x: number, y: number, width: number, depth: number) {
  const corners: [number, number][] = [
    [x, y],
    [x + width, y],
    [x + width, y + depth],
    [x, y + depth],
    [x, y],
  ];
  return { type: "Polygon", coordinates: [corners.map(position)] };
}

function path(...points: [number, number][]) {
  return { type: "LineString", coordinates: points.map(position) };
}

/** Crosses itself. */
export function bowTie(x: number, y: number) {
  const corners: [number, number][] = [
    [x, y],
    [x + 10, y + 10],
    [x + 10, y],
    [x, y + 10],
    [x, y],
  ];
  return { type: "Polygon", coordinates: [corners.map(position)] };
}

/** Files of a town with houses, streets, a brook and a railway. */
export function townFiles() {
  return {
    boundary: collection(feature({}, box(0, 0, 1000, 600))),
    buildings: collection(
      feature({ building: "yes" }, box(100, 100, 12, 10), "b1"),
      feature({ building: "apartments", "building:levels": "6", households: 24, people: 60 }, box(200, 100, 40, 12)),
      feature({ building: "yes", amenity: "school", name: "Volksschule" }, box(300, 100, 60, 20)),
      feature({ building: "yes", "addr:street": "Ringstraße", "addr:housenumber": "7a" }, box(400, 100, 10, 10)),
      feature({ building: "yes" }, bowTie(500, 100), "b5"),
      feature({ building: "garage" }, box(600, 100, 6, 4)),
    ),
    roads: collection(
      feature({ highway: "residential", name: "Ringstraße" }, path([0, 90], [500, 90])),
      feature({ highway: "residential", name: "Ringstraße" }, path([500, 90], [900, 95])),
      feature({ highway: "primary", name: "Hauptstraße" }, path([0, 50], [900, 50])),
      feature({ highway: "footway" }, path([10, 50], [10, 90])),
      feature({ highway: "footway", name: "Kirchsteig" }, path([20, 50], [20, 90])),
      feature({ highway: "platform" }, path([0, 0], [9, 0]), "r6"),
    ),
    waterways: collection(feature({ waterway: "stream", name: "Mühlbach" }, path([0, 300], [500, 320], [900, 300]))),
    railways: collection(
      feature({ railway: "rail" }, path([0, 500], [900, 500])),
      feature({ railway: "rail", tunnel: "yes" }, path([0, 400], [900, 400])),
    ),
  };
}
