import { TangledCoverage } from "../../data/coverage/tangled.ts";
import { failed, type KnownProblem, type Outcome } from "../../data/schema/problem.ts";
import type { Queries } from "../db/db.ts";
import { type Kept, keptResults } from "./kept_results.ts";
import { sharedRuns, TooManyRuns, type TurnQueue } from "./shared_runs.ts";

/**
 * Answers that take a thread: what was found before as long as it holds, else what a run finds now, together with
 * others who ask the same meanwhile.
 * @param key - the same for the same question of readers who see the same
 * @param signal - of a reader who may leave; a run that nobody waits for any more is ended
 */
export type ThreadedAnswers<T> = (
  key: string,
  find: (signal: AbortSignal) => Promise<Kept<T>>,
  signal: AbortSignal,
) => Promise<Outcome<T>>;

export interface ThreadedAnswersParts {
  db: Pick<Queries, "query">;
  turns: TurnQueue;
  /** Answers that are kept in memory. */
  most: number;
}

export function threadedAnswers<T>({ db, turns, most }: ThreadedAnswersParts): ThreadedAnswers<T> {
  const runs = sharedRuns<T>(turns);
  const results = keptResults<T>(db, most);
  return async (key, find, signal) => {
    const { value, rev } = await results.find(key);
    if (value !== undefined) return { ok: true, value };
    const work = async (until: AbortSignal) => {
      const found = await find(until);
      results.keep(key, found);
      return found.value;
    };
    try {
      // a run that began before the last change must not answer who asks after it
      return { ok: true, value: await runs.run(`${rev} ${key}`, work, signal) };
    } catch (error) {
      if (error instanceof TangledCoverage) return tangled();
      if (!(error instanceof TooManyRuns)) throw error;
      return failed("check.busy", {
        detail: "正在进行的检查太多，暂时不能再排队。",
        fix: "请稍等片刻再试；也可先检查较小的区域。",
      });
    }
  };
}

function tangled(): { ok: false; problem: KnownProblem } {
  return failed("check.tangled", {
    detail: "同一处重叠的区域过多，无法逐一列出。",
    fix: "请先检查下级区域，或核对导入的数据是否重复。",
  });
}
