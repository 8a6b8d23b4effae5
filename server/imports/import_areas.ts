import { layAreaNetwork, type AreaNetworkOptions } from "../../data/exchange/lay_area_network.ts";
import { readFeatures, type Refusal } from "../../data/exchange/read_geojson.ts";
import { failed, type Outcome } from "../../data/schema/problem.ts";
import type { Db } from "../db/db.ts";
import { sql } from "../db/sql.ts";
import { type LoadOptions, loadCity } from "../loading/load_city.ts";
import { partInvalid } from "./find_invalid.ts";

export interface ImportAreasOptions extends AreaNetworkOptions {
  /** First day of the first edition, YYYY-MM-DD. */
  from_day: string;
  /** Says what would happen and writes nothing. */
  dry_run?: boolean;
  onProgress?: (sentence: string) => void;
  /** Called last in the transaction that loads, with the rows written by table. */
  onLoaded?: LoadOptions["onLoaded"];
}

/** What became of a file. Every row is either taken or refused. */
export interface ImportReport {
  register: "areas";
  network: string;
  edition: number;
  dry_run: boolean;
  rows: number;
  taken: number;
  refused: Refusal[];
}

/**
 * Takes a coverage as a new network with its first edition. Rows that cannot be used are refused one by one,
 * the others are loaded in one transaction.
 *
 * @param json - the parsed file
 * @returns a problem when the file cannot be read, no row is usable, or the network exists
 */
export async function importAreas(db: Db, json: unknown, options: ImportAreasOptions): Promise<Outcome<ImportReport>> {
  const read = readFeatures(json, ["MultiPolygon"]);
  if (!read.ok) return read;
  const { valid, refused } = await partInvalid(db, read.value.features);
  const laid = layAreaNetwork(valid, options);
  const network = laid.rows.network[0]!;
  const allRefused = [...read.value.refused, ...refused, ...laid.refused].sort((a, b) => a.row - b.row);
  const problem = laid.rows.area.length === 0 ? nothingUsable(allRefused[0]) : await findTaken(db, network);
  if (problem) return problem;
  if (!options.dry_run) await loadCity(db, laid.rows, options);
  return {
    ok: true,
    value: {
      register: "areas",
      network: network.code,
      edition: 1,
      dry_run: options.dry_run ?? false,
      rows: read.value.features.length + read.value.refused.length,
      taken: laid.rows.area.length,
      refused: allRefused,
    },
  };
}

type Failure = ReturnType<typeof failed>;

/** Says of the first row why: where none can be used, the others mostly share its fault. */
function nothingUsable(first: Refusal | undefined): Failure {
  return failed("request.invalid", {
    detail: `文件中没有一个可用的面要素。${first ? `第 ${first.row} 行：${first.reason}。` : ""}`,
    fix: "请检查几何，并用 --code 指明编码所在的属性（要素自身的 id 用 id）。",
    ...(first && { row: first.row, ...(first.at && { at: first.at }) }),
  });
}

/** A network that exists already is not written again: a second edition goes by a plan. */
export async function findTaken(
  db: Db,
  { code, prefix, name }: { code: string; prefix: string; name: string },
): Promise<Failure | null> {
  const [taken] = await db.query(sql<{ code: string }>`
    select code from network where code = ${code} or prefix = ${prefix}`);
  if (!taken) return null;
  return failed("request.invalid", {
    detail: `网络 ${taken.code} 已经存在，「${name}」会与它同码。`,
    fix: "请换一个名称；已有网络的新版次通过划分方案发布。",
  });
}
