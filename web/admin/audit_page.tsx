import { useInfiniteQuery } from "@tanstack/react-query";
import { type AuditEntry, auditActions } from "../../data/schema/audit.ts";
import { auditActionNames } from "../../data/vocabulary/access_words.ts";
import { adminWords } from "../../data/vocabulary/admin_words.ts";
import { formatMoment } from "../../data/vocabulary/format.ts";
import { type AuditFilter, auditQuery } from "../api/accounts.ts";
import { useKeys } from "../ui/keys.ts";
import { QueryPanel } from "../ui/query_panel.tsx";
import { useWords } from "../ui/use_words.ts";
import { TableHead } from "../ui/table_head.tsx";
import { TableSkeleton } from "./account_list.tsx";
import { AdminFrame } from "./admin_frame.tsx";
import { AuditDetails } from "./audit_details.tsx";
import { AuditFilters } from "./audit_filters.tsx";
import { AuditOutcome } from "./audit_outcome.tsx";
import { usePageKeys } from "./page_keys.ts";

/** 审计: what was written down, latest first, and each line with what it changed. */
export default function AuditPage() {
  const { read, write } = usePageKeys();
  const line = Number(read("line") ?? 0) || null;
  const close = () => write({ line: null }, "push");
  useKeys([{ code: "Escape", run: () => line !== null && close() }]);
  const filter: AuditFilter = {
    text: read("text") ?? undefined,
    action: auditActions.find((known) => known === read("action")),
    outcome: read("outcome") ?? undefined,
    from: read("from") ?? undefined,
    to: read("to") ?? undefined,
  };
  return (
    <AdminFrame
      path="/admin/audit"
      main={
        <>
          <AuditFilters filter={filter} onChange={(next) => write({ ...next, line: null })} />
          <AuditLines
            filter={filter}
            line={line}
            onChoose={(seq) => write({ line: String(seq) }, "push")}
            onClear={() => write({ text: null, action: null, outcome: null, from: null, to: null, line: null })}
          />
        </>
      }
      panel={line !== null && <AuditDetails key={line} line={line} onClose={close} />}
    />
  );
}

interface LinesProps {
  filter: AuditFilter;
  line: number | null;
  onChoose: (seq: number) => void;
  onClear: () => void;
}

function AuditLines({ filter, line, onChoose, onClear }: LinesProps) {
  const speak = useWords();
  const query = useInfiniteQuery(auditQuery(filter));
  return (
    <QueryPanel
      query={query}
      what={adminWords.audit_loading}
      className="admin-scroll"
      skeleton={<TableSkeleton />}
      isEmpty={(data) => data.pages.every((page) => page.entries.length === 0)}
      empty={
        <div className="admin-empty">
          <p>{speak(adminWords.audit_none)}</p>
          <button type="button" className="button" onClick={onClear}>
            {speak(adminWords.audit_clear)}
          </button>
        </div>
      }
    >
      {(data) => (
        <>
          <table className="admin-table audit-table">
            <TableHead
              columns={[
                speak(adminWords.audit_at),
                speak(adminWords.audit_who),
                speak(adminWords.audit_action),
                { name: speak(adminWords.audit_target), className: "wide-only" },
                speak(adminWords.audit_outcome),
              ]}
            />
            <tbody>
              {data.pages
                .flatMap((page) => page.entries)
                .map((entry) => (
                  <AuditRow
                    key={entry.seq}
                    entry={entry}
                    isChosen={entry.seq === line}
                    onChoose={() => onChoose(entry.seq)}
                  />
                ))}
            </tbody>
          </table>
          {query.hasNextPage ? (
            <button
              type="button"
              className="button table-more"
              disabled={query.isFetchingNextPage}
              onClick={() => void query.fetchNextPage()}
            >
              {speak(adminWords.audit_earlier)}
            </button>
          ) : (
            <p className="note table-end">{speak(adminWords.audit_chain)}</p>
          )}
        </>
      )}
    </QueryPanel>
  );
}

function AuditRow({ entry, isChosen, onChoose }: { entry: AuditEntry; isChosen: boolean; onChoose: () => void }) {
  const speak = useWords();
  return (
    <tr aria-selected={isChosen}>
      <td className="tabular">
        <button type="button" className="row-button row-button-plain" onClick={onChoose}>
          {formatMoment(entry.at)}
        </button>
      </td>
      <td>
        {entry.account_name ?? <span className="note">{speak(adminWords.audit_nobody)}</span>}
        {entry.address && <span className="cell-more tabular">{entry.address}</span>}
      </td>
      <td>{speak(auditActionNames[entry.action])}</td>
      <td className="cell-target wide-only">{entry.target}</td>
      <td>
        <AuditOutcome outcome={entry.outcome} />
      </td>
    </tr>
  );
}
