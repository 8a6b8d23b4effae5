import { memo, type ReactNode } from "react";
import type { CheckFault, CheckReport, CheckWarning } from "../../data/schema/check.ts";
import { checkWords } from "../../data/vocabulary/check_words.ts";
import { findingWords } from "../../data/vocabulary/finding_words.ts";
import { formatCount } from "../../data/vocabulary/format.ts";
import { Icon } from "../ui/icons.tsx";
import { ShortName } from "../ui/place_name.tsx";
import { useWords } from "../ui/use_words.ts";
import { useChosenLine, walkLines } from "../ui/walk_lines.ts";
import { changeView, currentView, useView } from "../ui/view_store.ts";
import { Mends } from "./mends.tsx";
import { WarningReasonPart } from "./reason_form.tsx";
import { useVoice } from "./use_check.ts";
import { type IssueWords, percent, wordFault, wordWarning } from "../ui/word_issue.ts";

/** The chosen issue unfolds and the map goes there; chosen again it folds. */
function choose(key: string): void {
  changeView({ issue: currentView().issue === key ? null : key }, "push");
}

interface RowProps {
  issue: string;
  kind: "fault" | "warning" | "note";
  words: IssueWords;
  /** At the end of the line. */
  aside?: ReactNode;
  /** Unfolded below the line. */
  children: ReactNode;
}

const lines = "[data-issue]";
const walk = walkLines(lines);
const signs = { fault: "■", warning: "▲", note: "●" } as const;
const kindWords = { fault: checkWords.fault, warning: findingWords.warning, note: checkWords.note } as const;

function Row({ issue, kind, words, aside, children }: RowProps) {
  const speak = useWords();
  const isChosen = useView((view) => view.issue === issue);
  const line = useChosenLine(isChosen, lines);
  return (
    <li className={isChosen ? "issue issue-chosen" : "issue"}>
      <button
        ref={line}
        type="button"
        className="issue-line"
        data-issue={issue}
        aria-expanded={isChosen}
        onClick={() => choose(issue)}
        onKeyDown={walk}
      >
        <span className={`issue-sign sign-${kind}`} aria-hidden="true">
          {signs[kind]}
        </span>
        <span className="issue-words">
          <span className="spoken">{speak(kindWords[kind])} </span>
          <span className="issue-title">{words.title}</span>
          {words.where !== "" && <span className="issue-where">{words.where}</span>}
        </span>
        {aside}
        <Icon name="chevron_down" size={16} />
      </button>
      {isChosen && <div className="issue-body">{children}</div>}
    </li>
  );
}

export const FaultRow = memo(function FaultRow({
  fault,
  isFreeWater = false,
}: {
  fault: CheckFault;
  isFreeWater?: boolean;
}) {
  const words = wordFault(fault, useVoice(), isFreeWater);
  return (
    <Row issue={fault.key} kind={isFreeWater ? "note" : "fault"} words={words}>
      <p>{words.sentence}</p>
      {fault.mends.length > 0 && <Mends mends={fault.mends} />}
    </Row>
  );
});

export const WarningRow = memo(function WarningRow({
  warning,
  report,
}: {
  warning: CheckWarning;
  report: CheckReport;
}) {
  const speak = useWords();
  const words = wordWarning(warning, useVoice());
  const aside = warning.reason && (
    <span className="issue-reasoned">
      <Icon name="check" size={14} />
      {speak(checkWords.reason)}
    </span>
  );
  return (
    <Row issue={warning.key} kind="warning" words={words} aside={aside}>
      <p>
        {words.sentence}
        {warning.reason === null && speak(checkWords.warning_next)}
      </p>
      {warning.cut && <CutShares cut={warning.cut} />}
      {warning.profile && <p className="note">{speak(checkWords.rule, warning.profile)}</p>}
      <WarningReasonPart warning={warning} report={report} />
    </Row>
  );
});

/** How a thing is cut, as a bar and in figures; hatched where it lies in no area. */
function CutShares({ cut }: { cut: NonNullable<CheckWarning["cut"]> }) {
  const speak = useWords();
  const { name } = useVoice();
  return (
    <div className="cut">
      <div className="cut-bar" aria-hidden="true">
        {cut.shares.map(({ area, share }, index) => (
          <span
            key={area?.id ?? "none"}
            className={area ? `cut-part cut-part-${index % 3}` : "cut-part cut-part-none"}
            style={{ flexGrow: Math.max(share, 0.015) }}
          />
        ))}
      </div>
      <ul className="cut-list">
        {cut.shares.map(({ area, share, households }, index) => (
          <li key={area?.id ?? "none"}>
            <span className={area ? `cut-key cut-part-${index % 3}` : "cut-key cut-part-none"} aria-hidden="true" />
            <span>{area ? <ShortName text={area.short_name} /> : speak(checkWords.in_no_area)}</span>
            <span className="cut-share">{percent(share)}</span>
            <span className="cut-households">
              {households !== null && speak(checkWords.household_value, { count: formatCount(households) })}
            </span>
          </li>
        ))}
      </ul>
      {cut.units.length > 0 && (
        <p className="note">
          {speak(checkWords.cut_units, { names: cut.units.map((unit) => name(unit.name)).join(speak(["、", ", "])) })}
        </p>
      )}
    </div>
  );
}
