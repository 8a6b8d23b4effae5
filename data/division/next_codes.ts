import type { Position } from "../schema/geometry.ts";

export interface CodelessArea {
  id: string;
  /** Where it is labelled. */
  at: Position;
  /** From south to north, in degrees. */
  height: number;
}

/** How codes of one level below one parent are made. */
export interface CodeRule {
  /** `{parent}{number:3}`: the parent's code and a running number of three digits. */
  pattern: string;
  /** Empty for areas without a parent. */
  parent_code: string;
  /** Every code that the network ever gave out, and those that are asked for now. */
  taken: ReadonlySet<string>;
}

/**
 * Codes of new areas of one level below one parent, in the order in which one reads: rows from north to south, in each
 * from west to east. Numbers run on behind the highest that was ever given; when they have run out, the least that never
 * was is taken.
 *
 * @returns code by id, or null where there are not enough numbers
 * @throws RangeError for a pattern without a number: the database holds none
 */
export function giveCodes(areas: readonly CodelessArea[], rule: CodeRule): Map<string, string> | null {
  const number = /\{number:([1-9])\}/.exec(rule.pattern);
  if (!number) throw new RangeError(`${rule.pattern} has no number`);
  const digits = Number(number[1]);
  const fill = (text: string) => text.replaceAll("{parent}", rule.parent_code);
  const head = fill(rule.pattern.slice(0, number.index));
  const tail = fill(rule.pattern.slice(number.index + number[0].length));
  const codeOf = (n: number) => `${head}${String(n).padStart(digits, "0")}${tail}`;
  let last = highestOf(rule.taken, head, tail, digits);
  const most = 10 ** digits - 1;
  const used = new Set(rule.taken);
  let least = 1;
  const codes = new Map<string, string>();
  for (const { id } of inReadingOrder(areas)) {
    if (last >= most) while (least <= most && used.has(codeOf(least))) least++;
    if (least > most) return null;
    const code = codeOf(last < most ? ++last : least);
    used.add(code);
    codes.set(id, code);
  }
  return codes;
}

function highestOf(taken: ReadonlySet<string>, head: string, tail: string, digits: number): number {
  let highest = 0;
  for (const code of taken) {
    if (code.length !== head.length + digits + tail.length || !code.startsWith(head) || !code.endsWith(tail)) continue;
    const number = code.slice(head.length, head.length + digits);
    if (/^\d+$/.test(number)) highest = Math.max(highest, Number(number));
  }
  return highest;
}

/** Areas whose middles are less than half an ordinary area's height apart stand in one row. */
function inReadingOrder(areas: readonly CodelessArea[]): CodelessArea[] {
  const heights = areas.map(({ height }) => height).sort((a, b) => a - b);
  const reach = (heights[heights.length >> 1] ?? 0) / 2;
  const rows: CodelessArea[][] = [];
  for (const area of [...areas].sort((a, b) => b.at[1] - a.at[1] || a.at[0] - b.at[0])) {
    const row = rows.at(-1);
    if (row && row[0]!.at[1] - area.at[1] < reach) row.push(area);
    else rows.push([area]);
  }
  return rows.flatMap((row) => row.sort((a, b) => a.at[0] - b.at[0]));
}
