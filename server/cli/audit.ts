import { type AuditFault, type AuditVerdict, verifyAudit } from "../audit/verify.ts";
import { type Command, readArguments, UsageError, withDatabase } from "./command.ts";

export const auditCommand: Command = {
  usage:
    "audit verify [--expect SEQ:HASH] [--json] — 核验审计日志未被删改 / proves that no line of the audit log was removed or changed",
  async run(args, env) {
    const options = { expect: { type: "string" }, json: { type: "boolean" } } as const;
    const { values, positionals } = readArguments(args, options, 1);
    if (positionals[0] !== "verify") throw new UsageError("只有 audit verify / there is only audit verify");
    const expected = values.expect === undefined ? undefined : readExpected(values.expect);
    return withDatabase(env, async (db) => {
      const verdict = await verifyAudit(db, expected);
      process.stdout.write(values.json ? `${JSON.stringify(jsonOf(verdict))}\n` : inWords(verdict));
      return isValid(verdict) ? 0 : 1;
    });
  },
};

function readExpected(text: string) {
  const match = /^(\d{1,15}):([0-9a-f]{64})$/i.exec(text.trim());
  if (!match)
    throw new UsageError("--expect 形如 1024:64 位十六进制摘要 / must be SEQ:HASH as this command printed it");
  return { seq: Number(match[1]), hash: match[2]!.toLowerCase() };
}

function isValid({ faults, guarded }: Pick<AuditVerdict, "faults" | "guarded">): boolean {
  return faults.length === 0 && guarded;
}

function jsonOf({ last, ...verdict }: AuditVerdict) {
  return { valid: isValid(verdict), ...verdict, last: last && `${last.seq}:${last.hash}` };
}

const kinds: Record<AuditFault["kind"], string> = {
  removed: "被删除 / removed",
  altered: "内容被改动 / altered",
  reordered: "与前一行不相接（被调换或替换） / does not follow the line before (exchanged or replaced)",
  doubled: "编号重复 / its number stands twice",
  cut: "末尾被截去 / the end was cut off",
  head: "与链尾记录不符 / the head of the chain says something else",
  unexpected: "与另处留存的摘要不符 / is not the line that was noted elsewhere",
};

function inWords({ lines, last, faults, more, guarded }: AuditVerdict): string {
  const head = faults.length === 0 ? `审计日志完整 / the audit log is whole: ${lines} 行 lines\n` : "";
  const found = faults.map(({ kind, seq, to }) => {
    const place = to === undefined || to === seq ? `${seq}` : `${seq}–${to}`;
    return `  第 ${place} 行 line ${place}: ${kinds[kind]}\n`;
  });
  if (more > 0) found.push(`  另有 ${more} 处 / ${more} more\n`);
  if (faults.length > 0) found.unshift(`审计日志被改动过 / the audit log was tampered with: ${lines} 行 lines\n`);
  if (!guarded) found.push("  保护触发器被停用或删除 / the triggers that refuse rewriting are disabled or gone\n");
  const note = last ? `末行，请另处留存 / last line, note it elsewhere: ${last.seq}:${last.hash}\n` : "";
  return head + found.join("") + note;
}
