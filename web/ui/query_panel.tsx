import { type ReactNode, useEffect, useState } from "react";
import { readerWords } from "../../data/vocabulary/access_words.ts";
import { frameWords } from "../../data/vocabulary/frame_words.ts";
import { formatTime } from "../../data/vocabulary/format.ts";
import type { Wording } from "../../data/vocabulary/language.ts";
import { AnsweredProblem, isMissing, problemCode } from "../api/client.ts";
import { wordFailure } from "./failure_words.ts";
import { signInAddress } from "./sign_in_address.ts";
import { useLanguage, useWords } from "./use_words.ts";

/** What a panel needs to know of a query of TanStack; every query fits. */
export interface QueryState<Data> {
  data: Data | undefined;
  error: Error | null;
  failureReason: Error | null;
  failureCount: number;
  dataUpdatedAt: number;
  refetch: () => unknown;
}

interface Props<Data> {
  query: QueryState<Data>;
  /** What is being loaded, for the sentence that says it failed. */
  what: Wording;
  /** Shapes of the final size, shown after 200 ms. */
  skeleton: ReactNode;
  /** Shown instead of an error where the answer is 「there is no such …」. */
  missing?: ReactNode;
  isEmpty?: (data: Data) => boolean;
  empty?: ReactNode;
  className?: string;
  children: (data: Data) => ReactNode;
}

/** A panel that is in exactly one state (ui/frame.md, 「States」) and says so in `data-state`. */
export function QueryPanel<Data>({ query, what, skeleton, missing, isEmpty, empty, className, children }: Props<Data>) {
  const failure = query.error ?? query.failureReason;
  const data = query.data;
  if (data === undefined) {
    if (failure && missing && isMissing(failure)) {
      return (
        <div className={className} data-state="empty">
          {missing}
        </div>
      );
    }
    return (
      <div className={className} data-state={failure ? "error" : "loading"}>
        {failure ? <Failure failure={failure} what={what} query={query} /> : <Waiting>{skeleton}</Waiting>}
      </div>
    );
  }
  const isBare = isEmpty?.(data) ?? false;
  return (
    <div className={className} data-state={failure ? "stale" : isBare ? "empty" : "ready"}>
      {failure && <Stale query={query} what={what} />}
      {isBare ? empty : children(data)}
    </div>
  );
}

/** Nothing for 200 ms, then the skeleton, after ten seconds a word. */
function Waiting({ children }: { children: ReactNode }) {
  const speak = useWords();
  const [stage, setStage] = useState<"quiet" | "skeleton" | "slow">("quiet");
  useEffect(() => {
    const timers = [setTimeout(() => setStage("skeleton"), 200), setTimeout(() => setStage("slow"), 10_000)];
    return () => timers.forEach(clearTimeout);
  }, []);
  return (
    <div className={stage === "quiet" ? "waiting waiting-quiet" : "waiting"} aria-busy="true">
      {children}
      {stage === "slow" && <p className="note">{speak(frameWords.loading_slowly)}</p>}
    </div>
  );
}

function Failure<Data>({ failure, what, query }: { failure: Error; what: Wording; query: QueryState<Data> }) {
  const speak = useWords();
  const language = useLanguage();
  const [since] = useState(() => formatTime(new Date().toISOString()));
  const words = wordFailure(failure, language);
  const isAnswered = failure instanceof AnsweredProblem;
  return (
    <div className="failure" role="alert">
      <p className="failure-what">
        {isAnswered ? words.what : speak(frameWords.failed_since, { what: speak(what), time: since })}
      </p>
      <p>{isAnswered ? words.next : words.next || words.what}</p>
      {problemCode(failure) === "access.sign_in" && (
        <a className="button button-primary" href={signInAddress()}>
          {speak(readerWords.sign_in)}
        </a>
      )}
      <button type="button" className="button" onClick={() => query.refetch()}>
        {speak(frameWords.retry)}
      </button>
    </div>
  );
}

function Stale<Data>({ query, what }: { query: QueryState<Data>; what: Wording }) {
  const speak = useWords();
  const time = formatTime(new Date(query.dataUpdatedAt).toISOString()).slice(0, 5);
  return (
    <div className="stale-note" role="status">
      <span>
        {speak(what)} · {speak(frameWords.as_of, { time })}
      </span>
      <button type="button" className="link" onClick={() => query.refetch()}>
        {speak(frameWords.retry)}
      </button>
    </div>
  );
}
