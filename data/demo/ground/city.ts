import type { EdgeClass, Zone } from "../ground_plan.ts";
import { drawBetween, type Random, randomFor } from "../random.ts";
import type { SkeletonLine } from "./arrange_lines.ts";
import type { Cell } from "./cell.ts";
import {
  cellHeight,
  cellWidth,
  columns,
  drawCellBorder,
  drawLattice,
  type Lattice,
  middleColumn,
  middleRow,
  rows,
  waveAt,
} from "./city_lattice.ts";
import { drawAlongX, drawSpline, step } from "./line_shapes.ts";
import { demoRiver, embankment } from "./river.ts";
import { drawDistrictIn, railwayPoints } from "./skeleton.ts";

/** Districts of a city; number 0 holds the places with golden figures. */
export const districtsOfCity = columns * rows;

const overshoot = 520;

/** The railway of the demo district, led on to both ends of the city; it never meets the river. */
const cityRailway: readonly (readonly [number, number])[] = [
  [-9600, 14200],
  [-7800, 10300],
  [-4300, 7600],
  [-2200, 5100],
  ...railwayPoints,
  [6600, -150],
  [10800, 420],
  [15400, 1300],
  [19200, 900],
  [23500, 1900],
];

/**
 * The skeleton of one district of a city: neighbours share their border lines point by point, the river and the
 * avenues run through. Districts are laid one by one or side by side, in any order, with the same result.
 * @param index - 0 … districtsOfCity − 1
 */
export function drawCityCell(seed: string, index: number): Cell {
  const lattice = drawLattice(seed);
  const middle = middleRow * columns + middleColumn;
  // The middle one comes first, the others in order of the lattice.
  const at = index === 0 ? middle : index <= middle ? index - 1 : index;
  const i = at % columns;
  const j = Math.floor(at / columns);
  const { border, outline } = drawCellBorder(lattice, i, j);
  if (index === 0) return drawDistrictIn(seed, { outline, border, railway: cityRailway, overshoot });
  return drawPlainCell(lattice, i, j, outline, border, `${seed}.${index}`);
}

function drawPlainCell(
  lattice: Lattice,
  i: number,
  j: number,
  outline: number[],
  border: SkeletonLine[],
  seed: string,
): Cell {
  const random = randomFor(`${seed}/cell`);
  const river = j === middleRow ? demoRiver : null;
  const centreX = (i - middleColumn) * cellWidth;
  const centreY = (j - middleRow) * cellHeight;
  const oldX = centreX + drawBetween(random, -1000, 1000);
  const oldY = centreY + drawBetween(random, river ? 100 : -700, 700);
  const railway: SkeletonLine = { name: null, class: "railway", points: drawSpline(cityRailway), frozen: false };
  return {
    seed,
    outline,
    lines: [
      ...border,
      ...(river ? drawWaterside(centreX) : []),
      ...drawColumns(lattice, i, j, river !== null),
      ...drawRows(lattice, i, j),
      drawDiagonal(lattice, i, j, [oldX, oldY], random),
      railway,
    ],
    river,
    riverName: river ? "清澜河" : null,
    station: null,
    shopShare: 0.6,
    swirls: [{ x: oldX, y: oldY, radius: 1500, angle: drawBetween(random, -0.26, 0.26) }],
    zoneAt: makeZones(lattice, i, j, [oldX, oldY], random),
    placeAt: () => null,
    isInside: () => true,
  };
}

function drawWaterside(centreX: number): SkeletonLine[] {
  const bank = (side: number) => (x: number) => demoRiver.centre(x) + side * (demoRiver.halfWidth(x) + embankment);
  const reach = cellWidth / 2 + overshoot;
  const along = (name: string | null, edgeClass: EdgeClass, height: (x: number) => number): SkeletonLine => ({
    name,
    class: edgeClass,
    points: drawAlongX(centreX - reach, centreX + reach, height),
    frozen: false,
  });
  return [
    along(null, "river", demoRiver.centre),
    along("滨河北路", "secondary", bank(1)),
    along("滨河南路", "secondary", bank(-1)),
  ];
}

/** Places of avenues between two border lines: uneven, the same in every district they run through. */
const sharesAcross = [0.13, 0.245, 0.4, 0.52, 0.665, 0.78, 0.895];
const sharesUp = [0.14, 0.29, 0.46, 0.6, 0.76, 0.88];

interface Through {
  share: number;
  amplitude: number;
  length: number;
  phase: number;
  class: "main" | "secondary";
}

function drawThrough(lattice: Lattice, key: string, share: number, k: number): Through {
  const random = randomFor(`${lattice.seed}/through/${key}/${k}`);
  return {
    share: share + drawBetween(random, -0.022, 0.022),
    amplitude: drawBetween(random, 24, 44),
    length: drawBetween(random, 900, 1500),
    phase: random() * 6.3,
    class: k % 2 === 0 ? "secondary" : "main",
  };
}

/** Avenues from south to north; of those that meet a river only the main ones have a bridge. */
function drawColumns(lattice: Lattice, i: number, j: number, hasRiver: boolean): SkeletonLine[] {
  const west = lattice.west[i]!;
  const east = lattice.west[i + 1]!;
  const low = lattice.south[j]!.at - overshoot;
  const high = lattice.south[j + 1]!.at + overshoot;
  return sharesAcross.flatMap((share, k) => {
    const line = drawThrough(lattice, `column/${i}`, share, k);
    const x = (y: number): number =>
      waveAt(west, y) +
      line.share * (waveAt(east, y) - waveAt(west, y)) +
      line.amplitude * Math.sin((2 * Math.PI * y) / line.length + line.phase);
    const name = `${lattice.words[20 + 7 * i + k]}路`;
    const piece = (from: number, to: number): SkeletonLine => ({
      name,
      class: line.class,
      points: alongY(from, to, x),
      frozen: false,
    });
    if (isLeftOut(lattice, `column/${i}/${j}`, k)) return [];
    if (!hasRiver || line.class === "main") return [piece(low, high)];
    const bank = embankment - 20;
    const at = x(demoRiver.centre(x(0)));
    return [
      piece(low, demoRiver.centre(at) - demoRiver.halfWidth(at) - bank),
      piece(demoRiver.centre(at) + demoRiver.halfWidth(at) + bank, high),
    ];
  });
}

function alongY(from: number, to: number, x: (y: number) => number): number[] {
  const points: number[] = [];
  const count = Math.ceil((to - from) / step);
  for (let k = 0; k <= count; k++) {
    const y = from + ((to - from) * k) / count;
    points.push(x(y), y);
  }
  return points;
}

/** Avenues from west to east. */
function drawRows(lattice: Lattice, i: number, j: number): SkeletonLine[] {
  const south = lattice.south[j]!;
  const north = lattice.south[j + 1]!;
  return sharesUp.flatMap((share, k) => {
    // In the river's row the third and second would lie in the water.
    if (j === middleRow && (k === 1 || k === 2)) return [];
    if (isLeftOut(lattice, `row/${i}/${j}`, k)) return [];
    const line = drawThrough(lattice, `row/${j}`, share, k);
    const y = (x: number): number =>
      waveAt(south, x) +
      line.share * (waveAt(north, x) - waveAt(south, x)) +
      line.amplitude * Math.sin((2 * Math.PI * x) / line.length + line.phase);
    const from = lattice.west[i]!.at - overshoot;
    const to = lattice.west[i + 1]!.at + overshoot;
    const name = `${lattice.words[70 + 6 * j + k]}路`;
    return [{ name, class: line.class, points: drawAlongX(from, to, y), frozen: false }];
  });
}

/** A secondary avenue is missing from a district now and then. */
function isLeftOut(lattice: Lattice, key: string, k: number): boolean {
  return k % 2 === 0 && randomFor(`${lattice.seed}/out/${key}/${k}`)() < 0.3;
}

/** One avenue leaves the old quarter aslant for a corner of the district. */
function drawDiagonal(
  lattice: Lattice,
  i: number,
  j: number,
  [x, y]: readonly [number, number],
  random: Random,
): SkeletonLine {
  const right = random() < 0.5 ? -1 : 1;
  const reach = drawBetween(random, 2300, 3000);
  // Away from the river, if there is one.
  const up = j === middleRow ? 1 : random() < 0.5 ? -1 : 1;
  const points = drawSpline([
    [x + right * 120, y + up * 60],
    [x + right * 0.3 * reach, y + up * 0.24 * reach],
    [x + right * 0.62 * reach, y + up * 0.4 * reach],
    [x + right * reach, y + up * 0.74 * reach],
  ]);
  return {
    name: `${lattice.words[(100 + 7 * j + i) % lattice.words.length]}大街`,
    class: "main",
    points,
    frozen: false,
  };
}

/** Old quarter and core in the middle, newer housing outwards, works in a corner, fields between towns. */
function makeZones(
  lattice: Lattice,
  i: number,
  j: number,
  [oldX, oldY]: readonly [number, number],
  random: Random,
): (x: number, y: number) => Zone {
  const outward = Math.max(Math.abs(i - middleColumn) / 3, Math.abs(j - middleRow) / 2);
  const oldRadius = drawBetween(random, 330, 560) * (1.1 - 0.4 * outward);
  const coreTurn = drawBetween(random, 0, 6.3);
  const [coreX, coreY] = [oldX + 900 * Math.cos(coreTurn), oldY + 700 * Math.sin(coreTurn)];
  const cornerX = (i - middleColumn + (random() < 0.5 ? -0.5 : 0.5)) * cellWidth;
  const cornerY = (j - middleRow + (random() < 0.5 ? -0.5 : 0.5)) * cellHeight;
  const hasWorks = random() < 0.35 + 0.3 * outward;
  const fields = drawBetween(random, 500, 1100);
  // No town is a circle.
  const wobble = [random() * 6.3, random() * 6.3, random() * 6.3];
  const reach = drawBetween(random, 2900, 3700) * (1.15 - 0.15 * outward);
  return (x, y) => {
    if (j === middleRow && Math.abs(y - demoRiver.centre(x)) < demoRiver.halfWidth(x) + embankment) return "river";
    const edge = Math.min(
      i === 0 ? x - waveAt(lattice.west[0]!, y) : Number.POSITIVE_INFINITY,
      i === columns - 1 ? waveAt(lattice.west[columns]!, y) - x : Number.POSITIVE_INFINITY,
      j === 0 ? y - waveAt(lattice.south[0]!, x) : Number.POSITIVE_INFINITY,
      j === rows - 1 ? waveAt(lattice.south[rows]!, x) - y : Number.POSITIVE_INFINITY,
    );
    if (edge < fields) return "rural";
    const angle = Math.atan2(y - oldY, x - oldX);
    const shape =
      1 +
      0.16 * Math.sin(2 * angle + wobble[0]!) +
      0.13 * Math.sin(3 * angle + wobble[1]!) +
      0.09 * Math.sin(5 * angle + wobble[2]!);
    const fromOld = Math.hypot(x - oldX, (y - oldY) * 1.2) * shape;
    if (fromOld < oldRadius) return "old";
    if (Math.hypot(x - coreX, (y - coreY) * 1.2) < 620) return "core";
    if (hasWorks && Math.hypot(x - cornerX, y - cornerY) * shape < 1400) return "enterprise";
    if (fromOld < 1300) return "older";
    if (fromOld < 2200) return "mixed";
    return fromOld < reach ? "new" : "rural";
  };
}
