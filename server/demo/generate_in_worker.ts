import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { DemoOptions } from "../../data/demo/generate.ts";
import type { CityRows } from "../../data/schema/city_rows.ts";
import { workerFile } from "../db/project_files.ts";

/**
 * The demo city in parts, made in a thread of its own: seconds of work that must not hold up the event loop.
 * The thread makes the next part while the caller stores the last one.
 * @throws what the generator throws
 */
export async function* generateInWorker(options: DemoOptions): AsyncGenerator<CityRows> {
  const worker = new Worker(workerFile(import.meta.url, "demo_worker"), { workerData: options });
  try {
    worker.postMessage("next");
    for (;;) {
      // once() rejects when the worker emits "error"
      const [part] = (await once(worker, "message")) as [CityRows | null];
      if (!part) return;
      worker.postMessage("next");
      yield part;
    }
  } finally {
    await worker.terminate();
  }
}
