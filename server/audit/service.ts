import type { AuditAction, AuditEntry, AuditList, AuditQuery } from "../../data/schema/audit.ts";
import type { Endpoint } from "../../data/schema/endpoint.ts";
import type { KnownProblem } from "../../data/schema/problem.ts";
import type { Reader } from "../access/reader.ts";
import type { Queries } from "../db/db.ts";
import type { Actor, RecordAudit } from "./event.ts";
import { lineOf } from "./line.ts";
import { refusalBudget } from "./refusal_budget.ts";
import { appendLine, findLatest, findLines } from "./repository.ts";

/** Writes one line, in the transaction of `queries`. Names that stand for a secret or a phone are refused. */
export const recordAudit: RecordAudit = async (queries, actor, event) => {
  await appendLine(queries, lineOf(actor, event));
};

/** Who asks, as it is written down. */
export function actorOf({ account, address, reference }: Reader): Actor {
  return { account_id: account?.id ?? null, account_name: account?.name ?? null, address, reference };
}

/** What the server does of itself. */
export const serverActor: Actor = { account_id: null, account_name: "server", address: null, reference: null };

export interface AuditService {
  /** Lines that fit, latest first; `next` is the `before` of the page after. */
  list: (query: AuditQuery) => Promise<AuditList>;
  /** The latest line of one of the actions that was done to a target, `account:12` say. */
  latest: (target: string, actions: readonly AuditAction[]) => Promise<AuditEntry | null>;
  /** Writes down a refused request, within a bounded number of lines an hour for each sender. */
  recordRefusal: (reader: Reader, endpoint: Pick<Endpoint, "method" | "path">, refused: KnownProblem) => Promise<void>;
}

export interface AuditParts {
  db: Queries;
  /** Days of a query are days there. */
  time_zone: string;
  now: () => number;
}

export function auditService({ db, time_zone, now }: AuditParts): AuditService {
  const takeTurn = refusalBudget(now);
  return {
    async list(query) {
      const found = await findLines(db, query, { time_zone, limit: query.limit + 1 });
      const entries = found.slice(0, query.limit).map(({ payload, hash }) => entryOf(payload, hash));
      return { entries, next: found.length > query.limit ? entries.at(-1)!.seq : null };
    },
    async latest(target, actions) {
      const line = await findLatest(db, target, actions);
      return line ? entryOf(line.payload, line.hash) : null;
    },
    async recordRefusal(reader, { method, path }, refused) {
      const { written, note } = takeTurn(reader);
      if (!written) return;
      await recordAudit(db, actorOf(reader), {
        action: "refused",
        target: `route:${method.toUpperCase()} ${path}`,
        outcome: "refused",
        problem: refused.code,
        ...(Object.keys(note).length > 0 && { after: note }),
      });
    },
  };
}

/** What a line does not say is null; the page shows what it can of a line that another version or another hand wrote. */
function entryOf(payload: string, hash: string): AuditEntry {
  const line = JSON.parse(payload) as Partial<AuditEntry> & Pick<AuditEntry, "seq" | "at" | "action" | "outcome">;
  return {
    seq: line.seq,
    at: line.at,
    account_id: line.account_id ?? null,
    account_name: line.account_name ?? null,
    address: line.address ?? null,
    action: line.action,
    target: line.target ?? null,
    before: line.before ?? null,
    after: line.after ?? null,
    outcome: line.outcome,
    problem: line.problem ?? null,
    reference: line.reference ?? null,
    hash,
  };
}
