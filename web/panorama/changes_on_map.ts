import type { ChangeMarks } from "../../data/cartography/style_options.ts";
import type { AreaRef } from "../../data/schema/area.ts";
import type { Bbox } from "../../data/schema/geometry.ts";
import { editionWords } from "../../data/vocabulary/edition_words.ts";
import type { MapChange } from "../map/map_types.ts";
import type { Speak } from "../ui/use_words.ts";
import type { Change, ChangedArea } from "./edition_rows.ts";
import { joinBoxes } from "../../data/measure/box.ts";
import { boxOf } from "./findings_on_map.ts";

/**
 * What the map draws of a comparison: every face first, in the order of `moved`, so that the number of a face under the
 * pointer says which one it is; then a spot for each.
 *
 * @param chosen - pieces that the reader looks at
 */
export function listChanges(
  moved: readonly Change[],
  chosen: ReadonlySet<Change>,
  speak: Speak,
  name: (text: string) => string,
): MapChange[] {
  const properties = (change: Change) => ({
    look: change.kind,
    text: wordFormer(change.from, speak, name),
    size: change.area_m2,
    chosen: chosen.has(change) ? (1 as const) : (0 as const),
  });
  return [
    ...moved.map((change) => ({
      geometry: change.geometry,
      properties: { mark: "face" as const, ...properties(change) },
    })),
    ...moved.map((change) => ({
      geometry: { type: "Point" as const, coordinates: [...change.at] },
      properties: { mark: "spot" as const, ...properties(change) },
    })),
  ];
}

/** 「原 慧泽10」 */
export function wordFormer(from: AreaRef | null, speak: Speak, name: (text: string) => string): string {
  return from ? speak(editionWords.was, { name: name(from.short_name) }) : speak(editionWords.was_nobody);
}

/** 「现 慧泽11」 */
export function wordPresent(to: AreaRef | null, speak: Speak, name: (text: string) => string): string {
  return to ? speak(editionWords.is, { name: name(to.short_name) }) : speak(editionWords.is_nobody);
}

/** The older edition, and whose borders matter. */
export function marksOf(former: number, moved: readonly Change[]): ChangeMarks {
  const areas = moved.flatMap(({ from, to }) => [from, to]).filter((area) => area !== null);
  return {
    former,
    areas: [...new Set(areas.map(({ id }) => Number(id)))],
    level: areas.reduce((least, { level }) => Math.min(least, level), 100),
  };
}

/** The box of some pieces; null of none. */
export function boxOfPieces(pieces: readonly Pick<Change, "geometry">[]): Bbox | null {
  let box: Bbox | null = null;
  for (const { geometry } of pieces) {
    const one = boxOf(geometry);
    if (one) box = joinBoxes(one, box);
  }
  return box;
}

/** The row that is about what is selected. */
export function findRow(rows: readonly ChangedArea[], key: string | null): ChangedArea | null {
  return key === null ? null : (rows.find((row) => row.key === key) ?? null);
}
