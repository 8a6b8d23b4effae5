import { type Command, readArguments, withDatabase } from "./command.ts";

export const migrateCommand: Command = {
  usage: "migrate — 升级数据库结构 / brings the schema up to date",
  async run(args, env) {
    readArguments(args, {}, 0);
    await withDatabase(env, async (db) => {
      process.stdout.write(`${db.version}: 数据库结构已是最新 / the schema is up to date\n`);
    });
    return 0;
  },
};
