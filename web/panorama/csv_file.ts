/** A cell; null is left empty. */
export type Cell = string | number | null;

/** One field of a CSV file (RFC 4180); a text that a spreadsheet would take for a formula is told to be text. */
function field(value: Cell): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Lines as a CSV file: they end with CR LF, after a byte order mark. */
export function csvText(lines: readonly (readonly Cell[])[]): string {
  return `\uFEFF${lines.map((line) => line.map(field).join(",")).join("\r\n")}\r\n`;
}

/** Hands the file to the browser; nothing is asked of the server. */
export function downloadCsv(name: string, csv: string): void {
  const address = URL.createObjectURL(new Blob([csv], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
