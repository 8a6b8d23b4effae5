import { ConfigError } from "../config.ts";
import { DatabaseUnavailable, StartupError } from "../db/db.ts";
import { auditCommand } from "./audit.ts";
import { checkCommand } from "./check.ts";
import { type Command, UsageError } from "./command.ts";
import { demoCommand } from "./demo.ts";
import { importCommand } from "./import.ts";
import { migrateCommand } from "./migrate.ts";
import { townCommand } from "./town.ts";
import { userCommand } from "./user.ts";

const commands: Record<string, Command> = {
  migrate: migrateCommand,
  demo: demoCommand,
  town: townCommand,
  import: importCommand,
  check: checkCommand,
  audit: auditCommand,
  user: userCommand,
};

async function main([name, ...args]: string[]): Promise<number> {
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    const isHelp = name === "help" || name === "--help";
    const page = `npm run -s cli -- COMMAND\n${Object.values(commands)
      .map(({ usage }) => `  ${usage}\n`)
      .join("")}`;
    (isHelp ? process.stdout : process.stderr).write(page);
    return isHelp ? 0 : 2;
  }
  try {
    return await command.run(args, process.env);
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`${error.message}\n  ${command.usage}\n`);
      return 2;
    }
    if (error instanceof ConfigError) {
      process.stderr.write(`${error.message}\n`);
      return 2;
    }
    if (error instanceof StartupError || error instanceof DatabaseUnavailable) {
      process.stderr.write(`${error.message}\n`);
      return 1;
    }
    throw error;
  }
}

process.exitCode = await main(process.argv.slice(2));
