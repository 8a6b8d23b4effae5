import type { AuditAction } from "../../data/schema/audit.ts";
import type { ProblemCode } from "../../data/schema/problem_codes.ts";
import type { Queries } from "../db/db.ts";

/** Who did it, as it is written down; a Reader gives one, the command line another. */
export interface Actor {
  account_id: string | null;
  account_name: string | null;
  address: string | null;
  reference: string | null;
}

export interface AuditEvent {
  action: AuditAction;
  /** `account:12`, `contact:7`, `route:GET /api/audit` … */
  target?: string;
  /** Never a password, token or phone. */
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
  /** `done` unless said. */
  outcome?: "done" | "refused" | "failed";
  problem?: ProblemCode;
}

/** Writes one line. Of a change: inside its transaction and last in it, because others wait for it until commit. */
export type RecordAudit = (queries: Queries, actor: Actor, event: AuditEvent) => Promise<void>;
