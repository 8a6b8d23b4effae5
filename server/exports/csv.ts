import type { ExportedRecord } from "../registers/service.ts";
import { type Watermark, watermarkText } from "./watermark.ts";
import type { FileWriter } from "./file_writer.ts";

/** Spreadsheets run what begins so; also in full width, which some turn into plain signs. */
const formula = /^[\s\0]*[=+\-@＝＋－＠]|^[\t\r\n]/;

/**
 * CSV as RFC 4180 has it, UTF-8 with a byte order mark, without which a spreadsheet takes it for GBK. Text that a
 * spreadsheet would run as a formula gets an apostrophe in front.
 *
 * @param columns - names of facts, in order
 */
export function csvWriter(columns: readonly string[], watermark: Watermark): FileWriter {
  const mark = watermarkText(watermark);
  const names = ["id", "title", ...columns, "lon", "lat", "source", "changed_at", "watermark"];
  return {
    media: "text/csv; charset=utf-8",
    head: `\ufeff${lineOf(names)}`,
    row: ({ id, title, facts, lon, lat, source, changed_at }: ExportedRecord) =>
      lineOf([id, title, ...columns.map((name) => facts[name]), lon, lat, source, changed_at, mark]),
    between: "",
    tail: "",
  };
}

function lineOf(cells: readonly (string | number | boolean | null | undefined)[]): string {
  return `${cells.map(cellOf).join(",")}\r\n`;
}

function cellOf(value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined) return "";
  if (typeof value !== "string") return String(value);
  const safe = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
