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
    let coming = askForPart(worker);
    for (;;) {
      const part = await coming;
      if (!part) return;
      // Asked, and listened for, before the caller goes away to store this one.
      coming = askForPart(worker);
      coming.catch(() => undefined); // a failure is thrown when it is awaited
      yield part;
    }
  } finally {
    await worker.terminate();
  }
}

function askForPart(worker: Worker): Promise<CityRows | null> {
  return new Promise((resolve, reject) => {
    worker.once("message", (part: CityRows | null) => {
      worker.off("error", reject);
      resolve(part);
    });
    worker.once("error", reject);
    worker.postMessage("next");
  });
}
