import { nestingClasses } from "../../data/cartography/layers/findings.ts";
import type { Crosswalk } from "../../data/schema/check.ts";
import { checkWords } from "../../data/vocabulary/check_words.ts";
import type { Wording } from "../../data/vocabulary/language.ts";
import type { Speak } from "../ui/use_words.ts";
import { csvText } from "./csv_file.ts";

export type CrosswalkRow = Crosswalk["rows"][number];
export const crosswalkOrders = ["code", "share", "parts"] as const;
export type CrosswalkOrder = (typeof crosswalkOrders)[number];

export const orderNames: Readonly<Record<CrosswalkOrder, Wording>> = {
  code: checkWords.sort_code,
  share: checkWords.sort_share,
  parts: checkWords.sort_parts,
};

/** Share of the largest part, 0…1; 0 of an area that lies in none. */
function largestShare({ parts }: CrosswalkRow): number {
  return parts[0]?.share ?? 0;
}

/** All but 0.1 % of the surface lies in one area of the other network. */
export function isNested(row: CrosswalkRow): boolean {
  return largestShare(row) >= (nestingClasses[0]?.from ?? 1);
}

/** Equal rows keep the order of their codes. */
export function sortRows(rows: readonly CrosswalkRow[], order: CrosswalkOrder): CrosswalkRow[] {
  if (order === "share") return rows.toSorted((a, b) => largestShare(a) - largestShare(b));
  return order === "parts" ? rows.toSorted((a, b) => b.parts.length - a.parts.length) : [...rows];
}

/** Ids of areas by class of their largest part, as the map wants them. */
export function classifyNesting(rows: readonly CrosswalkRow[]): number[][] {
  const classes: number[][] = nestingClasses.map(() => []);
  for (const row of rows) {
    const at = nestingClasses.findIndex(({ from }) => largestShare(row) >= from);
    classes[at]?.push(Number(row.area.id));
  }
  return classes;
}

function share(value: number | null): number | null {
  return value === null ? null : Math.round(value * 100_000) / 1000;
}

/** The whole table as CSV: a line for each part and for the rest, lines end with CR LF, after a byte order mark. */
export function crosswalkCsv({ rows }: Crosswalk, speak: Speak): string {
  const head = [
    checkWords.csv_area_code,
    checkWords.csv_area,
    checkWords.csv_part_code,
    checkWords.csv_part,
    checkWords.csv_surface,
    checkWords.csv_surface_share,
    checkWords.csv_households,
    checkWords.csv_households_share,
    checkWords.csv_entities,
    checkWords.csv_entities_share,
  ].map((words) => speak(words));
  const lines = rows.flatMap(({ area, total, parts, rest }) => [
    ...parts.map((part) => [
      area.code,
      area.short_name,
      part.area.code,
      part.area.short_name,
      Math.round(part.area_m2 * 100) / 100,
      share(part.share),
      part.households,
      share(part.households_share),
      part.legal_entities,
      share(part.legal_entities_share),
    ]),
    ...(hasRest({ total, rest })
      ? [
          [
            area.code,
            area.short_name,
            "",
            speak(checkWords.crosswalk_rest),
            Math.round(rest.area_m2 * 100) / 100,
            share(total.area_m2 > 0 ? rest.area_m2 / total.area_m2 : 0),
            rest.households,
            share(total.households > 0 ? rest.households / total.households : null),
            rest.legal_entities,
            share(total.legal_entities > 0 ? rest.legal_entities / total.legal_entities : null),
          ],
        ]
      : []),
  ]);
  return csvText([head, ...lines]);
}

/** Whether something worth a line lies in no area of the other network. */
export function hasRest({ total, rest }: Pick<CrosswalkRow, "total" | "rest">): boolean {
  return rest.households > 0 || rest.legal_entities > 0 || rest.area_m2 > total.area_m2 * 0.001;
}
