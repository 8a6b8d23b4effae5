import { parentPort } from "node:worker_threads";
import { checkDivision } from "../../data/checks/check_division.ts";
import { TangledCoverage } from "../../data/coverage/tangled.ts";
import { buildDivision } from "./build_division.ts";
import type { CheckMessage, CheckRefused, CheckResult } from "./check_protocol.ts";
import { buildCrosswalk } from "./write_crosswalk.ts";
import { writeFindings } from "./write_findings.ts";

/** One check, in a thread of its own: takes the pages of its subject, then says what came out. */
const port = parentPort!;

interface Task {
  take: (message: CheckMessage) => void;
  finish: () => CheckResult;
}

let task: Task | undefined;

port.on("message", (message: CheckMessage) => {
  if (message.kind === "division" || message.kind === "crosswalk") task = begin(message);
  else if (!task) throw new Error(`${message.kind} came before its check`);
  else if (message.kind === "finish") {
    port.postMessage(finish(task));
    port.close();
  } else task.take(message);
});

/** A class does not survive the way between threads. */
function finish(task: Task): CheckResult | CheckRefused {
  try {
    return task.finish();
  } catch (error) {
    if (!(error instanceof TangledCoverage)) throw error;
    return { kind: "tangled", what: error.what };
  }
}

function begin(message: CheckMessage & { kind: "division" | "crosswalk" }): Task {
  if (message.kind === "crosswalk") {
    const builder = buildCrosswalk(message);
    return { take: builder.take, finish: () => ({ kind: "crosswalk", crosswalk: builder.finish() }) };
  }
  const builder = buildDivision(message);
  return {
    take: builder.take,
    finish() {
      const built = builder.finish();
      return writeFindings(built, checkDivision(built.division));
    },
  };
}
