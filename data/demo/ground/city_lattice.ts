import { drawBetween, randomFor, shuffle } from "../random.ts";
import type { SkeletonLine } from "./arrange_lines.ts";
import { newWords } from "./street_words.ts";

/** Districts of a city, west to east and south to north; the first district is the one in the middle. */
export const columns = 7;
export const rows = 5;
export const middleColumn = 3;
export const middleRow = 2;
export const cellWidth = 6240;
export const cellHeight = 5200;

/** Vertices of border lines are this far apart: both neighbours end their streets at them; metres. */
const borderStep = 24;

/** A bent line of the lattice: how far it lies from its straight place. */
interface Wave {
  at: number;
  parts: { amplitude: number; length: number; phase: number }[];
}

/** The border lines of all districts: `west[i]` as x over y, `south[j]` as y over x. */
export interface Lattice {
  seed: string;
  west: Wave[];
  south: Wave[];
  /** Words for names of lines that run through several districts; none is used twice. */
  words: string[];
}

export function drawLattice(seed: string): Lattice {
  const wave = (key: string, at: number, strength: number): Wave => {
    const random = randomFor(`${seed}/lattice/${key}`);
    const part = (amplitude: number, low: number, high: number) => ({
      amplitude: strength * amplitude,
      length: drawBetween(random, low, high),
      phase: random() * 6.3,
    });
    return { at, parts: [part(90, 5200, 8400), part(40, 2100, 3300)] };
  };
  return {
    seed,
    west: Array.from({ length: columns + 1 }, (_, i) => wave(`west/${i}`, (i - middleColumn - 0.5) * cellWidth, 1)),
    south: Array.from({ length: rows + 1 }, (_, j) => wave(`south/${j}`, (j - middleRow - 0.5) * cellHeight, 0.8)),
    words: shuffle(
      randomFor(`${seed}/lattice/words`),
      newWords.filter((word) => word !== "创新"),
    ),
  };
}

export function waveAt(wave: Wave, along: number): number {
  let at = wave.at;
  for (const { amplitude, length, phase } of wave.parts)
    at += amplitude * Math.sin((2 * Math.PI * along) / length + phase);
  return at;
}

/** Where two border lines meet. */
function cornerOf(lattice: Lattice, i: number, j: number): [number, number] {
  let x = lattice.west[i]!.at;
  let y = lattice.south[j]!.at;
  // Both waves are flat, so this converges by a factor of ten each time.
  for (let round = 0; round < 24; round++) {
    x = waveAt(lattice.west[i]!, y);
    y = waveAt(lattice.south[j]!, x);
  }
  return [x, y];
}

/** One side of a district, always from south to north or from west to east, so that neighbours get the same points. */
function drawSide(lattice: Lattice, kind: "west" | "south", i: number, j: number): number[] {
  const from = cornerOf(lattice, i, j);
  const to = kind === "west" ? cornerOf(lattice, i, j + 1) : cornerOf(lattice, i + 1, j);
  const axis = kind === "west" ? 1 : 0;
  const wave = kind === "west" ? lattice.west[i]! : lattice.south[j]!;
  const count = Math.round((to[axis] - from[axis]) / borderStep);
  const points = [from[0], from[1]];
  for (let k = 1; k < count; k++) {
    const along = from[axis] + ((to[axis] - from[axis]) * k) / count;
    const across = waveAt(wave, along);
    points.push(...(kind === "west" ? [across, along] : [along, across]));
  }
  points.push(to[0], to[1]);
  return points;
}

/** The border of the district in column i and row j: main streets towards neighbours, the city's edge elsewhere. */
export function drawCellBorder(lattice: Lattice, i: number, j: number): { border: SkeletonLine[]; outline: number[] } {
  const sides = [
    { points: drawSide(lattice, "south", i, j), outer: j === 0, name: lattice.words[columns + j]! },
    { points: drawSide(lattice, "west", i + 1, j), outer: i === columns - 1, name: lattice.words[i]! },
    { points: drawSide(lattice, "south", i, j + 1), outer: j === rows - 1, name: lattice.words[columns + j + 1]! },
    { points: drawSide(lattice, "west", i, j), outer: i === 0, name: lattice.words[i - 1] ?? "" },
  ];
  const border = sides.map(
    ({ points, outer, name }): SkeletonLine => ({
      name: outer ? null : `${name}大道`,
      class: outer ? "border" : "main",
      points,
      frozen: true,
    }),
  );
  const outline: number[] = [];
  sides.forEach(({ points }, side) => {
    const forward = side < 2 ? points : reversePoints(points);
    outline.push(...forward.slice(0, -2));
  });
  outline.push(outline[0]!, outline[1]!);
  return { border, outline };
}

function reversePoints(points: readonly number[]): number[] {
  const reversed: number[] = [];
  for (let i = points.length - 2; i >= 0; i -= 2) reversed.push(points[i]!, points[i + 1]!);
  return reversed;
}
