import { createHash } from "node:crypto";
import type { Queries } from "../db/db.ts";
import { type AuditHead, readChain, type StoredLine } from "./repository.ts";

/** What is wrong with the log. `seq` is the line, `to` the last one where it is a range. */
export interface AuditFault {
  kind:
    | "removed" // lines are not there
    | "altered" // a line is not what was hashed
    | "reordered" // a line does not follow the one before it: lines were exchanged, or one was replaced and hashed anew
    | "doubled" // a number stands twice
    | "cut" // the end is missing: the head knows of later lines
    | "head" // the head is missing or says something else than the last line
    | "unexpected"; // the line that was noted elsewhere is not there, or is another
  seq: number;
  to?: number;
}

export interface AuditVerdict {
  lines: number;
  /** The last line as it stands: to be noted elsewhere. Null = the log is empty. */
  last: AuditHead | null;
  faults: AuditFault[];
  /** More faults than are listed. */
  more: number;
  /** The triggers that refuse rewriting are in force. */
  guarded: boolean;
}

const listed = 100;
const zeros = "00".repeat(32);

/**
 * Reads the whole log and works its hashes out anew, apart from the database. Who may write everything there could
 * hash a changed log anew from the change on; that is found by a line noted elsewhere (`expected`) and by nothing else.
 */
export async function verifyAudit(db: Queries, expected?: AuditHead): Promise<AuditVerdict> {
  const check = chainCheck(expected);
  const { head, guarded } = await readChain(db, (lines) => {
    for (const line of lines) check.take(line);
  });
  return { ...check.end(head), guarded };
}

function chainCheck(expected: AuditHead | undefined) {
  const faults: AuditFault[] = [];
  let more = 0;
  let lines = 0;
  let last: AuditHead = { seq: 0, hash: zeros };
  let met = false;

  function report(fault: AuditFault): void {
    if (faults.length < listed) faults.push(fault);
    else more++;
  }

  function take({ seq, payload, prev, hash }: StoredLine): void {
    lines++;
    if (seq === expected?.seq && hash === expected.hash) met = true;
    if (seq <= last.seq) report({ kind: "doubled", seq });
    else if (seq > last.seq + 1) report({ kind: "removed", seq: last.seq + 1, to: seq - 1 });
    // after a gap nothing can be said of the link itself
    else if (prev !== last.hash) report({ kind: "reordered", seq });
    if (hash !== hashOf(prev, payload) || numberIn(payload) !== seq) report({ kind: "altered", seq });
    last = { seq, hash };
  }

  function end(head: AuditHead | null): Omit<AuditVerdict, "guarded"> {
    if (!head) report({ kind: "head", seq: last.seq });
    else if (head.seq > last.seq) report({ kind: "cut", seq: last.seq + 1, to: head.seq });
    else if (head.seq < last.seq || head.hash !== last.hash) report({ kind: "head", seq: last.seq });
    if (expected && !met) report({ kind: "unexpected", seq: expected.seq });
    return { lines, last: lines > 0 ? last : null, faults, more };
  }

  return { take, end };
}

function hashOf(prev: string, payload: string): string {
  return createHash("sha256").update(Buffer.from(prev, "hex")).update(payload, "utf8").digest("hex");
}

function numberIn(payload: string): unknown {
  try {
    return (JSON.parse(payload) as { seq?: unknown } | null)?.seq;
  } catch {
    return undefined;
  }
}
