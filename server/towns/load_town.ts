import { readFeatures, type FeatureGeometry } from "../../data/exchange/read_geojson.ts";
import { failed, type Outcome } from "../../data/schema/problem.ts";
import { layTown } from "../../data/towns/lay_town.ts";
import type { PolygonFeature, TownFile, TownFiles, TownRefusal } from "../../data/towns/town_files.ts";
import type { Db } from "../db/db.ts";
import { findTaken } from "../imports/import_areas.ts";
import { partInvalid } from "../imports/find_invalid.ts";
import { type LoadOptions, loadCity } from "../loading/load_city.ts";

export interface LoadTownOptions {
  name: string;
  source: string;
  /** First day of the network's first edition, YYYY-MM-DD. */
  from_day: string;
  onProgress?: (sentence: string) => void;
  /** Called last in the transaction that loads, with the rows written by table. */
  onLoaded?: LoadOptions["onLoaded"];
}

export interface TownReport {
  network: string;
  /** Features in all files. */
  rows: number;
  /** Rows written by table. */
  loaded: Record<string, number>;
  refused: TownRefusal[];
}

/** The parsed files of a town; those that are missing are empty, but `boundary` and `buildings` must be there. */
export type TownJson = Partial<Record<TownFile, unknown>>;

/**
 * Lays a real town out and loads it beside what is there.
 * @returns a problem when a file cannot be read, or a network of that name exists
 */
export async function loadTown(db: Db, json: TownJson, options: LoadTownOptions): Promise<Outcome<TownReport>> {
  const refused: TownRefusal[] = [];
  const read = readTown(json, refused);
  if (!read.ok) return read;
  const { files, rows } = read.value;
  files.boundary = await keepValid(db, "boundary", files.boundary, refused);
  files.buildings = await keepValid(db, "buildings", files.buildings, refused);
  if (files.boundary.length === 0) return noBoundary();
  const town = layTown(files, options);
  const network = town.rows.network[0]!;
  const taken = await findTaken(db, network);
  if (taken) return taken;
  const report = await loadCity(db, town.rows, options);
  return {
    ok: true,
    value: { network: network.code, rows, loaded: report.rows, refused: [...refused, ...town.refused] },
  };
}

function noBoundary(): Outcome<never> {
  return failed("request.invalid", {
    detail: "没有可用的城镇边界（boundary）。",
    fix: "请提供 boundary.geojson:一个或几个有效的面。",
  });
}

function readTown(json: TownJson, refused: TownRefusal[]): Outcome<{ files: TownFiles; rows: number }> {
  const files: TownFiles = { boundary: [], buildings: [], roads: [], waterways: [], railways: [], ground: [] };
  let rows = 0;
  for (const [file, content] of Object.entries(json) as [TownFile, unknown][]) {
    const read = readFeatures(content, accepted[file]);
    if (!read.ok) {
      const { detail, fix } = read.problem;
      return failed("request.invalid", { detail: `${file}:${detail}`, fix, pointer: file });
    }
    rows += read.value.features.length + read.value.refused.length;
    refused.push(...read.value.refused.map((refusal) => ({ ...refusal, file })));
    Object.assign(files, { [file]: read.value.features });
  }
  return { ok: true, value: { files, rows } };
}

/** Which geometry each file may hold: what `TownFiles` says of it. */
const accepted: Record<TownFile, FeatureGeometry["type"][]> = {
  boundary: ["MultiPolygon"],
  buildings: ["MultiPolygon"],
  roads: ["MultiLineString"],
  waterways: ["MultiLineString", "MultiPolygon"],
  railways: ["MultiLineString", "MultiPolygon"],
  ground: ["MultiLineString", "MultiPolygon"],
};

async function keepValid(
  db: Db,
  file: TownFile,
  features: PolygonFeature[],
  refused: TownRefusal[],
): Promise<PolygonFeature[]> {
  const parted = await partInvalid(db, features);
  refused.push(...parted.refused.map((refusal) => ({ ...refusal, file })));
  return parted.valid;
}
