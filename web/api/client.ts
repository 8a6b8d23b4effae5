import { z } from "zod";
import { Problem } from "../../data/schema/problem.ts";

/** The server answered with a problem of its own table. */
export class AnsweredProblem extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail);
    this.name = "AnsweredProblem";
    this.problem = problem;
  }
}

/** No answer came at all, or one that does not come from our server (a gateway's page). */
class Unreachable extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = "Unreachable";
  }
}

/** The answer is not what the schema says: page and server are of different versions. */
export class UnreadableAnswer extends Error {
  constructor(path: string, reason: string) {
    super(`${path}: ${reason}`);
    this.name = "UnreadableAnswer";
  }
}

export type QueryValues = Readonly<Record<string, string | number | undefined | null>>;

/**
 * Reads one address of the API.
 *
 * @param schema - what the answer must look like
 * @param path - from the root, already encoded: `/api/areas`
 * @param query - undefined and null are left out
 * @throws AnsweredProblem, Unreachable, UnreadableAnswer; AbortError when `signal` says so
 */
export async function getJson<Schema extends z.ZodType>(
  schema: Schema,
  path: string,
  query: QueryValues = {},
  signal?: AbortSignal,
): Promise<z.output<Schema>> {
  const response = await ask(addressOf(path, query), signal);
  const body = await readBody(response);
  if (!response.ok) {
    const answered = Problem.safeParse(body);
    if (answered.success) throw new AnsweredProblem(answered.data);
    throw new Unreachable(`${path}: HTTP ${response.status}`);
  }
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new UnreadableAnswer(path, z.prettifyError(parsed.error));
  return parsed.data;
}

/** Path and query as one address; values are encoded. */
function addressOf(path: string, query: QueryValues): string {
  const values = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null) values.set(name, String(value));
  }
  return values.size > 0 ? `${path}?${values}` : path;
}

/** True where asking again cannot help: the request itself is wrong, or the answer will stay unreadable. */
export function isFinal(error: unknown): boolean {
  if (error instanceof UnreadableAnswer) return true;
  return error instanceof AnsweredProblem && error.problem.status < 500;
}

/** True for 「there is no such …」. */
export function isMissing(error: unknown): boolean {
  return error instanceof AnsweredProblem && error.problem.status === 404;
}

async function ask(address: string, signal?: AbortSignal): Promise<Response> {
  try {
    return await fetch(address, { headers: { accept: "application/json" }, ...(signal ? { signal } : {}) });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Unreachable(`${address}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function readBody(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    throw new Unreachable(`${response.url}: HTTP ${response.status} without JSON`);
  }
}
