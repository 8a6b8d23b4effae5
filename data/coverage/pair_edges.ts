import type { HalfEdges } from "./half_edges.ts";

/**
 * Undirected edges of a coverage, each once. An edge that one area has on its left and another on its right says
 * that nothing changes across it: it is proved, and its sum is 0.
 */
export interface PairedEdges {
  size: number;
  /** First half-edge on each edge; the others follow in `alike`. */
  first: Int32Array;
  /** The next half-edge on the same edge, −1 at the end. By half-edge. */
  alike: Int32Array;
  /** How many more areas lie on the left than on the right, as the first half-edge runs; the same for the container. */
  areaSum: Int32Array;
  containerSum: Int32Array;
}

/** Pairs edges by hashing both their ends: linear time. Rings of `container` (an owner) are summed apart. */
export function pairEdges(halfEdges: HalfEdges, container: number): PairedEdges {
  const { xs, ys, ringStart, ringOwner } = halfEdges;
  const most = ringStart.at(-1)!;
  let capacity = 16;
  while (capacity < most * 1.5) capacity *= 2;
  const mask = capacity - 1;
  const slots = new Int32Array(capacity).fill(-1);
  const first = new Int32Array(most);
  const alike = new Int32Array(most).fill(-1);
  const areaSum = new Int32Array(most);
  const containerSum = new Int32Array(most);
  let size = 0;

  for (let ring = 0; ring + 1 < ringStart.length; ring++) {
    const sums = ringOwner[ring] === container ? containerSum : areaSum;
    const last = ringStart[ring + 1]! - 1;
    for (let i = ringStart[ring]!; i < last; i++) {
      const [ax, ay, bx, by] = [xs[i]!, ys[i]!, xs[i + 1]!, ys[i + 1]!];
      let slot = edgeHash(ax, ay, bx, by) & mask;
      for (; ; slot = (slot + 1) & mask) {
        const edge = slots[slot]!;
        if (edge < 0) {
          slots[slot] = size;
          first[size] = i;
          sums[size]!++;
          size++;
          break;
        }
        const other = first[edge]!;
        const forward = xs[other] === ax && ys[other] === ay && xs[other + 1] === bx && ys[other + 1] === by;
        if (!forward && !(xs[other] === bx && ys[other] === by && xs[other + 1] === ax && ys[other + 1] === ay))
          continue;
        sums[edge]! += forward ? 1 : -1;
        alike[i] = alike[other]!;
        alike[other] = i;
        break;
      }
    }
  }
  return { size, first, alike, areaSum, containerSum };
}

/** The same for a → b and b → a. */
function edgeHash(ax: number, ay: number, bx: number, by: number): number {
  let hash = (pointHash(ax, ay) + pointHash(bx, by)) | 0;
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}

function pointHash(x: number, y: number): number {
  const hash = Math.imul(x | 0, 0x9e3779b1) ^ Math.imul(y | 0, 0x85ebca6b);
  return Math.imul(hash ^ (hash >>> 16), 0xc2b2ae35);
}
