import Dropdown from "antd/es/dropdown";
import { useState } from "react";
import { Link } from "wouter";
import { formatTime } from "../../data/vocabulary/format.ts";
import { compareWords } from "../../data/vocabulary/compare_words.ts";
import type { Wording } from "../../data/vocabulary/language.ts";
import { planStatusNames, plannerWords } from "../../data/vocabulary/planner_words.ts";
import { Icon } from "../ui/icons.tsx";
import { useWords } from "../ui/use_words.ts";
import type { PlanMode } from "../ui/view_address.ts";
import { HelpButton } from "./tour/help_button.tsx";
import { holdOf } from "./hold_of.ts";
import { LifeDialog, type LifeAct } from "./life_dialogs.tsx";
import { PlanStatusTag } from "./plan_list_page.tsx";
import { usePlanner, usePlannerStore } from "./planner_store.ts";

interface BarProps {
  mode: PlanMode;
  onCompare: () => void;
  onMode: (mode: PlanMode) => void;
}

/** The plan's part of the bar at the top: its name and state, undo and redo, and what becomes of it. */
export function PlanBar({ mode, onCompare, onMode }: BarProps) {
  const speak = useWords();
  const store = usePlannerStore();
  const plan = usePlanner((state) => state.plan);
  const revision = usePlanner((state) => state.revision);
  const locked = usePlanner((state) => state.locked);
  const [act, setAct] = useState<LifeAct | null>(null);
  const { undo, redo } = store.getState();
  return (
    <>
      <span className="plan-crumb" aria-hidden="true">
        <Icon name="chevron_right" size={16} />
      </span>
      <Link href="/planner" className="plan-name" title={speak(plannerWords.to_plans)}>
        {plan.name}
      </Link>
      <PlanStatusTag plan={{ status: plan.status, revision }} />
      <SyncNote />
      <span className="top-bar-gap" />
      <TurnButton name={plannerWords.undo} keys="Ctrl+Z" icon="undo" run={undo} count={locked ? 0 : plan.can_undo} />
      <TurnButton name={plannerWords.redo} keys="Ctrl+Y" icon="redo" run={redo} count={locked ? 0 : plan.can_redo} />
      <button
        type="button"
        className="button"
        data-tour="compare"
        aria-pressed={mode !== "edit"}
        aria-keyshortcuts="C"
        aria-disabled={plan.base_edition === null}
        title={plan.base_edition === null ? speak(compareWords.nothing_to_compare) : undefined}
        onClick={() => plan.base_edition !== null && onCompare()}
      >
        {speak(plannerWords.compare)} <kbd>C</kbd>
      </button>
      <LifeButtons onAct={(next) => (next === "approve" ? onMode("diff") : setAct(next))} />
      <HelpButton />
      {act && <LifeDialog act={act} onClose={() => setAct(null)} />}
    </>
  );
}

/** ✓已保存 14:03 */
function SyncNote() {
  const speak = useWords();
  const sync = usePlanner((state) => state.sync);
  const [icon, words] =
    sync.state === "saved"
      ? ([
          "check",
          speak(plannerWords.saved, { time: formatTime(new Date(sync.at).toISOString()).slice(0, 5) }),
        ] as const)
      : sync.state === "saving"
        ? (["refresh", speak(plannerWords.saving, { count: sync.waiting })] as const)
        : sync.state === "offline"
          ? (["offline", speak(plannerWords.offline_waiting, { count: sync.waiting })] as const)
          : (["warning", speak(plannerWords.conflict)] as const);
  return (
    <span className="sync-note" data-sync={sync.state} role="status">
      <Icon name={icon} size={16} />
      {words}
    </span>
  );
}

interface TurnProps {
  name: Wording;
  keys: string;
  icon: "undo" | "redo";
  run: () => void;
  count: number;
}

function TurnButton({ name, keys, icon, run, count }: TurnProps) {
  const speak = useWords();
  return (
    <button
      type="button"
      className="icon-button"
      data-turn={icon}
      aria-label={speak(name)}
      aria-keyshortcuts={keys.replace("Ctrl", "Control")}
      aria-disabled={count === 0}
      title={`${speak(name)} ${keys}`}
      onClick={() => count > 0 && run()}
    >
      <Icon name={icon} />
    </button>
  );
}

function LifeButtons({ onAct }: { onAct: (act: LifeAct | "approve") => void }) {
  const speak = useWords();
  const plan = usePlanner((state) => state.plan);
  const hold = holdOf(
    usePlanner((state) => state.sync),
    speak,
  );
  const { may, status } = plan;
  const isDone = status === "published" || status === "discarded";
  if (isDone) return null;
  const status_name = speak(planStatusNames[status]);
  const button = (act: LifeAct | "approve", name: Wording, why: string | null, isFirst: boolean) => (
    <button
      key={act}
      type="button"
      className={isFirst ? "button button-primary" : "button"}
      aria-disabled={why !== null}
      title={why ?? undefined}
      onClick={() => why === null && onAct(act)}
    >
      {speak(name)}
    </button>
  );
  const notYours = speak(plannerWords.not_yours, { status: status_name });
  const others = (["rebase", "withdraw", "reject", "discard"] as const).filter((act) => may.includes(act));
  const names: Record<(typeof others)[number], string> = {
    rebase: speak(plannerWords.rebase, { edition: plan.current_edition ?? "" }),
    withdraw: speak(plannerWords.withdraw),
    reject: speak(plannerWords.reject),
    discard: speak(plannerWords.discard),
  };
  return (
    <>
      {status === "submitted" && may.includes("approve")
        ? button("approve", plannerWords.approve, hold, true)
        : button("submit", plannerWords.submit, may.includes("submit") ? hold : notYours, status === "draft")}
      {button(
        "publish",
        plannerWords.publish,
        may.includes("publish") ? hold : status === "approved" ? notYours : speak(plannerWords.publish_first),
        status === "approved" && may.includes("publish"),
      )}
      {others.length > 0 && (
        <Dropdown
          trigger={["click"]}
          autoFocus
          menu={{
            onClick: ({ key }) => onAct(key as LifeAct),
            items: others.map((act) => ({
              key: act,
              label: names[act],
              danger: act === "discard",
              disabled: hold !== null,
            })),
          }}
        >
          <button type="button" className="icon-button" aria-haspopup="menu" aria-label={speak(plannerWords.more_acts)}>
            <Icon name="more" />
          </button>
        </Dropdown>
      )}
    </>
  );
}
