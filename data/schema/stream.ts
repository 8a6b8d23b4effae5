import { z } from "zod";
import { Id } from "./parameters.ts";
import { PlanStatus } from "./plan.ts";

/** GET /api/stream */
export const StreamQuery = z.object({
  /** Of this plan alone; else of all that the reader may see. */
  plan: Id.optional(),
});
export type StreamQuery = z.infer<typeof StreamQuery>;

/** Event `plan`: something of it changed; comments and reasons leave the revision as it was. */
export const PlanEvent = z.object({
  plan: z.string(),
  revision: z.int(),
  status: PlanStatus,
  /** Who changed it last. */
  by: z.object({ id: z.string(), display_name: z.string() }),
});
export type PlanEvent = z.infer<typeof PlanEvent>;
