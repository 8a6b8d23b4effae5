import type { MultiLine, MultiPolygon, Position, Shape } from "../data/schema/geometry.ts";

/** MVT geometry types. */
export const pointShape = 1;
export const lineShape = 2;
export const polygonShape = 3;

/**
 * Many shapes in flat arrays:
 *
 *     shape i  →  parts starts[i] … starts[i + 1]      (rings, lines or points)
 *     part p   →  positions ends[p − 1] … ends[p]      (0 before the first)
 *     position →  coordinates[2 k], coordinates[2 k + 1]   degrees, longitude first
 *
 * Rings are closed; `holes[p]` is 1 for inner rings, which follow their exterior.
 */
export interface ShapeColumns {
  count: number;
  types: Uint8Array;
  starts: Uint32Array;
  ends: Uint32Array;
  holes: Uint8Array;
  coordinates: Float64Array;
}

/** Collects shapes one after another. `finish` hands the columns over and starts anew. */
export class ShapeCollector {
  private types: number[] = [];
  private starts: number[] = [0];
  private ends: number[] = [];
  private holes: number[] = [];
  private coordinates = new Float64Array(1024);
  private positions = 0;

  addPosition(lon: number, lat: number): void {
    if (this.positions * 2 === this.coordinates.length) {
      const wider = new Float64Array(this.coordinates.length * 2);
      wider.set(this.coordinates);
      this.coordinates = wider;
    }
    this.coordinates[this.positions * 2] = lon;
    this.coordinates[this.positions * 2 + 1] = lat;
    this.positions++;
  }

  /** Closes the part that the positions since the last one make. */
  endPart(isHole = false): void {
    this.ends.push(this.positions);
    this.holes.push(isHole ? 1 : 0);
  }

  /** Closes the shape that the parts since the last one make. */
  endShape(type: number): void {
    this.types.push(type);
    this.starts.push(this.ends.length);
  }

  addPoint([lon, lat]: Position): void {
    this.addPosition(lon, lat);
    this.endPart();
    this.endShape(pointShape);
  }

  addLines(lines: MultiLine): void {
    for (const line of lines) this.addFlat(line, false);
    this.endShape(lineShape);
  }

  addPolygons(polygons: MultiPolygon): void {
    for (const polygon of polygons) for (let i = 0; i < polygon.length; i++) this.addFlat(polygon[i]!, i > 0);
    this.endShape(polygonShape);
  }

  addShape(shape: Shape): void {
    if (shape.type === "Point") this.addPoint(shape.at);
    else if (shape.type === "MultiLineString") this.addLines(shape.lines);
    else this.addPolygons(shape.polygons);
  }

  private addFlat(line: number[], isHole: boolean): void {
    for (let i = 0; i < line.length; i += 2) this.addPosition(line[i]!, line[i + 1]!);
    this.endPart(isHole);
  }

  finish(): ShapeColumns {
    const columns: ShapeColumns = {
      count: this.types.length,
      types: Uint8Array.from(this.types),
      starts: Uint32Array.from(this.starts),
      ends: Uint32Array.from(this.ends),
      holes: Uint8Array.from(this.holes),
      coordinates: this.coordinates.slice(0, this.positions * 2),
    };
    this.types = [];
    this.starts = [0];
    this.ends = [];
    this.holes = [];
    this.positions = 0;
    return columns;
  }
}

/** The polygons of shape i, for the geometry kernel. */
export function polygonsOf(shapes: ShapeColumns, i: number): MultiPolygon {
  const polygons: MultiPolygon = [];
  for (let part = shapes.starts[i]!; part < shapes.starts[i + 1]!; part++) {
    const from = part === 0 ? 0 : shapes.ends[part - 1]!;
    const ring = Array.from(shapes.coordinates.subarray(from * 2, shapes.ends[part]! * 2));
    if (shapes.holes[part]) polygons.at(-1)?.push(ring);
    else polygons.push([ring]);
  }
  return polygons;
}
