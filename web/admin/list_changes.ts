import { auditFactNames, contactKindNames, roleNames } from "../../data/vocabulary/access_words.ts";
import { type Language, say, sayCode } from "../../data/vocabulary/language.ts";
import { panoramaWords } from "../../data/vocabulary/panorama_words.ts";

type Facts = Readonly<Record<string, unknown>> | null;

export interface Change {
  name: string;
  before: string;
  after: string;
  differs: boolean;
}

/** Ids that a name stands beside. */
const unsaid: ReadonlySet<string> = new Set(["organisation_id"]);

/**
 * What a line of the log says of before and after, fact by fact: those that differ first. A fact of one side only has
 * 「—」 on the other. Facts and codes that have words are worded.
 */
export function listChanges(before: Facts, after: Facts, language: Language): Change[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const write = (facts: Facts, name: string) =>
    facts && Object.hasOwn(facts, name) ? writeValue(name, facts[name], language) : "—";
  return names
    .map((name) => {
      const [was, is] = [write(before, name), write(after, name)];
      const differs = before !== null && after !== null && was !== is;
      return { name: sayCode(auditFactNames, name, language), before: was, after: is, differs };
    })
    .sort((a, b) => Number(b.differs) - Number(a.differs));
}

/** Lists line by line, records part by part. */
function writeValue(name: string, value: unknown, language: Language): string {
  if (value === null || value === undefined) return "—";
  if (typeof value === "boolean") return say(value ? panoramaWords.yes : panoramaWords.no, language);
  if (Array.isArray(value)) {
    return value.length === 0 ? "—" : value.map((part) => writeValue(name, part, language)).join("\n");
  }
  if (typeof value === "object") {
    return Object.entries(value)
      .filter(([key, part]) => part !== null && !unsaid.has(key))
      .map(([key, part]) => writeValue(key, part, language))
      .join(" · ");
  }
  if (name === "role" || name === "roles") return sayCode(roleNames, String(value), language);
  if (name === "kind") return sayCode(contactKindNames, String(value), language);
  return String(value);
}
