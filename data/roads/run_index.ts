import Flatbush from "flatbush";
import type { Bbox } from "../schema/geometry.ts";
import type { RoadPoints, Stretches } from "./stretches.ts";

/**
 * Stretches as they were read, found by box: runs of up to five that follow each other have one box in the index,
 * since a search costs more than some comparisons. Boxes stay those of the beginning when stretches are moved or cut.
 */
export interface RunIndex {
  runCount: number;
  /** Stretches of run r: those from runStart[r] to runStart[r + 1] − 1. */
  runStart: Uint32Array;
  /** West, south, east, north of each run, in units. */
  boxes: Float64Array;
  /** Of all. */
  bounds: Bbox;
  /** Runs whose box meets the box. */
  visit(west: number, south: number, east: number, north: number, visit: (run: number) => void): void;
}

const longestRun = 5;

/** @throws RangeError if a coordinate is no finite number */
export function indexRuns(stretches: Stretches, points: RoadPoints): RunIndex {
  const runStart = findRuns(stretches);
  const runCount = runStart.length - 1;
  const boxes = new Float64Array(4 * runCount);
  const index = new Flatbush(runCount);
  for (let run = 0; run < runCount; run++) {
    measureRun(stretches, points, runStart[run]!, runStart[run + 1]!, boxes, 4 * run);
    index.add(boxes[4 * run]!, boxes[4 * run + 1]!, boxes[4 * run + 2]!, boxes[4 * run + 3]!);
  }
  index.finish();
  return {
    runCount,
    runStart,
    boxes,
    bounds: [index.minX, index.minY, index.maxX, index.maxY],
    visit(west, south, east, north, visit) {
      index.search(west, south, east, north, (run) => {
        visit(run);
        return false;
      });
    },
  };
}

function findRuns({ from, to }: Stretches): Uint32Array {
  const starts = [0];
  let length = 1;
  for (let i = 1; i < from.length; i++) {
    if (length < longestRun && to[i - 1] === from[i]) {
      length++;
      continue;
    }
    starts.push(i);
    length = 1;
  }
  starts.push(from.length);
  return Uint32Array.from(starts);
}

function measureRun(
  { from, to }: Stretches,
  points: RoadPoints,
  start: number,
  end: number,
  boxes: Float64Array,
  at: number,
): void {
  let [west, south, east, north] = [
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ];
  for (let i = start; i <= end; i++) {
    const point = i === start ? from[i]! : to[i - 1]!;
    const [x, y] = [points.lonOf(point), points.latOf(point)];
    west = Math.min(west, x);
    south = Math.min(south, y);
    east = Math.max(east, x);
    north = Math.max(north, y);
  }
  if (!Number.isFinite(west + south + east + north)) throw new RangeError("a coordinate is no finite number");
  boxes.set([west, south, east, north], at);
}
