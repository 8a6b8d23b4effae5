import { unitsPerDegree } from "../coverage/half_edges.ts";
import type { MultiPolygon, Polygon, Ring } from "../schema/geometry.ts";

/**
 * The text of a coverage that is the same for the same surfaces: areas by code, coordinates as whole units of 1e-9°,
 * each ring from its westmost (then southmost) position, exteriors counter-clockwise, holes clockwise, rings of an
 * area sorted. So a file that a program wrote anew, starting rings elsewhere or turning them, hashes as it did.
 *
 *     "2301010003"
 *     + 126640000000 45760000000 126641000000 45760000000 …      an exterior; then its holes
 *     - 126640200000 45760200000 …
 *
 * @param areas - in any order; codes need not differ
 * @returns lines, each with its line end: fed to a hash one by one, no text of the whole is made
 */
export function* canonicalLines(areas: Iterable<{ code: string; polygons: MultiPolygon }>): Generator<string> {
  const sorted = [...areas].sort((a, b) => compare(a.code, b.code));
  for (let i = 0; i < sorted.length; ) {
    const { code } = sorted[i]!;
    const alike: string[][] = []; // areas of one code, which a checked coverage has not, are put in order by their text
    for (; i < sorted.length && sorted[i]!.code === code; i++) alike.push(linesOf(sorted[i]!.polygons));
    if (alike.length > 1) alike.sort((a, b) => compare(a.join(), b.join()));
    for (const lines of alike) {
      yield `${JSON.stringify(code)}\n`;
      yield* lines;
    }
  }
}

function linesOf(polygons: MultiPolygon): string[] {
  if (polygons.length === 1) return polygonLines(polygons[0]!);
  const parts = polygons.map(polygonLines);
  return parts.sort((a, b) => compare(a.join(), b.join())).flat();
}

function polygonLines([exterior, ...holes]: Polygon): string[] {
  if (!exterior) return [];
  const lines = holes.map((hole) => `- ${ringText(hole, false)}\n`).sort(compare);
  return [`+ ${ringText(exterior, true)}\n`, ...lines];
}

function ringText(ring: Ring, isCounterClockwise: boolean): string {
  const units: number[] = [];
  for (let i = 0; i < ring.length; i += 2) {
    const [x, y] = [Math.round(ring[i]! * unitsPerDegree) + 0, Math.round(ring[i + 1]! * unitsPerDegree) + 0];
    if (units.length === 0 || units.at(-2) !== x || units.at(-1) !== y) units.push(x, y);
  }
  while (units.length > 2 && units[0] === units.at(-2) && units[1] === units.at(-1)) units.length -= 2;
  const count = units.length / 2;
  const first = firstOf(units);
  const step = turns(units) === isCounterClockwise ? 1 : count - 1;
  const text: number[] = [];
  for (let i = 0, at = first; i < count; i++, at = (at + step) % count) text.push(units[2 * at]!, units[2 * at + 1]!);
  return text.join(" ");
}

/** The westmost, then southmost position. */
function firstOf(units: readonly number[]): number {
  let first = 0;
  for (let i = 2; i < units.length; i += 2) {
    const [dx, dy] = [units[i]! - units[first]!, units[i + 1]! - units[first + 1]!];
    if (dx < 0 || (dx === 0 && dy < 0)) first = i;
  }
  return first / 2;
}

/** Whether the ring runs counter-clockwise. */
function turns(units: readonly number[]): boolean {
  const [x0, y0] = [units[0]!, units[1]!];
  let sum = 0;
  for (let i = 2; i + 3 < units.length; i += 2) {
    sum += (units[i]! - x0) * (units[i + 3]! - y0) - (units[i + 2]! - x0) * (units[i + 1]! - y0);
  }
  return sum > 0;
}

/** By code unit: the same on every machine, whatever its language. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
