import { z } from "zod";

/** A backdrop that an administrator configured; its key never leaves the server. */
export const Basemap = z.object({
  id: z.string(),
  name: z.string(),
  datum: z.enum(["CGCS2000", "WGS84", "GCJ02"]),
  attribution: z.string(),
  /** 审图号 */
  approval_number: z.string(),
  printing: z.boolean(),
  min_zoom: z.int(),
  max_zoom: z.int(),
  tile_size: z.union([z.literal(256), z.literal(512)]),
});
export type Basemap = z.infer<typeof Basemap>;

/** GET /api/basemaps */
export const BasemapList = z.object({ basemaps: z.array(Basemap) });
export type BasemapList = z.infer<typeof BasemapList>;
