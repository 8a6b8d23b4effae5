/**
 * Straight stretches between two vertices, each once, with the face on either side seen from → to.
 * 0 = nothing there. Edges that two faces claim on the same side (overlaps) stand twice.
 */
export interface EdgeTable {
  size: number;
  from: Int32Array;
  to: Int32Array;
  left: Float64Array;
  right: Float64Array;
}

export interface EdgeCollector {
  edges: EdgeTable;
  /** Takes an edge that has `face` on its left. */
  add(from: number, to: number, face: number): void;
}

/** Pairs edges by hashing their two ends: linear time. `most` bounds how many will come. */
export function collectEdges(most: number): EdgeCollector {
  let capacity = 16;
  while (capacity < most * 2) capacity *= 2;
  const mask = capacity - 1;
  const slots = new Int32Array(capacity).fill(-1);
  const edges: EdgeTable = {
    size: 0,
    from: new Int32Array(most),
    to: new Int32Array(most),
    left: new Float64Array(most),
    right: new Float64Array(most),
  };

  const add = (from: number, to: number, face: number): void => {
    let slot = pairHash(from, to) & mask;
    for (; ; slot = (slot + 1) & mask) {
      const edge = slots[slot]!;
      if (edge < 0) break;
      if (edges.from[edge] === to && edges.to[edge] === from && edges.right[edge] === 0) {
        edges.right[edge] = face;
        return;
      }
      if (edges.from[edge] === from && edges.to[edge] === to && edges.left[edge] === 0) {
        edges.left[edge] = face;
        return;
      }
    }
    const edge = edges.size++;
    edges.from[edge] = from;
    edges.to[edge] = to;
    edges.left[edge] = face;
    slots[slot] = edge;
  };
  return { edges, add };
}

/** The same for a → b and b → a. */
function pairHash(a: number, b: number): number {
  const low = a < b ? a : b;
  const high = a < b ? b : a;
  let hash = Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}
