import {
  faultsOfPassword,
  type PasswordFault,
  passwordFaults,
  shortestPassword,
} from "../../data/access/password_rule.ts";
import { passwordFaultWords } from "../../data/vocabulary/access_words.ts";
import { useWords } from "./use_words.ts";
import "./password_rules.css";

/** The rule for passwords as a list that ticks itself off while somebody types. */
export function PasswordRules({ password, name }: { password: string; name: string }) {
  const speak = useWords();
  const faults = faultsOfPassword(password, name);
  // Nothing typed yet breaks no rule of what it must not be, and keeps none either.
  const isKept = (fault: PasswordFault) => password !== "" && !faults.includes(fault);
  return (
    <ul className="password-rules" aria-live="polite">
      {passwordFaults.map((fault) => (
        <li key={fault} data-kept={isKept(fault)}>
          <span className="rule-mark" aria-hidden="true">
            {isKept(fault) ? "✓" : "○"}
          </span>
          {speak(passwordFaultWords[fault], { count: shortestPassword })}
          {isKept(fault) && <span className="spoken"> ✓</span>}
        </li>
      ))}
    </ul>
  );
}

/** Whether a password is good enough for the account of this name. */
export function keepsPasswordRules(password: string, name: string): boolean {
  return faultsOfPassword(password, name).length === 0;
}
