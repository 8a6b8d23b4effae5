import type { z } from "zod";
import type { KnownProblem } from "../../data/schema/problem.ts";
import { problem } from "../../data/schema/problem.ts";

/** An expected failure on its way to the client; the error handler sends it as it is. */
export class ProblemError extends Error {
  readonly problem: KnownProblem;
  constructor(problem: KnownProblem) {
    super(`${problem.code}: ${problem.detail}`);
    this.problem = problem;
  }
}

/**
 * Parses what came in. Unknown keys are ignored, as links may carry keys of newer versions.
 * @throws ProblemError 400 with the place of the first fault and all of them in words
 */
export function parse<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues;
  throw new ProblemError(
    problem("request.invalid", {
      detail: issues.map((issue) => `${issue.path.join(".") || "请求"}: ${issue.message}`).join("；"),
      fix: "请按接口说明 /api/openapi.json 修改所列参数后重试。",
      pointer: issues[0].path.join("/"),
      ...(issues[0].code === "invalid_value" ? { allowed: issues[0].values.map(String) } : {}),
    }),
  );
}

/** Unwraps an outcome in a route: its value, or its problem to the client. */
export function unwrap<T>(outcome: { ok: true; value: T } | { ok: false; problem: KnownProblem }): T {
  if (!outcome.ok) throw new ProblemError(outcome.problem);
  return outcome.value;
}
