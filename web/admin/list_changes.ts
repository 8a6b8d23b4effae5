type Facts = Readonly<Record<string, unknown>> | null;

export interface Change {
  name: string;
  before: string;
  after: string;
  differs: boolean;
}

/** What a line of the log says of before and after, fact by fact: those that differ first. A fact of one side only has 「—」 on the other. */
export function listChanges(before: Facts, after: Facts): Change[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const write = (facts: Facts, name: string) => (facts && Object.hasOwn(facts, name) ? writeValue(facts[name]) : "—");
  return names
    .map((name) => {
      const [was, is] = [write(before, name), write(after, name)];
      return { name, before: was, after: is, differs: before !== null && after !== null && was !== is };
    })
    .sort((a, b) => Number(b.differs) - Number(a.differs));
}

/** Lists line by line, records as 「name: value」. */
function writeValue(value: unknown): string {
  if (value === null || value === undefined) return "—";
  if (Array.isArray(value)) return value.length === 0 ? "—" : value.map(writeValue).join("\n");
  if (typeof value === "object") {
    return Object.entries(value)
      .filter(([, part]) => part !== null)
      .map(([name, part]) => `${name}: ${writeValue(part)}`)
      .join(", ");
  }
  return String(value);
}
