import type { Change } from "../../data/schema/change.ts";
import type { PlanEvent, StreamQuery } from "../../data/schema/stream.ts";
import type { Reader } from "../access/reader.ts";
import type { Queries } from "../db/db.ts";
import { findPlanChanges } from "./repository.ts";

/** Where events of one reader go. */
export interface Sink {
  write: (text: string) => void;
  /** Bytes that the reader has not taken yet. */
  waiting: () => number;
  /** @param isSlow - cut at once: what waits would wait for ever */
  end: (isSlow: boolean) => void;
}

/** Hands what is committed to everybody who listens and may hear of it. */
export interface StreamHub {
  /**
   * Begins a stream, with what came after `last` if that can still be told.
   * @param holds - whether the reader may still listen; asked every now and then
   * @returns ends it
   */
  open: (listener: Listening, last: number | null) => Promise<() => void>;
  /** Takes over committed changes, in their order. */
  follow: (changes: readonly Change[]) => void;
  /** How many listen. */
  size: () => number;
  close: () => void;
}

export interface Listening {
  reader: Reader;
  query: StreamQuery;
  sink: Sink;
  holds: () => Promise<boolean>;
}

export interface HubParts {
  db: Queries;
  /** Number of the last change that was taken over when the hub began. */
  from: number;
  /** Of the plans named, what a reader may hear. */
  planEvents: (reader: Reader, ids: readonly string[]) => Promise<PlanEvent[]>;
  /** Asks for what other processes on the same database committed; null where there are none. */
  catchUp: (() => Promise<void>) | null;
  onError: (error: unknown) => void;
}

/** While somebody listens, others' changes are asked for so often; who waits for a colleague sees no delay. */
const askForOthers = 1_000; // ms

const heartbeat = 5_000; // ms
/** How many heartbeats pass between two questions whether the reader may still listen. */
const beatsToAsk = 3;
const mostWaiting = 1024 * 1024; // bytes
/** More that was missed is read anew faster than it is told. */
const mostMissed = 1_000;
/** Streams of one account; the oldest is ended for the one above. */
const mostOfAccount = 30;
const retryAfter = 2_000; // ms, after a break

export function streamHub({ db, from, planEvents, catchUp, onError }: HubParts): StreamHub {
  const listeners = new Set<Listening>();
  let rev = from;
  let beats = 0;
  /** One after the other, so that nothing falls between what is resumed and what follows. */
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work);
    turn = mine.catch(onError);
    return mine;
  };

  function send(listener: Listening, text: string): void {
    if (!listeners.has(listener)) return;
    listener.sink.write(text);
    if (listener.sink.waiting() > mostWaiting) end(listener, true);
  }

  function end(listener: Listening, isSlow = false): void {
    if (listeners.delete(listener)) listener.sink.end(isSlow);
  }

  async function tellPlans(to: readonly Listening[], ids: readonly string[], id: number): Promise<void> {
    const asked = new Map<string, Promise<PlanEvent[]>>();
    for (const listener of to) {
      // the same grants hear the same
      const key = JSON.stringify(listener.reader.grants);
      const events = asked.get(key) ?? planEvents(listener.reader, ids);
      asked.set(key, events);
      for (const event of await events) {
        if (listener.query.plan !== undefined && listener.query.plan !== event.plan) continue;
        send(listener, eventText("plan", event, id));
      }
    }
  }

  async function resume(listener: Listening, last: number): Promise<void> {
    const missed = last > rev ? null : await findPlanChanges(db, { after: last, until: rev, most: mostMissed });
    if (missed === null) send(listener, eventText("resync", {}, rev));
    else if (missed.length > 0) await tellPlans([listener], missed, rev);
  }

  async function take(changes: readonly Change[]): Promise<void> {
    const last = changes.at(-1)?.rev;
    if (last === undefined) return;
    for (const { layer, ids } of changes) {
      if (layer !== "access") continue;
      const ended = new Set(ids.map(String));
      for (const listener of listeners) if (ended.has(listener.reader.account?.id ?? "")) end(listener);
    }
    const plans = new Set(changes.filter(({ layer }) => layer === "plans").flatMap(({ ids }) => ids.map(String)));
    rev = last;
    if (plans.size > 0 && listeners.size > 0) await tellPlans([...listeners], [...plans], last);
  }

  const timer = setInterval(() => {
    for (const listener of listeners) send(listener, ":\n\n");
    if (++beats % beatsToAsk !== 0) return;
    for (const listener of listeners) {
      listener.holds().then((holds) => {
        if (!holds) end(listener);
      }, onError);
    }
  }, heartbeat);
  timer.unref();
  const asking = setInterval(() => {
    // a database that is away is told of where changes are followed
    if (listeners.size > 0) catchUp?.().catch(() => undefined);
  }, askForOthers);
  asking.unref();

  return {
    open: (listener, last) =>
      inTurn(async () => {
        const own = [...listeners].filter(({ reader }) => reader.account?.id === listener.reader.account?.id);
        if (own.length >= mostOfAccount) end(own[0]!);
        listeners.add(listener);
        // without data it is no event, but whoever comes back names it
        send(listener, `retry: ${retryAfter}\nid: ${last ?? rev}\n\n`);
        if (last !== null) await resume(listener, last);
        return () => end(listener);
      }),
    follow(changes) {
      inTurn(() => take(changes)).catch(() => undefined); // told to onError
    },
    size: () => listeners.size,
    close() {
      clearInterval(timer);
      clearInterval(asking);
      for (const listener of listeners) end(listener);
    },
  };
}

/** JSON has no line breaks: one line of data. */
function eventText(event: string, data: object, id: number): string {
  return `event: ${event}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`;
}
