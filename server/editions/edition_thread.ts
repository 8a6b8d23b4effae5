import { Worker } from "node:worker_threads";
import { workerFile } from "../db/project_files.ts";
import type { EditionAnswers, EditionTask } from "./edition_protocol.ts";

/** Whatever takes longer than this has gone wrong; a city takes seconds. */
const longestTask = 180_000; // ms
/** Of its own heap, so that a task too large ends itself and not the server. */
const largestHeap = 3072; // MB

/**
 * Does one task in a thread of its own.
 * @throws what ended the thread
 */
export async function doInThread<Kind extends EditionTask["kind"]>(
  task: EditionTask & { kind: Kind },
  transfer: ArrayBuffer[] = [],
): Promise<EditionAnswers[Kind]> {
  const worker = new Worker(workerFile(import.meta.url, "edition_worker"), {
    execArgv: [], // flags of the process are not meant for it
    resourceLimits: { maxOldGenerationSizeMb: largestHeap },
  });
  const until = AbortSignal.timeout(longestTask);
  try {
    return await new Promise<EditionAnswers[Kind]>((resolve, reject) => {
      worker.once("message", resolve);
      worker.on("error", reject);
      worker.once("exit", (code) => reject(new Error(`the thread of an edition ended with ${code}`)));
      until.addEventListener("abort", () => reject(until.reason), { once: true });
      worker.postMessage(task, transfer);
    });
  } finally {
    await worker.terminate();
  }
}
