import { useId } from "react";
import { auditActions } from "../../data/schema/audit.ts";
import { auditActionNames, auditOutcomeNames } from "../../data/vocabulary/access_words.ts";
import { adminWords } from "../../data/vocabulary/admin_words.ts";
import type { AuditFilter } from "../api/accounts.ts";
import { useWords } from "../ui/use_words.ts";
import { SelectField } from "../ui/select_field.tsx";
import { SearchField } from "./filters.tsx";

interface Props {
  filter: AuditFilter;
  /** Only what changed; null takes a condition away. */
  onChange: (change: { [Key in keyof AuditFilter]?: string | null }) => void;
}

/** One row of conditions; all that are set must hold. */
export function AuditFilters({ filter, onChange }: Props) {
  const speak = useWords();
  return (
    <div className="filter-row">
      <SearchField
        // Cleared from outside, the field begins anew.
        key={filter.text === undefined ? "empty" : "filled"}
        label={speak(adminWords.audit_search)}
        value={filter.text ?? ""}
        onValue={(text) => onChange({ text })}
      />
      <SelectField
        label={speak(adminWords.audit_action)}
        value={filter.action ?? ""}
        bare
        onValue={(action) => onChange({ action })}
        options={[
          ["", `${speak(adminWords.audit_action)} · ${speak(adminWords.audit_all)}`],
          ...auditActions.map((action) => [action, speak(auditActionNames[action])] as const),
        ]}
      />
      <SelectField
        label={speak(adminWords.audit_outcome)}
        value={filter.outcome ?? ""}
        bare
        onValue={(outcome) => onChange({ outcome })}
        options={[
          ["", `${speak(adminWords.audit_outcome)} · ${speak(adminWords.audit_all)}`],
          ...(["done", "refused", "failed"] as const).map(
            (outcome) => [outcome, speak(auditOutcomeNames[outcome])] as const,
          ),
        ]}
      />
      <DayField
        label={speak(adminWords.audit_from)}
        value={filter.from ?? ""}
        most={filter.to}
        onValue={(from) => onChange({ from })}
      />
      <DayField
        label={speak(adminWords.audit_to)}
        value={filter.to ?? ""}
        least={filter.from}
        onValue={(to) => onChange({ to })}
      />
    </div>
  );
}

interface DayProps {
  label: string;
  value: string;
  least?: string | undefined;
  most?: string | undefined;
  onValue: (day: string) => void;
}

function DayField({ label, value, least, most, onValue }: DayProps) {
  const id = useId();
  return (
    <span className="filter-day">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="date"
        className="text-input"
        value={value}
        min={least}
        max={most}
        onChange={(event) => onValue(event.target.value)}
      />
    </span>
  );
}
