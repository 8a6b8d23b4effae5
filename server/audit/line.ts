import type { Actor, AuditEvent } from "./event.ts";

/** A line as it is handed to the database, which adds number and time. */
export type AuditLine = Record<string, unknown>;

/** Names that would tell a secret or a phone; whether one is set may be said, its value not. */
const secretName = /password|passphrase|secret|token|cookie|authorization|phone|mobile|totp|hash/i;
const longest = 2000; // characters of one value: a line is a note, no archive

/**
 * One event in the form that is kept.
 * @throws Error where a name of `before` or `after` stands for a secret or a phone: our mistake, found by the tests
 */
export function lineOf(actor: Actor, event: AuditEvent): AuditLine {
  const { action, target, before, after, outcome, problem } = event;
  return {
    account_id: actor.account_id,
    account_name: cleanText(actor.account_name),
    address: cleanText(actor.address),
    reference: cleanText(actor.reference),
    action,
    target: cleanText(target),
    before: before ? clean(before, "before") : null,
    after: after ? clean(after, "after") : null,
    outcome: outcome ?? "done",
    problem: problem ?? null,
  };
}

function clean(value: unknown, name: string): unknown {
  if (typeof value === "string") return cleanText(value);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((one) => clean(one, name));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => {
        if (secretName.test(key) && typeof inner !== "boolean") {
          throw new Error(`An audit line must not hold ${key}`);
        }
        return [key, clean(inner, key)];
      }),
    );
  }
  return value;
}

/** What no database keeps (NUL, halves of a surrogate pair) becomes U+FFFD. */
function cleanText(text: string | null | undefined): string | null {
  if (text === null || text === undefined) return null;
  return text.slice(0, longest).replaceAll("\u0000", "\uFFFD").replace(lonelySurrogate, "\uFFFD");
}

const lonelySurrogate = /\p{Surrogate}/gu;
