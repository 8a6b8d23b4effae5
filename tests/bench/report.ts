import { cpus } from "node:os";

/** One measured figure, as `--json` prints it. Without a limit it is only told. */
export interface Figure {
  what: string;
  value: number;
  unit: string;
  limit: number | null;
  holds: boolean;
}

export function atMost(what: string, value: number, unit: string, limit: number): Figure {
  return { what: `${what} ≤`, value: rounded(value), unit, limit, holds: value <= limit };
}

export function atLeast(what: string, value: number, unit: string, limit: number): Figure {
  return { what: `${what} ≥`, value: rounded(value), unit, limit, holds: value >= limit };
}

/** For comparison: never fails. */
export function told(what: string, value: number, unit: string): Figure {
  return { what, value: rounded(value), unit, limit: null, holds: true };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Prints the figures, as JSON with `--json`, and lets the process end with 1 when one does not hold. */
export function report(bench: string, figures: readonly Figure[]): void {
  if (process.argv.includes("--json")) console.log(JSON.stringify({ bench, figures }));
  else printTable(bench, figures);
  if (figures.some(({ holds }) => !holds)) process.exitCode = 1;
}

function printTable(bench: string, figures: readonly Figure[]): void {
  const [first] = cpus();
  console.log(`${bench}  (${cpus().length} × ${first?.model.trim() ?? "?"}, Node ${process.versions.node})`);
  const width = Math.max(...figures.map(({ what }) => what.length));
  for (const { what, value, unit, limit, holds } of figures) {
    const bound = limit === null ? "" : String(limit);
    const mark = limit === null ? "" : holds ? "holds" : "DOES NOT HOLD";
    console.log(
      `  ${what.padEnd(width)}  ${bound.padStart(8)}  ${String(value).padStart(10)} ${unit.padEnd(6)} ${mark}`,
    );
  }
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
