import { z } from "zod";
import { Day, Words } from "./parameters.ts";

/** What is written down. */
export const auditActions = [
  "sign_in",
  "sign_out",
  "sign_in_refused",
  "refused",
  "password_change",
  "second_factor_change",
  "sessions_end",
  "account_create",
  "account_change",
  "account_release",
  "device_create",
  "device_pair",
  "device_revoke",
  "contact_reveal",
  "export",
  "import",
  "print",
  "reason_give",
  "reason_withdraw",
  "rules_change",
  "plan_begin",
  "plan_submit",
  "plan_withdraw",
  "plan_approve",
  "plan_reject",
  "plan_publish",
  "plan_discard",
  "plan_rebase",
] as const;
export const AuditAction = z.enum(auditActions);
export type AuditAction = z.infer<typeof AuditAction>;

const json = z.record(z.string(), z.unknown());

/** One line: who, from where, did what to what, before and after, and how it ended. Never a password, token or phone. */
export const AuditEntry = z.object({
  /** Rises by one without a gap. */
  seq: z.int(),
  at: z.iso.datetime({ offset: true }),
  account_id: z.string().nullable(),
  /** Name then used; kept when the account is gone. `cli:` for the command line. Null = nobody signed in. */
  account_name: z.string().nullable(),
  address: z.string().nullable(),
  action: AuditAction,
  /** `account:12`, `contact:7`, `route:GET /api/audit` … */
  target: z.string().nullable(),
  before: json.nullable(),
  after: json.nullable(),
  outcome: z.enum(["done", "refused", "failed"]),
  /** Code of the problem that was answered, if one was. */
  problem: z.string().nullable(),
  /** Of the request in the server's log. */
  reference: z.string().nullable(),
  /** SHA-256 over the former line's hash and this line, in hex. */
  hash: z.string(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/** GET /api/audit, latest first. */
export const AuditQuery = z.object({
  /** Part of the account's name, the address or the target. */
  text: Words.trim().max(100).optional(),
  action: AuditAction.optional(),
  outcome: z.enum(["done", "refused", "failed"]).optional(),
  from: Day.optional(),
  /** The last day, inclusive. */
  to: Day.optional(),
  /** Lines before this one. */
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type AuditQuery = z.infer<typeof AuditQuery>;
export const AuditList = z.object({ entries: z.array(AuditEntry), next: z.int().nullable() });
export type AuditList = z.infer<typeof AuditList>;
