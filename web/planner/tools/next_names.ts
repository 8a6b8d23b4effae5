import type { Draft, DraftArea } from "../../../data/division/draft.ts";

const lastDigits = /\d+(?=\D*$)/;

/** Names of a new area beside another: the same with the next number among its siblings, else with 「新」 before them. */
export function nextNames(draft: Draft, id: string): { name: string; short_name: string } {
  const { name, short_name, parent_id } = draft.area(id)!;
  const siblings = draft.areas().filter((area) => area.parent_id === parent_id);
  const number = String(Math.max(0, ...siblings.map(numberOf)) + 1).padStart(2, "0");
  const renamed = (text: string) => (lastDigits.test(text) ? text.replace(lastDigits, number) : `新${text}${number}`);
  return { name: renamed(name).slice(0, 60), short_name: renamed(short_name).slice(0, 60) };
}

function numberOf({ short_name }: DraftArea): number {
  const digits = lastDigits.exec(short_name)?.[0];
  return digits && digits.length < 7 ? Number(digits) : 0;
}
