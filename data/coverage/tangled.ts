/**
 * Thrown where areas lie over each other so often that the answer would not fit into memory: no coverage, but a heap.
 * Whoever asked gets a refusal in place of an answer; bounds are far beyond any coverage that somebody drew.
 */
export class TangledCoverage extends Error {
  /** What there is too much of. */
  readonly what: "crossings" | "owners";
  constructor(what: TangledCoverage["what"]) {
    super(
      what === "crossings"
        ? "面的边界交叉过多，无法逐一给出 / borders cross too often for an answer"
        : "同一处重叠的面过多，无法逐一给出 / too many areas lie over each other for an answer",
    );
    this.what = what;
  }
}

/** Into how many pieces edges may be cut: real borders cross now and then, not thirty times each. */
export function mostPieces(edges: number): number {
  return 500_000 + 4 * edges;
}

/** Names of areas, summed over all places that more than one covers. */
export const mostOwners = 2_500_000;
