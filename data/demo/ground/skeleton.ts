import type { EdgeClass, Zone } from "../ground_plan.ts";
import { drawBetween, randomFor } from "../random.ts";
import type { SkeletonLine } from "./arrange_lines.ts";
import type { Cell, Place } from "./cell.ts";
import { drawAlongX, drawAvenue, drawSpline, step, turnPoints } from "./line_shapes.ts";
import { demoRiver, embankment } from "./river.ts";

const halfWidth = 3120;
const halfHeight = 2600;
/** The two avenues and the street that bound 慧泽 and 东街: their places give 1.4 and 1.8 km². */
const ringWest = -1650;
const ringEast = 1800;
const ringNorth = 1560;
const ringSouth = -1990;
const avenueMiddle = -130;
const avenueEast = 1200;
const streetMiddle = -270;
const streetUpper = 450;
/** West of this road lie fields and villages. */
const townEdge = -2080;

const oldQuarter = { x: -560, y: 380, across: 620, along: 470 };

/** A soft superellipse with three small waves: never a box. */
function drawOutline(seed: string): number[] {
  const random = randomFor(`${seed}/outline`);
  const phases = [random() * 6.3, random() * 6.3, random() * 6.3];
  const points: number[] = [];
  const count = 2400;
  let lastX = Number.NaN;
  let lastY = Number.NaN;
  for (let i = 0; i < count; i++) {
    const t = (2 * Math.PI * i) / count;
    const wave =
      1 +
      0.012 * Math.sin(3 * t + phases[0]!) +
      0.009 * Math.sin(5 * t + phases[1]!) +
      0.006 * Math.sin(9 * t + phases[2]!);
    const x = halfWidth * wave * Math.sign(Math.cos(t)) * Math.abs(Math.cos(t)) ** 0.4;
    const y = halfHeight * wave * Math.sign(Math.sin(t)) * Math.abs(Math.sin(t)) ** 0.4;
    if (Math.hypot(x - lastX, y - lastY) < step) continue;
    points.push(x, y);
    lastX = x;
    lastY = y;
  }
  points.push(points[0]!, points[1]!);
  return points;
}

/** One side of the ring, from corner to corner, each corner shared half and half. */
function drawRingSide(from: [number, number], to: [number, number]): number[] {
  const radius = 430;
  const centreX = (ringWest + ringEast) / 2;
  const centreY = (ringSouth + ringNorth) / 2;
  const dx = Math.sign(to[0] - from[0]);
  const dy = Math.sign(to[1] - from[1]);
  const points: number[] = [];
  const arc = (corner: [number, number], startShare: number, endShare: number): void => {
    const ox = corner[0] - Math.sign(corner[0] - centreX) * radius;
    const oy = corner[1] - Math.sign(corner[1] - centreY) * radius;
    for (let i = 0; i <= 8; i++) {
      const angle = startShare + ((endShare - startShare) * i) / 8;
      points.push(ox + radius * Math.cos(angle), oy + radius * Math.sin(angle));
    }
  };
  // Counter-clockwise: the side's outward normal is its direction turned right.
  const normal = Math.atan2(-dx, dy);
  arc(from, normal - Math.PI / 4, normal);
  const startX = points[points.length - 2]!;
  const startY = points[points.length - 1]!;
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]) - 2 * radius;
  const count = Math.ceil(length / step);
  for (let i = 1; i < count; i++) points.push(startX + (dx * length * i) / count, startY + (dy * length * i) / count);
  arc(to, normal, normal + Math.PI / 4);
  return points;
}

function drawRing(): SkeletonLine[] {
  const corners: [number, number][] = [
    [ringWest, ringSouth],
    [ringEast, ringSouth],
    [ringEast, ringNorth],
    [ringWest, ringNorth],
  ];
  return ["环城南路", "环城东路", "环城北路", "环城西路"].map((name, i) => ({
    name,
    class: "ring",
    points: drawRingSide(corners[i]!, corners[(i + 1) % 4]!),
    frozen: false,
  }));
}

function drawWaterside(overshoot: number): SkeletonLine[] {
  const bank = (side: number) => (x: number) => demoRiver.centre(x) + side * (demoRiver.halfWidth(x) + embankment);
  const reach = halfWidth + overshoot;
  const line = (name: string | null, edgeClass: EdgeClass, height: (x: number) => number): SkeletonLine => ({
    name,
    class: edgeClass,
    points: drawAlongX(-reach, reach, height),
    frozen: false,
  });
  return [
    line(null, "river", demoRiver.centre),
    line("滨河北路", "secondary", bank(1)),
    line("滨河南路", "secondary", bank(-1)),
  ];
}

function drawAvenues(seed: string, overshoot: number): SkeletonLine[] {
  const north = (x: number): number => demoRiver.centre(x) + demoRiver.halfWidth(x) + embankment - 20;
  const south = (x: number): number => demoRiver.centre(x) - demoRiver.halfWidth(x) - embankment + 20;
  const top = halfHeight + overshoot;
  const right = halfWidth + overshoot;
  /** Bounding lines of golden places keep their bend whatever the seed is. */
  const bend = (name: string, golden = false) => {
    const random = randomFor(`${golden ? "golden" : seed}/avenue/${name}`);
    return { amplitude: drawBetween(random, 24, 40), length: drawBetween(random, 900, 1500), phase: random() * 6.3 };
  };
  const column = (
    name: string,
    edgeClass: EdgeClass,
    x: number,
    from: number,
    to: number,
    golden = false,
  ): SkeletonLine => ({
    name,
    class: edgeClass,
    points: drawAvenue(x, from, to, bend(name, golden)),
    frozen: false,
  });
  const row = (
    name: string,
    edgeClass: EdgeClass,
    y: number,
    from: number,
    to: number,
    golden = false,
  ): SkeletonLine => ({
    name,
    class: edgeClass,
    points: turnPoints(drawAvenue(y, from, to, bend(name, golden))),
    frozen: false,
  });
  return [
    column("望岳路", "main", townEdge, north(townEdge), top),
    column("文昌路", "main", -980, -2050, top),
    column("中山路", "main", avenueMiddle, -top, top, true),
    column("青云路", "secondary", 560, north(560), ringNorth + 60),
    column("东湖路", "main", avenueEast, -top, 2050, true),
    column("创新大道", "main", 2430, -top, 2050),
    column("南苑路", "secondary", -1280, -top, south(-1280)),
    column("学府路", "secondary", 540, -top, south(540)),
    row("北站路", "main", 2010, -right, right),
    row("人民路", "main", 1010, -right, right),
    row("文庙路", "secondary", streetUpper, -1700, 2480, true),
    row("东街", "secondary", streetMiddle, townEdge - 60, right, true),
    row("西郊路", "secondary", 200, -right, -1600),
    row("建设路", "main", -1690, townEdge - 200, right),
    row("南湖路", "secondary", -2290, -1400, 2500),
    {
      name: "迎宾大道",
      class: "main",
      points: drawSpline([
        [avenueMiddle + 20, streetUpper],
        [480, 720],
        [1180, 1060],
        [1690, 1450],
        [2100, 1840],
        [2700, 2100],
        [3300, 2260],
      ]),
      frozen: false,
    },
  ];
}

/** The railway through the demo district; in a city it goes on at both ends. */
export const railwayPoints: readonly (readonly [number, number])[] = [
  [-480, 2850],
  [-60, 2330],
  [560, 1900],
  [1320, 1720],
  [1980, 1420],
  [2320, 900],
  [2780, 480],
  [3350, 60],
];

function zoneAt(x: number, y: number): Zone {
  if (Math.abs(y - demoRiver.centre(x)) < demoRiver.halfWidth(x) + embankment) return "river";
  const place = placeAt(x, y);
  if (place === "town") return "rural";
  if (place === "enterprise_zone") return "enterprise";
  if (place === "huize") return "older";
  if (place === "dongjie") return "mixed";
  const old = ((x - oldQuarter.x) / oldQuarter.across) ** 2 + ((y - oldQuarter.y) / oldQuarter.along) ** 2;
  if (old < 1) return "old";
  if (((x - 540) / 680) ** 2 + ((y - 1000) / 560) ** 2 < 1) return "core";
  if (y < demoRiver.centre(x) || x > ringEast + 100) return "new";
  if (x > ringWest && y < ringNorth && x < avenueEast) return "older";
  return "mixed";
}

function placeAt(x: number, y: number): Place | null {
  const northBank = y > demoRiver.centre(x);
  if (northBank && x > ringWest && x < avenueMiddle && y < streetMiddle) return "huize";
  if (northBank && x > avenueMiddle && x < avenueEast && y < streetUpper) return "dongjie";
  if (x < townEdge) return "town";
  if (x > 1450 && y > 1000 && y + 0.62 * (x - 1980) > 1420) return "enterprise_zone";
  return null;
}

/** What surrounds a district: its border, and lines that come from beyond. */
export interface Surroundings {
  /** x,y,… closed by its first point. */
  outline: number[];
  border: SkeletonLine[];
  railway: readonly (readonly [number, number])[];
  /** Lines go on beyond the cell by so much and are trimmed; metres. */
  overshoot: number;
}

/** The hand-drawn skeleton of the demo district, about 30 km²; `community` keeps 慧泽 alone. */
export function drawDistrict(seed: string, size: "community" | "district"): Cell {
  const outline = drawOutline(seed);
  const border: SkeletonLine[] = [{ name: null, class: "border", points: outline, frozen: false }];
  const cell = drawDistrictIn(seed, { outline, border, railway: railwayPoints, overshoot: 150 });
  return size === "district" ? cell : { ...cell, isInside: (x, y) => placeAt(x, y) === "huize" };
}

/** The same skeleton within a given border: the first district of a city. */
export function drawDistrictIn(seed: string, { outline, border, railway, overshoot }: Surroundings): Cell {
  return {
    seed,
    outline,
    lines: [
      ...border,
      ...drawRing(),
      ...drawWaterside(overshoot),
      ...drawAvenues(seed, overshoot),
      { name: null, class: "railway", points: drawSpline(railway), frozen: false },
    ],
    river: demoRiver,
    riverName: "清澜河",
    station: { x: 420, y: 1790 },
    shopShare: 0.65,
    swirls: [{ x: oldQuarter.x, y: oldQuarter.y, radius: 1700, angle: 0.24 }],
    zoneAt,
    placeAt,
    isInside: () => true,
  };
}
