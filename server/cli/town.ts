import { existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import type { TownFile } from "../../data/towns/town_files.ts";
import { recordAudit } from "../audit/service.ts";
import { loadTown, type TownJson, type TownReport } from "../towns/load_town.ts";
import { cliActor } from "./cli_actor.ts";
import {
  type Command,
  readArguments,
  required,
  tell,
  tellProblem,
  todayIn,
  UsageError,
  withDatabase,
} from "./command.ts";
import { attributionOf, readJsonFile } from "./read_json_file.ts";

const files: TownFile[] = ["boundary", "buildings", "roads", "waterways", "railways", "ground"];
/** Without these there is no town. */
const needed: TownFile[] = ["boundary", "buildings"];

export const townCommand: Command = {
  usage:
    "town DIR --name NAME [--source WORDS] [--json] — 由 boundary、buildings、roads、waterways、railways、ground" +
    " 的 .geojson[.gz] 载入真实城镇 / lays a real town out from its GeoJSON files",
  async run(args, env) {
    const options = { name: { type: "string" }, source: { type: "string" }, json: { type: "boolean" } } as const;
    const { values, positionals } = readArguments(args, options, 1);
    const name = required(values.name, "--name");
    const folder = positionals[0]!;
    const json = await readFolder(folder);
    const source =
      values.source ??
      Object.values(json)
        .map(attributionOf)
        .find((words) => words !== null);
    return withDatabase(env, async (db, config) => {
      const outcome = await loadTown(db, json, {
        name,
        source: source ?? basename(resolve(folder)),
        from_day: todayIn(config.time_zone),
        onProgress: tell,
        onLoaded: (tx, rows) =>
          recordAudit(tx, cliActor(), {
            action: "import",
            target: "town",
            after: { name, folder: basename(resolve(folder)), rows },
          }),
      });
      if (!outcome.ok) {
        tellProblem(outcome.problem);
        return 2;
      }
      process.stdout.write(values.json ? `${JSON.stringify(outcome.value)}\n` : inWords(outcome.value));
      return outcome.value.refused.some((refusal) => refusal.kind !== "not_used") ? 1 : 0;
    });
  },
};

async function readFolder(folder: string): Promise<TownJson> {
  const json: TownJson = {};
  for (const file of files) {
    const path = [`${file}.geojson`, `${file}.geojson.gz`].map((name) => join(folder, name)).find(existsSync);
    if (path) json[file] = await readJsonFile(path);
    else if (needed.includes(file)) throw new UsageError(`${folder} 中没有 ${file}.geojson[.gz] / is missing`);
  }
  return json;
}

function inWords({ network, rows, loaded, refused }: TownReport): string {
  const tables = Object.entries(loaded).map(([table, count]) => `${table} ${count}`);
  const head = `网络 ${network} 已载入 / loaded: 要素 features ${rows}; ${tables.join(", ")}; 未采用 not taken ${refused.length}\n`;
  return (
    head +
    refused
      .map(
        ({ file, row, id, reason }) =>
          `  ${file} 第 ${row} 个 feature ${row}${id === null ? "" : ` (${id})`}: ${reason}\n`,
      )
      .join("")
  );
}
