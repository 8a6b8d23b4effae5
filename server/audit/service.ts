import type { Reader } from "../access/reader.ts";
import type { Actor, RecordAudit } from "./event.ts";
import { lineOf } from "./line.ts";
import { appendLine } from "./repository.ts";

/** Writes one line, in the transaction of `queries`. Names that stand for a secret or a phone are refused. */
export const recordAudit: RecordAudit = async (queries, actor, event) => {
  await appendLine(queries, lineOf(actor, event));
};

/** Who asks, as it is written down. */
export function actorOf({ account, address, reference }: Reader): Actor {
  return { account_id: account?.id ?? null, account_name: account?.name ?? null, address, reference };
}
