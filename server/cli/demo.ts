import { recordAudit } from "../audit/service.ts";
import { generateInWorker } from "../demo/generate_in_worker.ts";
import { loadIntoEmpty } from "../loading/load_city.ts";
import { cliActor } from "./cli_actor.ts";
import { type Command, readArguments, tell, UsageError, withDatabase } from "./command.ts";

const sizes = ["community", "district", "city"] as const;

export const demoCommand: Command = {
  usage: "demo [--size community|district|city] [--json] — 载入演示城市 / loads the demo city",
  async run(args, env) {
    const { values } = readArguments(args, { size: { type: "string" }, json: { type: "boolean" } }, 0);
    const size = sizes.find((one) => one === (values.size ?? "district"));
    if (!size) throw new UsageError(`--size 只能是 ${sizes.join("、")} / must be one of them`);
    return withDatabase(env, async (db) => {
      const report = await loadIntoEmpty(db, generateInWorker({ size }), {
        onProgress: tell,
        onLoaded: (tx, rows) =>
          recordAudit(tx, cliActor(), { action: "import", target: `demo:${size}`, after: { rows } }),
      });
      if (!report) {
        tell(
          "数据库中已有数据，演示城市只载入空库。 The database holds data; the demo city loads only into an empty one.",
        );
        return 1;
      }
      const { rows } = report;
      if (values.json) process.stdout.write(`${JSON.stringify({ size, rows })}\n`);
      else
        process.stdout.write(
          `演示城市 ${size} 已载入 / loaded: ${rows.area} 区域 areas, ${rows.building} 建筑 buildings\n`,
        );
      return 0;
    });
  },
};
