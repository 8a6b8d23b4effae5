import { parentPort, workerData } from "node:worker_threads";
import { type DemoOptions, generateDemoParts } from "../../data/demo/generate.ts";

/** Makes one part of the demo city each time it is asked, so that no more than two are ever in memory. */
const parts = generateDemoParts(workerData as DemoOptions)[Symbol.iterator]();
const port = parentPort!;

port.on("message", () => {
  const { done, value } = parts.next();
  port.postMessage(done ? null : value);
  if (done) port.close();
});
