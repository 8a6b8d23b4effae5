import { type GrantedRole, grantedRoles } from "../../data/access/roles.ts";
import { NewAccount } from "../../data/schema/account.ts";
import { publicReader } from "../access/reader.ts";
import { accountService } from "../accounts/service.ts";
import { auditService, recordAudit } from "../audit/service.ts";
import type { Config } from "../config.ts";
import type { Db } from "../db/db.ts";
import { hashPassword } from "../sign_in/password_hash.ts";
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

export const userCommand: Command = {
  usage:
    "user add NAME --display WORDS --role ROLE [--area NETWORK:CODE] [--json]" +
    " — 新建账号并打印一次初始密码 / makes an account and prints its first password, once",
  async run(args, env) {
    const options = {
      display: { type: "string" },
      role: { type: "string" },
      area: { type: "string" },
      json: { type: "boolean" },
    } as const;
    const { values, positionals } = readArguments(args, options, 2);
    if (positionals[0] !== "add") throw new UsageError("只有 user add / there is only user add");
    const input = readAccount(positionals[1]!, {
      display: required(values.display, "--display"),
      role: required(values.role, "--role"),
      area: values.area,
    });
    return withDatabase(env, async (db, config) => {
      // nobody is signed in here: who sits at the machine is written down
      const outcome = await accountsFor(db, config).create(publicReader({ address: "", reference: "" }), input);
      if (!outcome.ok) {
        tellProblem(outcome.problem);
        return 2;
      }
      const { id, name, password } = outcome.value;
      tell(
        `账号 ${name} 已建立，初始密码如下，仅显示一次，首次登录须修改。` +
          ` Account ${name} is made; its first password is shown once and must be changed at the first sign-in.`,
      );
      process.stdout.write(values.json ? `${JSON.stringify({ id, name, password })}\n` : `${password}\n`);
      return 0;
    });
  },
};

function readAccount(name: string, given: { display: string; role: string; area: string | undefined }): NewAccount {
  const role = grantedRoles.find((one) => one === given.role);
  if (!role) throw new UsageError(`--role 只能是 ${grantedRoles.join("、")} / must be one of them`);
  const grant: NewAccount["grants"][number] = {
    role: role satisfies GrantedRole,
    area: given.area ?? null,
    organisation_id: null,
  };
  const parsed = NewAccount.safeParse({ name, display_name: given.display, grants: [grant] });
  if (parsed.success) return parsed.data;
  throw new UsageError(parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("\n"));
}

function accountsFor(db: Db, { time_zone }: Config) {
  return accountService({
    db,
    audit: (queries, _reader, event) => recordAudit(queries, cliActor(), event),
    log: auditService({ db, time_zone, now: Date.now }),
    hashPassword: (password) => hashPassword(password),
    today: () => todayIn(time_zone),
    time_zone,
    onChange: () => undefined, // servers follow the change feed
  });
}
