/** Positions of a coverage, each stored once: integers of 1e-9°, found again by hashing. */
export interface VertexTable {
  /** How many there are; ids are 0 … size − 1. */
  readonly size: number;
  /** Coordinates in degrees as first given. */
  lonOf(vertex: number): number;
  latOf(vertex: number): number;
  /** Id of the position, new if it was not there. */
  add(lon: number, lat: number): number;
  /** Id of the position, −1 if it is not there. */
  find(lon: number, lat: number): number;
}

/** Coordinates are stored in degrees snapped to 1e-9. */
const snappedDegrees = 1e9;

/**
 * A table with room for `expected` positions; grows when there are more.
 * @param unitsPerDegree - how finely positions are told apart; 1 for coordinates that are whole numbers already
 */
export function createVertexTable(expected: number, unitsPerDegree = snappedDegrees): VertexTable {
  let capacity = 16;
  while (capacity < expected * 2) capacity *= 2;
  let slots = new Int32Array(capacity).fill(-1);
  let lons = new Float64Array(capacity >> 1);
  let lats = new Float64Array(capacity >> 1);
  let size = 0;

  const slotOf = (x: number, y: number): number => {
    const mask = slots.length - 1;
    let slot = mixed(x, y) & mask;
    for (;;) {
      const vertex = slots[slot]!;
      if (vertex < 0 || (lons[vertex] === x && lats[vertex] === y)) return slot;
      slot = (slot + 1) & mask;
    }
  };

  const grow = (): void => {
    slots = new Int32Array(slots.length * 2).fill(-1);
    lons = widened(lons);
    lats = widened(lats);
    for (let vertex = 0; vertex < size; vertex++) slots[slotOf(lons[vertex]!, lats[vertex]!)] = vertex;
  };

  return {
    get size() {
      return size;
    },
    lonOf: (vertex) => lons[vertex]! / unitsPerDegree,
    latOf: (vertex) => lats[vertex]! / unitsPerDegree,
    add(lon, lat) {
      const x = Math.round(lon * unitsPerDegree);
      const y = Math.round(lat * unitsPerDegree);
      if (size === lons.length) grow();
      const slot = slotOf(x, y);
      if (slots[slot]! >= 0) return slots[slot]!;
      lons[size] = x;
      lats[size] = y;
      slots[slot] = size;
      return size++;
    },
    find: (lon, lat) => slots[slotOf(Math.round(lon * unitsPerDegree), Math.round(lat * unitsPerDegree))]!,
  };
}

/** A hash of two integers below 2^53: their low and high halves folded with large odd factors. */
function mixed(x: number, y: number): number {
  let hash = Math.imul(x | 0, 0x9e3779b1) ^ Math.imul((x / 4294967296) | 0, 0x27d4eb2f);
  hash =
    Math.imul(hash ^ (hash >>> 15), 0x85ebca6b) ^
    Math.imul(y | 0, 0xc2b2ae35) ^
    Math.imul((y / 4294967296) | 0, 0x165667b1);
  hash = Math.imul(hash ^ (hash >>> 13), 0x85ebca6b);
  return hash ^ (hash >>> 16);
}

function widened(array: Float64Array): Float64Array<ArrayBuffer> {
  const wide = new Float64Array(array.length * 2);
  wide.set(array);
  return wide;
}
