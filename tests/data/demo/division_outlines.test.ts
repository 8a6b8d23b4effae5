import { describe, expect, test } from "vitest";
import { cutCells } from "../../../data/demo/division/cut_cells.ts";
import { edgesOfRings, faceLeftOf } from "../../../data/demo/division/face_mesh.ts";
import { doubleArea, traceAreas } from "../../../data/demo/division/trace_areas.ts";
import { aGridPlan } from "../../support/grid_plan.ts";

/** Vertices of a raster of unit squares; face = row · columns + column, counter-clockwise. */
function aBoard(columns: number, rows: number) {
  const vertex = (i: number, j: number) => j * (columns + 1) + i;
  const rings: number[][] = [];
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++) {
      rings.push([vertex(i, j), vertex(i + 1, j), vertex(i + 1, j + 1), vertex(i, j + 1)]);
    }
  }
  const count = (columns + 1) * (rows + 1);
  const x = Array.from({ length: count }, (_, at) => at % (columns + 1));
  const y = Array.from({ length: count }, (_, at) => Math.floor(at / (columns + 1)));
  return { edges: edgesOfRings(rings), vertices: { x, y } };
}

/** Outlines of the areas that a picture shows: top row first, letters are areas, dots are none. */
function trace(...picture: string[]) {
  const rows = [...picture].reverse();
  const { edges, vertices } = aBoard(picture[0]!.length, picture.length);
  const letters = [...new Set(rows.join("").replaceAll(".", ""))].sort();
  const area = [...rows.join("")].map((letter) => letters.indexOf(letter));
  return traceAreas(edges, area, letters.length, vertices).map((polygons) =>
    polygons.map((rings) => rings.map((ring) => doubleArea(ring, vertices) / 2)),
  );
}

describe("outlines of unions of faces", () => {
  test("an area round another has it as a hole", () => {
    expect(trace("aaa", "aba", "aaa")).toEqual([[[9, -1]], [[1]]]);
  });

  test("faces that touch at a corner only are two polygons", () => {
    expect(trace("a.", ".a")).toEqual([[[1], [1]]]);
  });

  test("two holes that touch at a corner are two rings", () => {
    expect(trace("aaaa", "a.aa", "aa.a", "aaaa")).toEqual([[[16, -1, -1]]]);
  });

  test("a hole that touches the outside at a corner stays a hole", () => {
    //  The inside wedge at the corner would otherwise join both into one ring that touches itself.
    expect(trace(".aaa", "a.aa", "aaaa")).toEqual([[[11, -1]]]);
  });

  test("an island in the hole of its own area is a polygon of its own", () => {
    expect(trace("aaaaa", "a...a", "a.a.a", "a...a", "aaaaa")).toEqual([[[25, -9], [1]]]);
  });
});

describe("cells", () => {
  const plan = aGridPlan({ columns: 4, rows: 4, seed: "cells" });
  // One face of 240 × 240 m, so that there is something to cut.
  const big = { ...plan, parcels: plan.parcels.map((parcel) => ({ ...parcel, ring: [...parcel.ring] })) };
  const border = [0, 1, 2, 3, 16, 29, 42, 41, 40, 39, 26, 13]; // 13 vertices a row
  const single = { ...big, parcels: [{ ...big.parcels[0]!, ring: border }], buildings: [] };

  test("a parcel above 15,000 m² is cut until no face is, and the faces fill it", () => {
    const mesh = cutCells(single);
    const areas = mesh.rings.map((ring) => doubleArea(ring, mesh) / 2);
    expect(Math.max(...areas)).toBeLessThanOrEqual(15_000);
    expect(Math.min(...areas)).toBeGreaterThan(3_000);
    expect(areas.reduce((sum, area) => sum + area, 0)).toBeCloseTo(doubleArea(border, single) / 2, -1);
  });

  test("the outer border takes no vertex: a district beside it may be laid apart", () => {
    const mesh = cutCells(single);
    const outer = mesh.rings.flatMap((ring) =>
      ring.filter((from, at) => faceLeftOf(mesh.leftOf, ring[(at + 1) % ring.length]!, from) === -1),
    );
    expect(outer.sort((a, b) => a - b)).toEqual([...border].sort((a, b) => a - b));
  });

  test("parcels below that stay as they are", () => {
    expect(cutCells(plan).rings).toEqual(plan.parcels.map((parcel) => parcel.ring));
  });

  test("every edge inside has the same vertices from both sides", () => {
    const mesh = cutCells(single);
    mesh.rings.forEach((ring, face) => {
      ring.forEach((from, at) => {
        const to = ring[(at + 1) % ring.length]!;
        expect(faceLeftOf(mesh.leftOf, from, to)).toBe(face);
        const beyond = faceLeftOf(mesh.leftOf, to, from);
        if (beyond !== -1) expect(mesh.rings[beyond]).toEqual(expect.arrayContaining([from, to]));
      });
    });
  });

  test("a cut goes round a house that stands in the middle", () => {
    const house = [110, 110, 130, 110, 130, 130, 110, 130];
    const built = { ...single, buildings: [{ ...plan.buildings[0]!, parcel: 0, ring: house }] };
    const mesh = cutCells(built);
    const inside = mesh.rings.filter((ring) =>
      [0, 2, 4, 6].some((at) => holds(ring, mesh, house[at]!, house[at + 1]!)),
    );
    expect(inside).toHaveLength(1);
  });
});

function holds(ring: number[], { x, y }: { x: number[]; y: number[] }, px: number, py: number): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [a, b] = [ring[i]!, ring[j]!];
    if (y[a]! > py === y[b]! > py) continue;
    if (px < ((x[b]! - x[a]!) * (py - y[a]!)) / (y[b]! - y[a]!) + x[a]!) inside = !inside;
  }
  return inside;
}
