import { type ReactNode, useEffect, useMemo, useRef } from "react";
import type { CheckFault, CheckWarning, Mend } from "../../data/schema/check.ts";
import type { Position } from "../../data/schema/geometry.ts";
import { checkWords, warningKindNames } from "../../data/vocabulary/check_words.ts";
import { formatCount } from "../../data/vocabulary/format.ts";
import { plannerWords } from "../../data/vocabulary/planner_words.ts";
import { useRomanise } from "../ui/use_romanised.ts";
import { useLanguage, useWords } from "../ui/use_words.ts";
import { changeView, currentView, useView } from "../ui/view_store.ts";
import { type IssueWords, type Voice, wordFault, wordWarning } from "../ui/word_issue.ts";
import { walkLines } from "../ui/walk_lines.ts";
import { mendOperation, proposeMend } from "./mend_operation.ts";
import { useFly } from "./plan_places.ts";
import { usePlanner, usePlannerStore } from "./planner_store.ts";
import { useHand } from "./tools/hand_store.ts";
import { DraftReason } from "./draft_reason.tsx";

const mostRows = 200;
const walk = walkLines("[data-issue]");

function useVoice(): Voice {
  const speak = useWords();
  const language = useLanguage();
  const name = useRomanise();
  const scope = usePlanner(({ plan }) => plan.area?.code ?? null);
  return useMemo(
    () => ({ speak, language, scope, name: (text: string) => name(text) }),
    [speak, language, scope, name],
  );
}

/** Faults and warnings as they come and go. */
export function CheckTab() {
  const speak = useWords();
  const faults = usePlanner((state) => state.faults);
  const warnings = usePlanner((state) => state.warnings);
  const revision = usePlanner((state) => state.revision);
  const checked = usePlanner((state) => state.checked_revision);
  const sync = usePlanner((state) => state.sync.state);
  const unanswered = warnings.filter(({ reason }) => reason === null).length;
  const state =
    checked === revision && sync === "saved"
      ? speak(plannerWords.checked_at, { revision })
      : speak(sync === "saved" ? plannerWords.checking : plannerWords.check_waits);
  return (
    <div className="plan-checks">
      <div className="plan-check-head">
        <Chip kind="fault" sign="■" name={speak(plannerWords.fault)} count={faults.length} />
        <Chip kind="warning" sign="▲" name={speak(plannerWords.warning)} count={warnings.length} />
        <span className="note" role="status">
          {state}
        </span>
      </div>
      {faults.length + warnings.length === 0 && checked !== null && (
        <div className="plan-empty">
          <p>
            <b>{speak(plannerWords.nothing_wrong)}</b>
          </p>
          <p>{speak(plannerWords.nothing_wrong_why)}</p>
        </div>
      )}
      {warnings.length > 0 && unanswered === 0 && (
        <p className="note plan-check-note">{speak(plannerWords.all_answered)}</p>
      )}
      <ul className="plan-issues">
        {faults.slice(0, mostRows).map((fault) => (
          <FaultRow key={fault.key} fault={fault} />
        ))}
        {warnings.slice(0, mostRows).map((warning) => (
          <WarningRow key={warning.key} warning={warning} />
        ))}
      </ul>
      {faults.length + warnings.length > 2 * mostRows && (
        <p className="note">
          {speak(checkWords.left_out, { total: faults.length + warnings.length, shown: 2 * mostRows })}
        </p>
      )}
    </div>
  );
}

function Chip({ kind, sign, name, count }: { kind: "fault" | "warning"; sign: string; name: string; count: number }) {
  return (
    <span className={`plan-chip plan-chip-${kind}`} data-count={count}>
      <span aria-hidden="true">{sign}</span> {name} {formatCount(count)}
    </span>
  );
}

interface RowProps {
  issue: string;
  at: Position | null;
  kind: "fault" | "warning";
  words: IssueWords;
  act?: ReactNode;
  children: ReactNode;
}

function Row({ issue, at, kind, words, act, children }: RowProps) {
  const speak = useWords();
  const line = useRef<HTMLButtonElement>(null);
  const isChosen = useView((view) => view.issue === issue);
  const { toPlace } = useFly();
  useEffect(() => {
    if (isChosen) line.current?.closest("li")?.scrollIntoView({ block: "nearest" });
  }, [isChosen]);
  const choose = () => {
    changeView({ issue: currentView().issue === issue ? null : issue }, "push");
    if (!isChosen) toPlace(at);
  };
  return (
    <li className={isChosen ? "plan-issue plan-issue-chosen" : "plan-issue"}>
      <div className="plan-issue-head">
        <button
          ref={line}
          type="button"
          className="plan-issue-line"
          data-issue={issue}
          aria-expanded={isChosen}
          onClick={choose}
          onKeyDown={walk}
        >
          <span className={`sign sign-${kind}`} aria-hidden="true">
            {kind === "fault" ? "■" : "▲"}
          </span>
          <span className="plan-issue-words">
            <span className="spoken">{speak(kind === "fault" ? plannerWords.fault : plannerWords.warning)} </span>
            <b>{words.title}</b>
            {words.where !== "" && <span className="note">{words.where}</span>}
          </span>
        </button>
        {act}
      </div>
      {isChosen && <div className="plan-issue-body">{children}</div>}
    </li>
  );
}

const acts = {
  give: plannerWords.mend_give,
  keep: plannerWords.mend_keep,
  cut_off: plannerWords.mend_cut_off,
} as const;

function FaultRow({ fault }: { fault: CheckFault }) {
  const speak = useWords();
  const voice = useVoice();
  const store = usePlannerStore();
  const locked = usePlanner((state) => state.locked);
  const { toPlace } = useFly();
  const words = wordFault(fault, voice);
  const mends = fault.mends.flatMap((mend): [Mend, NonNullable<ReturnType<typeof mendOperation>>][] => {
    const operation = mendOperation(fault, mend);
    return operation ? [[mend, operation]] : [];
  });
  const first = mends[0];
  const propose = () => {
    changeView({ issue: fault.key }, "push");
    toPlace(fault.at);
    proposeMend(fault, store.getState().propose);
    // Enter does it: the next key belongs to the map
    useHand.getState().bench?.focus();
  };
  return (
    <Row
      issue={fault.key}
      at={fault.at}
      kind="fault"
      words={words}
      act={
        first && !locked ? (
          <button type="button" className="button plan-issue-act" onClick={propose}>
            {speak(plannerWords.mend)} <kbd>F</kbd>
          </button>
        ) : null
      }
    >
      <p>{words.sentence}</p>
      {!locked && (
        <ul className="plan-mends">
          {mends.map(([mend, operation]) => (
            <li key={`${mend.act} ${mend.area.id}`}>
              <button
                type="button"
                className="button"
                onClick={() => {
                  store.getState().propose(operation);
                  useHand.getState().bench?.focus();
                }}
              >
                {speak(acts[mend.act], { area: voice.name(mend.area.short_name) })}
              </button>
            </li>
          ))}
        </ul>
      )}
    </Row>
  );
}

function WarningRow({ warning }: { warning: CheckWarning }) {
  const speak = useWords();
  const words = wordWarning(warning, useVoice());
  return (
    <Row issue={warning.key} at={warning.at} kind="warning" words={words}>
      <p>{words.sentence}</p>
      {warning.profile && <p className="note">{speak(checkWords.rule, warning.profile)}</p>}
      <DraftReason warning={warning} kind={speak(warningKindNames[warning.kind])} />
    </Row>
  );
}
