import { basename } from "node:path";
import { recordAudit } from "../audit/service.ts";
import { importAreas, type ImportReport } from "../imports/import_areas.ts";
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

export const importCommand: Command = {
  usage:
    "import FILE.geojson[.gz] --as areas --network NAME --code FIELD --label FIELD [--source WORDS] [--dry-run] [--json]" +
    " — 导入一套区域为新网络的第一版 / takes a coverage as a new network with its first edition",
  async run(args, env) {
    const options = {
      as: { type: "string" },
      network: { type: "string" },
      code: { type: "string" },
      label: { type: "string" },
      source: { type: "string" },
      "dry-run": { type: "boolean" },
      json: { type: "boolean" },
    } as const;
    const { values, positionals } = readArguments(args, options, 1);
    if (required(values.as, "--as") !== "areas") throw new UsageError("--as 目前只能是 areas / must be areas");
    const fields = {
      network: required(values.network, "--network"),
      code: required(values.code, "--code"),
      label: required(values.label, "--label"),
    };
    const file = positionals[0]!;
    const json = await readJsonFile(file);
    return withDatabase(env, async (db, config) => {
      const outcome = await importAreas(db, json, {
        ...fields,
        source: values.source ?? attributionOf(json) ?? basename(file),
        from_day: todayIn(config.time_zone),
        dry_run: values["dry-run"] ?? false,
        onProgress: tell,
        onLoaded: (tx, rows) =>
          recordAudit(tx, cliActor(), {
            action: "import",
            target: "register:areas",
            after: { name: fields.network, file: basename(file), rows },
          }),
      });
      if (!outcome.ok) {
        tellProblem(outcome.problem);
        return 2;
      }
      process.stdout.write(values.json ? `${JSON.stringify(outcome.value)}\n` : inWords(outcome.value));
      return outcome.value.refused.length > 0 ? 1 : 0;
    });
  },
};

function inWords({ network, rows, taken, refused, dry_run }: ImportReport): string {
  const done = dry_run ? "试运行，未写入 / dry run, nothing written" : "已载入 / loaded";
  const head = `网络 ${network} ${done}: 共 ${rows} 行 rows, 接受 ${taken} taken, 拒绝 ${refused.length} refused\n`;
  return (
    head +
    refused
      .map(({ row, id, reason }) => `  第 ${row} 行 row ${row}${id === null ? "" : ` (${id})`}: ${reason}\n`)
      .join("")
  );
}
