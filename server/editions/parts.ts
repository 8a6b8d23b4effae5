import type { RecordAudit } from "../audit/event.ts";
import type { Db } from "../db/db.ts";

/** What everything about editions is made of. */
export interface EditionParts {
  db: Db;
  recordAudit: RecordAudit;
  /** Today in the configured time zone, YYYY-MM-DD. */
  today: () => string;
}
