import { userInfo } from "node:os";
import type { Actor } from "../audit/event.ts";

/** Who sits at the command line, as it is written down. */
export function cliActor(): Actor {
  return { account_id: null, account_name: `cli:${accountOfSystem()}`, address: null, reference: null };
}

/** An account without an entry in the system's list, as in some containers, has a number only. */
function accountOfSystem(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? "?");
  }
}
