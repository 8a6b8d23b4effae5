import type { CoverageArea } from "../../data/coverage/fault.ts";
import type { MultiPolygon, Polygon, Ring } from "../../data/schema/geometry.ts";
import { seeded } from "../data/division/dissection.ts";

/** What to build; one cell is about 80 m wide. */
export interface DivisionShape {
  columns: number;
  rows: number;
  /** Cells are given to this many areas at random: pieces, enclaves and points that touch come by themselves. */
  areas: number;
  /** Vertices along each side of a cell, beside its ends. */
  detail: number;
  seed: number;
}

export interface PlanarDivision {
  areas: CoverageArea[];
  container: MultiPolygon;
}

const [west, south] = [121.4, 33.6];
const [cellWidth, cellHeight] = [0.00086, 0.00072];

/** A right division of a shaken raster; every border is the same on both sides. */
export function aPlanarDivision(shape: DivisionShape): PlanarDivision {
  const { columns, rows, areas, seed } = shape;
  const random = seeded(seed);
  const sides = shakenSides(shape, random);
  const owners = Array.from({ length: columns * rows }, (_, cell) =>
    cell < areas ? cell : Math.floor(random() * areas),
  );
  const cellsOf = (owner: number) => owners.flatMap((other, cell) => (other === owner ? [cell] : []));
  return {
    areas: Array.from({ length: areas }, (_, owner) => ({
      id: `a${owner}`,
      polygons: outlineOf(cellsOf(owner), columns, sides),
    })),
    container: outlineOf(Array.from(owners.keys()), columns, sides),
  };
}

/** Corners are numbered row by row, columns + 1 in each. A side is the line from one corner to a neighbour's. */
type Sides = (from: number, to: number) => Ring;

function shakenSides({ columns, rows, detail }: DivisionShape, random: () => number): Sides {
  const snap = (degrees: number) => Math.round(degrees * 1e9) / 1e9;
  const corners = Array.from({ length: (columns + 1) * (rows + 1) }, (_, corner) => [
    snap(west + ((corner % (columns + 1)) + 0.3 * (random() - 0.5)) * cellWidth),
    snap(south + (Math.floor(corner / (columns + 1)) + 0.3 * (random() - 0.5)) * cellHeight),
  ]);
  const known = new Map<string, Ring>();
  return (from, to) => {
    if (from > to) return reversed(known.get(`${to} ${from}`) ?? draw(to, from));
    return known.get(`${from} ${to}`) ?? draw(from, to);
  };
  function draw(from: number, to: number): Ring {
    const [ax, ay] = corners[from]!;
    const [bx, by] = corners[to]!;
    const line = [ax!, ay!];
    for (let i = 1; i <= detail; i++) {
      const share = i / (detail + 1);
      const off = 0.2 * (random() - 0.5) * Math.min(share, 1 - share);
      line.push(
        snap(ax! + share * (bx! - ax!) - off * (by! - ay!)),
        snap(ay! + share * (by! - ay!) + off * (bx! - ax!)),
      );
    }
    line.push(bx!, by!);
    known.set(`${from} ${to}`, line);
    return line;
  }
}

/** Cells joined: sides that two of them share drop out. */
function outlineOf(cells: number[], columns: number, sides: Sides): MultiPolygon {
  const after = new Map<string, [number, number]>(); // a side of a cell → the side of the same cell that follows
  for (const cell of cells) {
    const a = Math.floor(cell / columns) * (columns + 1) + (cell % columns);
    const corners = [a, a + 1, a + columns + 2, a + columns + 1];
    corners.forEach((from, i) => {
      const [to, beyond] = [corners[(i + 1) % 4]!, corners[(i + 2) % 4]!];
      after.set(`${from} ${to}`, [to, beyond]);
    });
  }
  const left = new Set([...after.keys()].filter((key) => !after.has(key.split(" ").reverse().join(" "))));
  const rings: number[][] = [];
  for (const key of left) {
    const ring: number[] = [];
    let [from, to] = key.split(" ").map(Number) as [number, number];
    while (left.delete(`${from} ${to}`)) {
      ring.push(from);
      let next = after.get(`${from} ${to}`)!;
      while (after.has(`${next[1]} ${next[0]}`)) next = after.get(`${next[1]} ${next[0]}`)!;
      [from, to] = next;
    }
    rings.push(...simpleRings(ring));
  }
  return joinHoles(rings.map((ring) => drawRing(ring, sides)));
}

function simpleRings(corners: number[]): number[][] {
  const rings: number[][] = [];
  const open: number[] = [];
  for (const corner of corners) {
    const at = open.indexOf(corner);
    if (at >= 0) rings.push(open.splice(at));
    open.push(corner);
  }
  return [...rings, open];
}

function drawRing(corners: number[], sides: Sides): Ring {
  const ring = corners.flatMap((from, i) => sides(from, corners[(i + 1) % corners.length]!).slice(0, -2));
  return [...ring, ring[0]!, ring[1]!];
}

function joinHoles(rings: Ring[]): MultiPolygon {
  const polygons: Polygon[] = rings.filter((ring) => turn(ring) > 0).map((ring) => [ring]);
  for (const hole of rings.filter((ring) => turn(ring) < 0)) {
    const middle = [(hole[0]! + hole[2]!) / 2, (hole[1]! + hole[3]!) / 2] as const;
    const around = polygons.filter(([exterior]) => isInside(exterior!, ...middle));
    around.sort((a, b) => turn(a[0]!) - turn(b[0]!))[0]!.push(hole);
  }
  return polygons;
}

function turn(ring: Ring): number {
  let sum = 0;
  for (let i = 2; i < ring.length; i += 2) {
    sum += (ring[i - 2]! - west) * (ring[i + 1]! - south) - (ring[i]! - west) * (ring[i - 1]! - south);
  }
  return sum;
}

function isInside(ring: Ring, x: number, y: number): boolean {
  let inside = false;
  for (let i = 2; i < ring.length; i += 2) {
    const [ax, ay, bx, by] = [ring[i - 2]!, ring[i - 1]!, ring[i]!, ring[i + 1]!];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

export function reversed(line: Ring): Ring {
  const back: Ring = [];
  for (let i = line.length - 2; i >= 0; i -= 2) back.push(line[i]!, line[i + 1]!);
  return back;
}
