import { type ReactNode, useState } from "react";
import type { CheckReport } from "../../data/schema/check.ts";
import { checkWords, warningKindNames } from "../../data/vocabulary/check_words.ts";
import { findingWords } from "../../data/vocabulary/finding_words.ts";
import { formatCount } from "../../data/vocabulary/format.ts";
import type { Wording } from "../../data/vocabulary/language.ts";
import { useSession } from "../ui/reader.ts";
import { useWords } from "../ui/use_words.ts";
import { useView } from "../ui/view_store.ts";
import { HydrantPart } from "./check_extras.tsx";
import { FaultRow, WarningRow } from "./issue_rows.tsx";
import { countIssues, groupWarnings, type WarningGroup } from "./list_issues.ts";
import { GroupReason } from "./reason_form.tsx";

/** Lines that a part shows at first, and how many more at a time. */
const page = 60;

/** Every fault, then warnings by kind, then notes. */
export function CheckList({ report }: { report: CheckReport }) {
  const counts = countIssues(report);
  return (
    <div className="issues">
      {counts.faults > 0 && (
        <Part kind="fault" sign="■" title={checkWords.fault} count={counts.faults}>
          <Paged items={report.faults} total={counts.faults}>
            {(fault) => <FaultRow key={fault.key} fault={fault} />}
          </Paged>
        </Part>
      )}
      {counts.warnings > 0 && (
        <Part kind="warning" sign="▲" title={findingWords.warning} count={counts.warnings}>
          {groupWarnings(report).map((group) => (
            <Group key={group.kind} group={group} report={report} />
          ))}
        </Part>
      )}
      {(counts.notes > 0 || report.hydrants) && (
        <Part kind="note" sign="●" title={checkWords.note} count={counts.notes}>
          <Paged items={report.free_water} total={report.free_water.length}>
            {(fault) => <FaultRow key={fault.key} fault={fault} isFreeWater />}
          </Paged>
          {report.hydrants && <HydrantPart hydrants={report.hydrants} />}
        </Part>
      )}
    </div>
  );
}

interface PartProps {
  kind: "fault" | "warning" | "note";
  sign: string;
  title: Wording;
  count: number;
  children: ReactNode;
}

function Part({ kind, sign, title, count, children }: PartProps) {
  const speak = useWords();
  return (
    <section className="issue-part" aria-labelledby={`issues-${kind}`}>
      <h3 id={`issues-${kind}`} className={`issue-part-title sign-${kind}`}>
        <span aria-hidden="true">{sign}</span> {speak(title)}
        <span className="issue-part-count">{formatCount(count)}</span>
      </h3>
      {children}
    </section>
  );
}

interface PagedProps<Item> {
  items: readonly Item[];
  /** With those that the report leaves out. */
  total: number;
  children: (item: Item) => ReactNode;
}

/** Thousands of lines would make the page slow: so many, and more on demand; as far as the chosen one in any case. */
function Paged<Item extends { key: string }>({ items, total, children }: PagedProps<Item>) {
  const speak = useWords();
  const [wanted, setWanted] = useState(page);
  const chosen = useView((view) => items.findIndex(({ key }) => key === view.issue));
  const shown = items.slice(0, Math.max(wanted, chosen + 1));
  const rest = items.length - shown.length;
  if (items.length === 0) return null;
  return (
    <>
      <ul className="issue-list">{shown.map(children)}</ul>
      {rest > 0 && (
        <button type="button" className="link issue-more" onClick={() => setWanted(shown.length + page)}>
          {speak(checkWords.more, { count: Math.min(rest, page) })}
        </button>
      )}
      {rest === 0 && total > items.length && (
        <p className="note issue-more">
          {speak(checkWords.left_out, { total: formatCount(total), shown: formatCount(items.length) })}
        </p>
      )}
    </>
  );
}

/** Warnings of a kind under one heading; one reason may answer them all. */
function Group({ group, report }: { group: WarningGroup; report: CheckReport }) {
  const speak = useWords();
  const { actions } = useSession();
  const holdsChosen = useView((view) => group.warnings.some(({ key }) => key === view.issue));
  const [folded, setFolded] = useState(false);
  const open = !folded || holdsChosen;
  const kind = speak(warningKindNames[group.kind]);
  const mayReason = actions.includes("give_reasons") && report.summary.area !== null;
  return (
    <div className="issue-group" data-kind={group.kind}>
      <div className="issue-group-head">
        <button
          type="button"
          className="issue-group-fold"
          aria-expanded={open}
          onClick={() => setFolded(open)}
          disabled={holdsChosen}
        >
          {speak(checkWords.kind_count, { kind, count: formatCount(group.count) })}
        </button>
        <span className="note">
          {group.withoutReason > 0
            ? speak(checkWords.without_reason, { count: formatCount(group.withoutReason) })
            : speak(checkWords.all_with_reason)}
        </span>
      </div>
      {mayReason && group.withoutReason > 1 && <GroupReason group={group} report={report} />}
      {open && (
        <Paged items={group.warnings} total={group.count}>
          {(warning) => <WarningRow key={warning.key} warning={warning} report={report} />}
        </Paged>
      )}
    </div>
  );
}
