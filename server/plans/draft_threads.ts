import { Worker } from "node:worker_threads";
import { workerFile } from "../db/project_files.ts";
import type { DraftCall, DraftCalls, DraftReply } from "./draft_protocol.ts";

/** Of its own heap, so that a draft too large ends its thread and not the server. */
const largestHeap = 3072; // MB

/** A thread that holds drafts; it begins with the first call and begins anew after a failure. */
export interface DraftThread {
  call: <Call extends DraftCall>(
    call: Call,
    asks: DraftCalls[Call]["asks"],
    transfer?: readonly ArrayBuffer[],
  ) => Promise<DraftCalls[Call]["answers"]>;
  /** Rises when the thread was lost, and all that it held. */
  generation: () => number;
  close: () => Promise<void>;
}

interface Waiting {
  resolve: (answer: unknown) => void;
  reject: (error: Error) => void;
}

export function draftThread(): DraftThread {
  let worker: Worker | undefined;
  let generation = 0;
  let calls = 0;
  const waiting = new Map<number, Waiting>();

  function lose(lost: Worker, error: Error): void {
    if (worker !== lost) return;
    worker = undefined;
    generation++;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  }

  function start(): Worker {
    const started = new Worker(workerFile(import.meta.url, "draft_worker"), {
      execArgv: [], // flags of the process are not meant for it
      resourceLimits: { maxOldGenerationSizeMb: largestHeap },
    });
    started.on("message", (reply: DraftReply) => {
      const asked = waiting.get(reply.id);
      waiting.delete(reply.id);
      if (waiting.size === 0) started.unref();
      if ("failure" in reply) asked?.reject(new Error(reply.failure));
      else asked?.resolve(reply.answer);
    });
    started.on("error", (error: Error) => lose(started, error));
    started.on("exit", (code) => lose(started, new Error(`the thread of drafts ended with ${code}`)));
    started.unref();
    return started;
  }

  return {
    call<Call extends DraftCall>(call: Call, asks: DraftCalls[Call]["asks"], transfer: readonly ArrayBuffer[] = []) {
      worker ??= start();
      const to = worker;
      const id = ++calls;
      return new Promise<DraftCalls[Call]["answers"]>((resolve, reject) => {
        waiting.set(id, { resolve: resolve as Waiting["resolve"], reject });
        to.ref();
        to.postMessage({ id, call, asks }, transfer);
      });
    },
    generation: () => generation,
    async close() {
      const ending = worker;
      if (ending) lose(ending, new Error("the server is stopping"));
      await ending?.terminate();
    },
  };
}
