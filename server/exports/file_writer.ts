import type { ExportedRecord } from "../registers/service.ts";

/** How records become text of a file: head, rows with `between` between them, tail. */
export interface FileWriter {
  media: string;
  head: string;
  row: (record: ExportedRecord) => string;
  between: string;
  tail: string;
}
