import { Worker } from "node:worker_threads";
import { DatabaseUnavailable, QueryError } from "./db.ts";
import type { BootStep, EmbeddedCall, EmbeddedReply, EmbeddedStart } from "./embedded_protocol.ts";
import { workerFile } from "./project_files.ts";

interface Answer {
  rows: unknown[];
  count: number;
}

const bootTimeout = 180_000; // ms: a first boot takes 10–20 s, on a slow disk several times that

/** One life of the embedded engine in its worker thread. A call that overruns its deadline ends the life. */
export class EmbeddedThread {
  readonly version: string;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, { resolve: (answer: Answer) => void; reject: (error: Error) => void }>();
  #next = 1;
  #alive = true;

  private constructor(worker: Worker, version: string) {
    this.#worker = worker;
    this.version = version;
    worker.on("message", (reply: EmbeddedReply) => this.#settle(reply));
    worker.on("error", (error) => this.#end(`the embedded engine failed: ${error.message}`));
    worker.on("exit", () => this.#end("the embedded engine ended"));
  }

  /** Boots the engine. Rejects with its reason when it cannot. */
  static start(start: EmbeddedStart, onStep: (step: BootStep) => void): Promise<EmbeddedThread> {
    const worker = new Worker(workerFile(import.meta.url, "embedded_worker"), {
      workerData: start,
      execArgv: [], // flags of the process (--eval …) are not meant for it
    });
    return new Promise((resolve, reject) => {
      const limit = setTimeout(() => fail(new Error("the embedded engine did not start in time")), bootTimeout);
      const fail = (error: Error) => {
        leave();
        worker.on("error", () => undefined); // what it still says while ending is of no use
        void worker.terminate();
        reject(error);
      };
      const onExit = (code: number) => fail(new Error(`the embedded engine ended with ${code}`));
      const onMessage = (reply: EmbeddedReply) => {
        if (reply.kind === "progress") onStep(reply.step);
        if (reply.kind === "failed") fail(new Error(reply.reason));
        if (reply.kind !== "ready") return;
        resolve(new EmbeddedThread(worker, reply.version));
        leave();
      };
      const leave = () => {
        clearTimeout(limit);
        worker.off("error", fail).off("exit", onExit).off("message", onMessage);
      };
      worker.on("error", fail).on("exit", onExit).on("message", onMessage);
    });
  }

  get isAlive(): boolean {
    return this.#alive;
  }

  /** @throws QueryError 57014 at the deadline; the engine has then been ended, because nothing else stops it */
  call(call: EmbeddedCall, timeout_ms: number): Promise<Answer> {
    if (!this.#alive) return Promise.reject(new DatabaseUnavailable("the embedded engine is restarting"));
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      const deadline = setTimeout(() => {
        this.#waiting.delete(id);
        reject(new QueryError({ message: `canceling statement after ${timeout_ms} ms`, sqlstate: "57014" }));
        this.#end("the embedded engine was ended because a call overran its deadline");
        void this.#worker.terminate();
      }, timeout_ms);
      const settled =
        <T>(settle: (value: T) => void) =>
        (value: T) => {
          clearTimeout(deadline);
          settle(value);
        };
      this.#waiting.set(id, { resolve: settled(resolve), reject: settled(reject) });
      const transfer = call.kind === "copy" ? transferable(call.data) : [];
      this.#worker.postMessage({ ...call, id }, transfer);
    });
  }

  /** Ends cleanly when it can, by force when not. */
  async close(): Promise<void> {
    if (this.#alive) await this.call({ kind: "close" }, 10_000).catch(() => undefined);
    this.#end("the database is closed");
    await this.#worker.terminate();
  }

  #settle(reply: EmbeddedReply): void {
    if (reply.kind !== "done" && reply.kind !== "refused") return;
    const caller = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (reply.kind === "done") caller?.resolve({ rows: reply.rows, count: reply.count });
    else caller?.reject(new QueryError(reply.facts));
  }

  #end(reason: string): void {
    this.#alive = false;
    for (const caller of this.#waiting.values()) caller.reject(new DatabaseUnavailable(reason));
    this.#waiting.clear();
  }
}

/** A large piece is handed over instead of copied; a small Buffer may share its memory with others. */
function transferable(data: Uint8Array): ArrayBuffer[] {
  const isAlone = data.byteOffset === 0 && data.byteLength === data.buffer.byteLength;
  return isAlone && data.buffer instanceof ArrayBuffer ? [data.buffer] : [];
}
