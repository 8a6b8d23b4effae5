import { z } from "zod";
import { Problem } from "../../data/schema/problem.ts";

/** The server answered with a problem of its own table. */
export class AnsweredProblem extends Error {
  readonly problem: Problem;
  /** Seconds after which another try makes sense, where the server said so. */
  readonly retryAfter: number | null;
  constructor(problem: Problem, retryAfter: number | null = null) {
    super(problem.detail);
    this.name = "AnsweredProblem";
    this.problem = problem;
    this.retryAfter = retryAfter;
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
  const response = await askWithAccess(addressOf(path, query), signal ? { signal } : {});
  return readAnswer(schema, path, response);
}

interface Sending {
  method: "POST" | "PUT" | "DELETE";
  body?: unknown;
  /** The ETag that the change was made from. */
  ifMatch?: string;
  /** The same for the same change: after a lost answer it is not made again. */
  idempotencyKey?: string;
}

/**
 * Sends a change and reads what became of it.
 *
 * @param schema - what the answer must look like; null where there is none (204)
 * @throws AnsweredProblem, Unreachable, UnreadableAnswer
 */
export async function sendJson<Schema extends z.ZodType>(
  schema: Schema | null,
  path: string,
  { method, body, ifMatch, idempotencyKey }: Sending,
): Promise<z.output<Schema>> {
  const headers: Record<string, string> = {};
  // Only JSON is taken, even where there is nothing to say.
  if (body !== undefined) headers["content-type"] = "application/json";
  if (ifMatch !== undefined) headers["if-match"] = ifMatch;
  if (idempotencyKey !== undefined) headers["idempotency-key"] = idempotencyKey;
  const written = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await askWithAccess(path, { method, headers, ...written });
  if (schema === null && response.ok) return undefined as z.output<Schema>;
  return readAnswer(schema ?? z.never(), path, response);
}

async function readAnswer<Schema extends z.ZodType>(
  schema: Schema | z.ZodNever,
  path: string,
  response: Response,
): Promise<z.output<Schema>> {
  const body = await readBody(response);
  if (!response.ok) {
    const answered = Problem.safeParse(body);
    if (answered.success) throw new AnsweredProblem(answered.data, readRetryAfter(response));
    throw new Unreachable(`${path}: HTTP ${response.status}`);
  }
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new UnreadableAnswer(path, z.prettifyError(parsed.error));
  return parsed.data as z.output<Schema>;
}

function readRetryAfter(response: Response): number | null {
  const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds : null;
}

/** Failures that a fresh look at the session may cure: the cookie or the token of the tiles was out of date. */
const curable: ReadonlySet<string> = new Set(["access.token", "access.ended", "access.sign_in"]);

let renewAccess: (() => Promise<unknown>) | null = null;

/** Says how the session is asked for again when an answer is 401; the request is then repeated, once. */
export function onAccessLost(renew: () => Promise<unknown>): void {
  renewAccess = renew;
}

async function askWithAccess(address: string, init: RequestInit): Promise<Response> {
  const response = await ask(address, init);
  if (response.status !== 401 || !renewAccess || address.startsWith(sessionPath)) return response;
  const answered = Problem.safeParse(
    await response
      .clone()
      .json()
      .catch(() => null),
  );
  if (!answered.success || !curable.has(answered.data.code)) return response;
  await renewAccess();
  return ask(address, init);
}

/** The session itself is asked for by whoever keeps it. */
export const sessionPath = "/api/session";

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

/** The code of the problem that was answered; null for anything else. */
export function problemCode(error: unknown): string | null {
  return error instanceof AnsweredProblem ? error.problem.code : null;
}

/** True for 「there is no such …」. */
export function isMissing(error: unknown): boolean {
  return error instanceof AnsweredProblem && error.problem.status === 404;
}

async function ask(address: string, { headers, ...init }: RequestInit): Promise<Response> {
  try {
    return await fetch(address, { ...init, headers: { accept: "application/json", ...headers } });
  } catch (error) {
    if (init.signal?.aborted) throw error;
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
