import { useQuery } from "@tanstack/react-query";
import type { AuditEntry } from "../../data/schema/audit.ts";
import { auditActionNames } from "../../data/vocabulary/access_words.ts";
import { adminWords } from "../../data/vocabulary/admin_words.ts";
import { formatMoment } from "../../data/vocabulary/format.ts";
import { auditLineQuery } from "../api/accounts.ts";
import { wordsOfCode } from "../ui/failure_words.ts";
import { QueryPanel } from "../ui/query_panel.tsx";
import { useLanguage, useWords } from "../ui/use_words.ts";
import { TableHead } from "../ui/table_head.tsx";
import { AuditOutcome } from "./audit_outcome.tsx";
import { listChanges } from "./list_changes.ts";
import { Panel } from "./panel.tsx";

/** One line of the log: who, from where, did what to what, before and after. */
export function AuditDetails({ line, onClose }: { line: number; onClose: () => void }) {
  const speak = useWords();
  const query = useQuery(auditLineQuery(line));
  return (
    <Panel title={speak(adminWords.audit_line, { seq: line })} about={String(line)} onClose={onClose}>
      <QueryPanel
        query={query}
        what={adminWords.audit_loading}
        className="admin-panel-body"
        skeleton={<span className="bone bone-row" />}
        isEmpty={(entry) => entry === null}
        empty={<p>{speak(adminWords.audit_none)}</p>}
      >
        {(entry) => entry && <Line entry={entry} />}
      </QueryPanel>
    </Panel>
  );
}

function Line({ entry }: { entry: AuditEntry }) {
  const speak = useWords();
  const reason = entry.problem ? wordsOfCode(entry.problem)?.[0] : undefined;
  const facts = [
    [adminWords.audit_at, formatMoment(entry.at)],
    [adminWords.audit_who, entry.account_name ?? speak(adminWords.audit_nobody)],
    [adminWords.audit_address, entry.address],
    [adminWords.audit_action, speak(auditActionNames[entry.action])],
    [adminWords.audit_target, entry.target],
    [adminWords.audit_problem, reason ? speak(reason) : entry.problem],
    [adminWords.audit_reference, entry.reference],
  ] as const;
  return (
    <>
      <AuditOutcome outcome={entry.outcome} />
      <dl className="audit-facts">
        {facts.map(
          ([name, value]) =>
            value && (
              <div key={name[1]}>
                <dt>{speak(name)}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
        <div>
          <dt>{speak(adminWords.audit_hash)}</dt>
          <dd className="audit-hash">{entry.hash}</dd>
        </div>
      </dl>
      <Changes entry={entry} />
    </>
  );
}

function Changes({ entry }: { entry: AuditEntry }) {
  const speak = useWords();
  const changes = listChanges(entry.before, entry.after, useLanguage());
  if (changes.length === 0) return <p className="note">{speak(adminWords.audit_no_details)}</p>;
  return (
    <table className="differences">
      <TableHead
        columns={[
          speak(adminWords.audit_fact),
          ...(entry.before ? [speak(adminWords.audit_before)] : []),
          ...(entry.after ? [speak(adminWords.audit_after)] : []),
        ]}
      />
      <tbody>
        {changes.map(({ name, before, after, differs }) => (
          <tr key={name} data-differs={differs}>
            <th scope="row">{name}</th>
            {entry.before && <td>{before}</td>}
            {entry.after && <td>{after}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
