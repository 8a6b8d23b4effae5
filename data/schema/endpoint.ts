import type { z } from "zod";
import type { Action } from "../access/policy.ts";

/** One address. `:name` parts of the path are described by `params`. */
export interface Endpoint {
  method: "get" | "post" | "put" | "delete";
  path: string;
  summary: string;
  /**
   * Who may ask: an action of the policy; or `anyone`, even without public access: the way in, and what a balancer asks;
   * or `self`: every person who signed in, whatever the grants, for what is their own. An address without an entry in
   * this list is not served.
   */
  access: "anyone" | "self" | Action;
  /** JSON that comes with it. */
  body?: z.ZodType;
  params?: z.ZodObject;
  query?: z.ZodObject;
  /** Absent: not JSON; `media` says what, and without it there is no content (204). */
  response?: z.ZodType;
  media?: string;
  /** Statuses besides 200 (204) that a client must expect, as problem+json (204 has no body). */
  others: number[];
}
