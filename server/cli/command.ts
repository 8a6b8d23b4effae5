import { type ParseArgsConfig, parseArgs } from "node:util";
import type { KnownProblem } from "../../data/schema/problem.ts";
import { type Config, readConfig } from "../config.ts";
import type { Db } from "../db/db.ts";
import { migrate } from "../db/migrate.ts";
import { openDb } from "../db/open_db.ts";

/** 0 fine · 1 faults found, or it cannot be done · 2 bad input or usage (design §4). */
export type ExitCode = 0 | 1 | 2;

export interface Command {
  /** One line: arguments and what it does. */
  usage: string;
  run: (args: string[], env: Record<string, string | undefined>) => Promise<ExitCode>;
}

/** Something that the person who called can put right; printed as it is, exit 2. */
export class UsageError extends Error {}

/** Options and exactly `count` other arguments. @throws UsageError */
export function readArguments<O extends NonNullable<ParseArgsConfig["options"]>>(
  args: string[],
  options: O,
  count: number,
) {
  let parsed: ReturnType<typeof parseArgs<{ args: string[]; options: O; allowPositionals: true }>>;
  try {
    parsed = parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  if (parsed.positionals.length !== count) {
    throw new UsageError(`需要 ${count} 个参数，得到 ${parsed.positionals.length} 个 / ${count} arguments are needed`);
  }
  return parsed;
}

/** The value of an option that must be there. @throws UsageError */
export function required(value: string | undefined, option: string): string {
  if (value === undefined || value.trim() === "") throw new UsageError(`缺少 ${option} / ${option} is missing`);
  return value.trim();
}

/** Progress goes to stderr, so that stdout holds nothing but the result. */
export function tell(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

/** Opens the database of the settings with its schema up to date, and closes it whatever happens. */
export async function withDatabase<T>(
  env: Record<string, string | undefined>,
  work: (db: Db, config: Config) => Promise<T>,
): Promise<T> {
  const config = readConfig(env);
  const db = await openDb({
    database_url: config.database_url ?? null,
    data_dir: config.data_dir,
    attempts: 3, // somebody sits and waits
    onProgress: tell,
  });
  try {
    await migrate(db, { onProgress: tell });
    return await work(db, config);
  } finally {
    await db.close();
  }
}

/** Today, YYYY-MM-DD, where the city lies. */
export function todayIn(timeZone: string): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone }).format(new Date());
}

/** Prints a problem for a person. */
export function tellProblem({ detail, fix }: KnownProblem): void {
  tell(`${detail}\n${fix}`);
}
