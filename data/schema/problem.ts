import { z } from "zod";
import { Position } from "./geometry.ts";
import { problemCodes, type ProblemCode } from "./problem_codes.ts";

/** application/problem+json (RFC 9457). `detail` says what and where, `fix` what to do. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  fix: z.string(),
  /** JSON pointer or parameter name of what was wrong. */
  pointer: z.string().optional(),
  row: z.int().optional(),
  at: Position.optional(),
  /** What would have been allowed. */
  allowed: z.array(z.string()).optional(),
  /** Why, for programs: of an operation that a draft refuses, `RefusalReason`. */
  reason: z.string().optional(),
  /** Ids of the areas that it is about. */
  areas: z.array(z.string()).optional(),
  /** Where there is more than one place: what is wrong at each. */
  places: z.array(z.object({ what: z.string(), at: Position.nullable() })).optional(),
  /** Of a stale write: the revision now, and what came between, oldest first. */
  revision: z.int().optional(),
  since: z
    .array(
      z.object({
        revision: z.int(),
        by: z.string(),
        at: z.iso.datetime({ offset: true }),
        what: z.string(),
        areas: z.array(z.string()),
      }),
    )
    .optional(),
});
export type Problem = z.infer<typeof Problem>;

/** One of ours; what another server sends may have a code that this version does not know. */
export type KnownProblem = Problem & { code: ProblemCode };

export type Outcome<T> = { ok: true; value: T } | { ok: false; problem: KnownProblem };

/** Makes a problem of a known code; `detail` and `fix` are in Chinese, for the person who reads them. */
export function problem(
  code: ProblemCode,
  words: { detail: string; fix: string } & Partial<Omit<Problem, "type" | "title" | "status" | "code">>,
): KnownProblem {
  const { status, title } = problemCodes[code];
  return { type: `/problems/${code}`, title, status, code, ...words };
}

/** A failed outcome, for `return failed("area.unknown", { … })`. */
export function failed(...args: Parameters<typeof problem>): { ok: false; problem: KnownProblem } {
  return { ok: false, problem: problem(...args) };
}
