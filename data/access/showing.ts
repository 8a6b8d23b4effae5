/**
 * How a phone is shown: `open` at once and in full; `full` in part, and in full on request (audited); `part` in part
 * only; `none` not at all. Least first.
 */
export const showings = ["none", "part", "full", "open"] as const;
export type Showing = (typeof showings)[number];
