import type { JstsGeometry } from "jsts/geometry";
import ArrayList from "jsts/java/util/ArrayList.js";
import STRtree from "jsts/org/locationtech/jts/index/strtree/STRtree.js";
import GeoJSONReader from "jsts/org/locationtech/jts/io/GeoJSONReader.js";
import OverlayOp from "jsts/org/locationtech/jts/operation/overlay/OverlayOp.js";
import RelateOp from "jsts/org/locationtech/jts/operation/relate/RelateOp.js";
import CascadedPolygonUnion from "jsts/org/locationtech/jts/operation/union/CascadedPolygonUnion.js";
import IsValidOp from "jsts/org/locationtech/jts/operation/valid/IsValidOp.js";
import type { CoverageArea } from "../../../data/coverage/fault.ts";

/** jsts' own way: validity of each, overlaps by a self-join over an STR-tree, gaps as holes of the union. @returns ms */
export function timeJsts(areas: readonly CoverageArea[]): number {
  const reader = new GeoJSONReader();
  const geometries = areas.map(({ polygons }) => reader.read({ type: "MultiPolygon", coordinates: nested(polygons) }));
  const started = performance.now();
  const valid = geometries.filter((geometry) => IsValidOp.isValid(geometry));
  overlapsOf(valid);
  holesOf(valid);
  return performance.now() - started;
}

/** Pairs whose insides meet are cut out, as one would in SQL; cutting out every pair that touches takes longer. */
function overlapsOf(geometries: readonly JstsGeometry[]): number {
  const tree = new STRtree();
  geometries.forEach((geometry, i) => {
    tree.insert(geometry.getEnvelopeInternal(), i);
  });
  let surface = 0;
  geometries.forEach((geometry, i) => {
    for (const j of tree.query(geometry.getEnvelopeInternal()).toArray()) {
      if (j <= i || !RelateOp.relate(geometry, geometries[j]!).matches("T********")) continue;
      surface += OverlayOp.intersection(geometry, geometries[j]!).getArea();
    }
  });
  return surface;
}

function holesOf(geometries: readonly JstsGeometry[]): number {
  const list = new ArrayList();
  for (const geometry of geometries) list.add(geometry);
  const union = CascadedPolygonUnion.union(list);
  let holes = 0;
  for (let i = 0; i < union.getNumGeometries(); i++) holes += union.getGeometryN(i).getNumInteriorRing();
  return holes;
}

function nested(polygons: CoverageArea["polygons"]): number[][][][] {
  return polygons.map((polygon) =>
    polygon.map((ring) => Array.from({ length: ring.length / 2 }, (_, i) => [ring[2 * i]!, ring[2 * i + 1]!])),
  );
}
