import { boxOf, boxOfLines } from "../../data/measure/box.ts";
import type { CityRows, NetworkRow } from "../../data/schema/city_rows.ts";
import type { Bbox, MultiLine, Position } from "../../data/schema/geometry.ts";
import type { SearchKind } from "../../data/schema/search.ts";
import { poleOf } from "../../data/measure/pole.ts";
import type { CopyValue } from "../db/db.ts";
import { boxHex, pointHex } from "./ewkb.ts";
import type { IdShift } from "./id_shift.ts";
import type { LoadedArea } from "./networks.ts";

export const searchColumns = ["kind", "ref_id", "key", "title", "text", "subtitle", "at", "bbox", "weight"];

/** Which kind comes first among entries that fit equally well. Areas: higher levels before lower ones. */
const weights: Record<SearchKind, number> = {
  area: 100,
  estate: 70,
  key_unit: 65,
  road: 60,
  facility: 55,
  address: 50,
  building: 40,
  legal_entity: 30,
  small_place: 20,
};

/** Says where a point lies, in words: 幸福街道 › 慧泽社区 › 慧泽03. */
export type WhereOf = (at: Position) => string;

interface Entry {
  kind: SearchKind;
  id: number;
  key?: string;
  title: string;
  /** More words by which it is found. */
  words: (string | null)[];
  subtitle: string;
  at: Position;
  bbox?: Bbox;
  weight?: number;
}

/** What an area's entry is made of. */
export type EntryArea = Pick<
  LoadedArea,
  "id" | "network_id" | "parent_id" | "code" | "name" | "short_name" | "level" | "at" | "geom"
>;

/** Rows of `search_entry` for the areas: found by name, short name, code and prefixed code. */
export function* areaEntries(
  areas: readonly EntryArea[],
  networks: ReadonlyMap<number, Pick<NetworkRow, "code" | "prefix" | "name" | "ordinal">>,
): Generator<CopyValue[]> {
  const pathOf = pathsOf(areas);
  for (const area of areas) {
    const network = networks.get(area.network_id)!;
    const above = area.parent_id === null ? "" : pathOf(area.parent_id);
    yield valuesOf({
      kind: "area",
      id: area.id,
      key: `${network.code}:${area.code}`,
      title: area.name,
      words: [area.short_name, area.code, `${network.prefix}${area.code}`],
      subtitle: above === "" ? network.name : `${network.name} › ${above}`,
      at: area.at,
      bbox: boxOf(area.geom),
      // the default network before the others, then from the top down
      weight: weights.area - area.level - 10 * Math.min(network.ordinal - 1, 2),
    });
  }
}

/** Short names from the top down to an area, joined; remembered, because every point below asks again. */
export function pathsOf(areas: readonly Pick<LoadedArea, "id" | "parent_id" | "short_name">[]): (id: number) => string {
  const byId = new Map(areas.map((area) => [area.id, area]));
  const known = new Map<number, string>();
  return function pathOf(id: number): string {
    const before = known.get(id);
    if (before !== undefined) return before;
    const area = byId.get(id);
    if (!area) return "";
    const above = area.parent_id === null ? "" : pathOf(area.parent_id);
    const path = above === "" ? area.short_name : `${above} › ${area.short_name}`;
    known.set(id, path);
    return path;
  };
}

/** Rows of `search_entry` for everything else of one part that has a name or an address. */
export function* thingEntries(rows: CityRows, shift: IdShift, whereOf: WhereOf): Generator<CopyValue[]> {
  const estateNames = new Map(rows.estate.map((estate) => [estate.id, estate.name]));
  for (const r of rows.estate) {
    const at = poleOf(r.geom);
    const bbox = boxOf(r.geom);
    yield valuesOf({
      kind: "estate",
      id: shift.of("estate", r.id),
      title: r.name,
      words: [],
      subtitle: whereOf(at),
      at,
      bbox,
    });
  }
  for (const r of rows.building) {
    const estate = r.estate_id === null ? undefined : estateNames.get(r.estate_id);
    const name = r.name || r.number;
    if (name === "") continue;
    const title = estate && !name.startsWith(estate) ? `${estate}${name}` : name;
    yield valuesOf({
      kind: "building",
      id: shift.of("building", r.id),
      title,
      words: [],
      subtitle: whereOf(r.at),
      at: r.at,
    });
  }
  for (const r of rows.address) {
    yield valuesOf({
      kind: "address",
      id: shift.of("address", r.id),
      title: r.text,
      words: [],
      subtitle: whereOf(r.at),
      at: r.at,
    });
  }
  for (const r of rows.road) {
    if (r.name === null) continue;
    const at = middleOf(r.geom);
    const bbox = boxOfLines(r.geom);
    yield valuesOf({
      kind: "road",
      id: shift.of("road", r.id),
      title: r.name,
      words: [],
      subtitle: whereOf(at),
      at,
      bbox,
    });
  }
  for (const r of rows.facility) {
    yield valuesOf({
      kind: "facility",
      id: shift.of("facility", r.id),
      title: r.name,
      words: [r.address],
      subtitle: whereOf(r.at),
      at: r.at,
    });
  }
  for (const r of rows.key_unit) {
    const words = [r.short_name, r.code, r.address];
    yield valuesOf({
      kind: "key_unit",
      id: shift.of("key_unit", r.id),
      title: r.name,
      words,
      subtitle: whereOf(r.at),
      at: r.at,
    });
  }
  for (const r of rows.legal_entity) {
    const words = [r.short_name, r.credit_code, r.address];
    yield valuesOf({
      kind: "legal_entity",
      id: shift.of("legal_entity", r.id),
      title: r.name,
      words,
      subtitle: whereOf(r.at),
      at: r.at,
    });
  }
  for (const r of rows.small_place) {
    yield valuesOf({
      kind: "small_place",
      id: shift.of("small_place", r.id),
      title: r.name,
      words: [r.address],
      subtitle: whereOf(r.at),
      at: r.at,
    });
  }
}

function valuesOf(entry: Entry): CopyValue[] {
  const words = [entry.title, ...entry.words].filter((word) => word !== null && word !== "");
  // Searches are normalised the same way: full-width digits and letters become plain ones, capitals small:
  // `like` on that is several times faster than `ilike`.
  const text = [...new Set(words)].join("\n").normalize("NFKC").toLowerCase();
  return [
    entry.kind,
    entry.id,
    entry.key ?? String(entry.id),
    entry.title,
    text,
    entry.subtitle,
    pointHex(entry.at),
    entry.bbox ? boxHex(entry.bbox) : null,
    entry.weight ?? weights[entry.kind],
  ];
}

/** A vertex near the middle of the longest piece: on the road, unlike the centre of its box. */
function middleOf(lines: MultiLine): Position {
  let longest = lines[0]!;
  for (const line of lines) if (line.length > longest.length) longest = line;
  const at = 2 * Math.floor(longest.length / 4);
  return [longest[at]!, longest[at + 1]!];
}
