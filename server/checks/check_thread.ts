import { Worker } from "node:worker_threads";
import { workerFile } from "../db/project_files.ts";
import { TangledCoverage } from "../../data/coverage/tangled.ts";
import type { CheckRefused, CheckResult } from "./check_protocol.ts";
import type { Send } from "./division_repository.ts";

/** Whatever takes longer than this has gone wrong; a city takes seconds. */
const longestCheck = 180_000; // ms
/** Of its own heap, so that a check too large ends itself and not the server; a city takes a third. */
const largestHeap = 3072; // MB

/**
 * Runs one check in a thread of its own, which boots while the first pages are read.
 * @param kind - what `load` begins with, and the thread answers
 * @param load - sends everything that the check needs
 * @param signal - ends both loading and thread
 * @throws TangledCoverage; what `load` throws, what ended the thread, or the reason of the signal
 */
export async function checkInThread<Kind extends CheckResult["kind"], Facts>(
  kind: Kind,
  load: (send: Send, signal: AbortSignal) => Promise<Facts>,
  signal: AbortSignal,
): Promise<{ facts: Facts; result: Extract<CheckResult, { kind: Kind }> }> {
  signal.throwIfAborted();
  const worker = new Worker(workerFile(import.meta.url, "check_worker"), {
    execArgv: [], // flags of the process are not meant for it
    resourceLimits: { maxOldGenerationSizeMb: largestHeap },
  });
  const stop = new AbortController();
  const until = AbortSignal.any([signal, AbortSignal.timeout(longestCheck), stop.signal]);
  const result = resultOf(worker, until);
  // A thread that dies while pages still come ends the loading; its own failure tells more.
  result.catch((error: unknown) => stop.abort(error));
  try {
    const facts = await load((message, transfer = []) => worker.postMessage(message, transfer), until);
    worker.postMessage({ kind: "finish" });
    const found = await result;
    if (!isOf(kind, found)) throw new Error(`a ${found.kind} came back where a ${kind} was asked for`);
    return { facts, result: found };
  } finally {
    await worker.terminate();
  }
}

function isOf<Kind extends CheckResult["kind"]>(
  kind: Kind,
  result: CheckResult,
): result is Extract<CheckResult, { kind: Kind }> {
  return result.kind === kind;
}

function resultOf(worker: Worker, until: AbortSignal): Promise<CheckResult> {
  return new Promise((resolve, reject) => {
    worker.once("message", (answer: CheckResult | CheckRefused) => {
      if (answer.kind === "tangled") reject(new TangledCoverage(answer.what));
      else resolve(answer);
    });
    worker.on("error", reject);
    worker.once("exit", (code) => reject(new Error(`the thread of a check ended with ${code}`)));
    until.addEventListener("abort", () => reject(until.reason), { once: true });
  });
}
