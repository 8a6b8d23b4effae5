import { z } from "zod";
import { Words } from "./parameters.ts";
import { registers } from "./record.ts";

export const exportFormats = ["geojson", "csv"] as const;

/** GET /api/exports/{register}.{ext}?area= — what of a register lies in one area and in the reader's scope, watermarked. */
export const ExportParams = z.object({ register: z.enum(registers), ext: z.enum(exportFormats) });
export type ExportParams = z.infer<typeof ExportParams>;
export const ExportQuery = z.object({
  /** `network:code` */
  area: Words.min(3).max(100),
});
export type ExportQuery = z.infer<typeof ExportQuery>;
