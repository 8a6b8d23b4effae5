import type { AuditEntry } from "../../data/schema/audit.ts";
import { auditOutcomeNames } from "../../data/vocabulary/access_words.ts";
import { useWords } from "../ui/use_words.ts";

const looks = { done: ["✓", "state-good"], refused: ["▲", "state-warning"], failed: ["×", "state-bad"] } as const;

/** How a line ended: in words and with a sign, never by colour alone. */
export function AuditOutcome({ outcome }: { outcome: AuditEntry["outcome"] }) {
  const speak = useWords();
  const [sign, look] = looks[outcome];
  return (
    <span className={`state ${look}`}>
      {sign} {speak(auditOutcomeNames[outcome])}
    </span>
  );
}
