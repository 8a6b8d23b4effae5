import { signInWords } from "../../data/vocabulary/access_words.ts";
import { frameWords } from "../../data/vocabulary/frame_words.ts";
import { type Language, say, type Wording } from "../../data/vocabulary/language.ts";
import { problemWords } from "../../data/vocabulary/problem_words.ts";
import { AnsweredProblem, UnreadableAnswer } from "../api/client.ts";

export interface FailureWords {
  what: string;
  next: string;
}

/**
 * What went wrong and what to do next. The server words its problems in Chinese for the case at hand; readers of
 * English get the wording of the code.
 */
export function wordFailure(error: unknown, language: Language): FailureWords {
  if (error instanceof AnsweredProblem) {
    const { detail, fix } = error.problem;
    const known = wordsOfCode(error.problem.code);
    if (language === "zh-CN" || !known) return { what: detail, next: fix };
    return { what: sayWait(error) ?? say(known[0], language), next: say(known[1], language) };
  }
  if (error instanceof UnreadableAnswer) return { what: say(frameWords.answer_unreadable, language), next: "" };
  return { what: say(frameWords.no_answer, language), next: say(frameWords.failed_fix_network, language) };
}

/** The wording of a code that an address names; undefined for what is none of ours. */
export function wordsOfCode(code: string): readonly [what: Wording, next: Wording] | undefined {
  return Object.hasOwn(problemWords, code) ? problemWords[code as keyof typeof problemWords] : undefined;
}

/** How long until another try, where the server said it. */
function sayWait({ problem, retryAfter }: AnsweredProblem): string | null {
  if (problem.code === "access.locked") {
    const minutes = retryAfter === null ? /(\d+)\s*分钟/.exec(problem.detail)?.[1] : Math.ceil(retryAfter / 60);
    return minutes === undefined ? null : say(signInWords.locked_minutes, "en", { minutes });
  }
  if (problem.code === "request.too_often" && retryAfter !== null) {
    return say(signInWords.wait_seconds, "en", { seconds: Math.max(1, Math.ceil(retryAfter)) });
  }
  return null;
}
