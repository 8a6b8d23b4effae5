/** The parts of jsts that the bench asks; it brings no types. Classes of Java, one a file. */
declare module "jsts/org/locationtech/jts/io/GeoJSONReader.js" {
  import type { JstsGeometry } from "jsts/geometry";
  export default class GeoJSONReader {
    read(geojson: object): JstsGeometry;
  }
}
declare module "jsts/geometry" {
  export interface JstsGeometry {
    getEnvelopeInternal(): object;
    getArea(): number;
    getNumGeometries(): number;
    getGeometryN(i: number): JstsGeometry;
    getNumInteriorRing(): number;
  }
}
declare module "jsts/org/locationtech/jts/operation/valid/IsValidOp.js" {
  import type { JstsGeometry } from "jsts/geometry";
  const IsValidOp: { isValid(geometry: JstsGeometry): boolean };
  export default IsValidOp;
}
declare module "jsts/org/locationtech/jts/index/strtree/STRtree.js" {
  export default class STRtree {
    insert(envelope: object, item: number): void;
    query(envelope: object): { toArray(): number[] };
  }
}
declare module "jsts/org/locationtech/jts/operation/relate/RelateOp.js" {
  import type { JstsGeometry } from "jsts/geometry";
  const RelateOp: { relate(a: JstsGeometry, b: JstsGeometry): { matches(pattern: string): boolean } };
  export default RelateOp;
}
declare module "jsts/org/locationtech/jts/operation/overlay/OverlayOp.js" {
  import type { JstsGeometry } from "jsts/geometry";
  const OverlayOp: { intersection(a: JstsGeometry, b: JstsGeometry): JstsGeometry };
  export default OverlayOp;
}
declare module "jsts/org/locationtech/jts/operation/union/CascadedPolygonUnion.js" {
  import type { JstsGeometry } from "jsts/geometry";
  const CascadedPolygonUnion: { union(geometries: object): JstsGeometry };
  export default CascadedPolygonUnion;
}
declare module "jsts/java/util/ArrayList.js" {
  export default class ArrayList {
    add(item: object): boolean;
  }
}
