/** More than the engine takes as arguments at once, by far. */
const manyEdges = 1000;

/** Puts `edges` in the place of `count` entries of the sweep's line. */
export function replaceStretch(line: number[], at: number, count: number, edges: readonly number[]): void {
  if (edges.length < manyEdges) {
    line.splice(at, count, ...edges);
    return;
  }
  const rest = line.slice(at + count);
  line.length = at;
  for (const edge of edges) line.push(edge);
  for (const edge of rest) line.push(edge);
}
