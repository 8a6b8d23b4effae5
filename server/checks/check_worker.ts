import { parentPort } from "node:worker_threads";
import { checkDivision } from "../../data/checks/check_division.ts";
import { buildDivision } from "./build_division.ts";
import type { CheckMessage, CheckResult } from "./check_protocol.ts";
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
    port.postMessage(task.finish());
    port.close();
  } else task.take(message);
});

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
