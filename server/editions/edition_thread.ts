import { Worker } from "node:worker_threads";
import { workerFile } from "../db/project_files.ts";
import type { EditionAnswers, EditionTask } from "./edition_protocol.ts";

export interface EditionThread {
  /** Does a task; one after the other. @throws what the task threw, or what ended the thread */
  do: <Kind extends EditionTask["kind"]>(
    task: EditionTask & { kind: Kind },
    transfer?: ArrayBuffer[],
  ) => Promise<EditionAnswers[Kind]>;
  /** Begins to start the thread, so that it is there when the task is. */
  warm: () => void;
}

/** Whatever takes longer than this has gone wrong; a city takes seconds. */
const longestTask = 180_000; // ms
/** Of its own heap, so that a task too large ends itself and not the server. */
const largestHeap = 3072; // MB
/** A thread that nobody needed for so long goes, and what it has grown to with it. */
const idle = 60_000; // ms

/** A thread for what takes long, started when it is first needed. It keeps no process alive. */
export function editionThread(): EditionThread {
  let worker: Worker | undefined;
  let ending: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();

  function start(): Worker {
    clearTimeout(ending);
    if (worker) return worker;
    const fresh = new Worker(workerFile(import.meta.url, "edition_worker"), {
      execArgv: [], // flags of the process are not meant for it
      resourceLimits: { maxOldGenerationSizeMb: largestHeap },
    });
    fresh.unref();
    // between two tasks nobody listens; the next one starts another
    fresh.on("error", () => undefined);
    fresh.on("exit", () => {
      if (worker === fresh) worker = undefined;
    });
    worker = fresh;
    return fresh;
  }

  async function ask(task: EditionTask, transfer: ArrayBuffer[]): Promise<unknown> {
    const asked = start();
    asked.ref();
    const until = AbortSignal.timeout(longestTask);
    try {
      return await new Promise((resolve, reject) => {
        const settle = () => {
          asked.off("message", take).off("error", fail).off("exit", leave);
          until.removeEventListener("abort", stop);
        };
        const take = (answer: unknown) => {
          settle();
          resolve(answer);
        };
        const fail = (error: unknown) => {
          settle();
          reject(error);
        };
        const leave = (code: number) => fail(new Error(`the thread of editions ended with ${code}`));
        const stop = () => {
          void asked.terminate();
          fail(until.reason);
        };
        asked.on("message", take).on("error", fail).on("exit", leave);
        until.addEventListener("abort", stop);
        asked.postMessage(task, transfer);
      });
    } finally {
      asked.unref();
      ending = setTimeout(() => void asked.terminate(), idle);
      ending.unref();
    }
  }

  return {
    warm: () => void start(),
    do(task, transfer = []) {
      const answer = last.then(() => ask(task, transfer));
      last = answer.catch(() => undefined);
      return answer as Promise<never>;
    },
  };
}
