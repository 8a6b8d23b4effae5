import pino from "pino";
import { readConfig } from "../../server/config.ts";
import type { Db } from "../../server/db/db.ts";
import { joinParts, type Parts } from "../../server/join_parts.ts";

export interface WholeApp extends Pick<Parts, "handler" | "hub" | "catchUp"> {
  registry: Parts["tiles"];
  /** What went wrong on our side. */
  failures: unknown[];
  /** Ends its threads. */
  close: () => Promise<void>;
}

export interface WholeAppOptions {
  publicAccess?: boolean;
  exportLimitKm2?: number;
  /** Whoever drew a plan may not approve it. */
  twoPerson?: boolean;
}

const onOff = (on: boolean) => (on ? "on" : "off");

/** The server as it starts, over a database of this test, without pages and without limits of frequency. */
export async function wholeApp(db: Db, options: WholeAppOptions = {}): Promise<WholeApp> {
  const { publicAccess = true, exportLimitKm2 = 4, twoPerson = true } = options;
  const failures: unknown[] = [];
  const parts = await joinParts({
    db,
    config: readConfig({
      HOST: "0.0.0.0", // as for others: no demo accounts on the sign-in page
      PUBLIC_ACCESS: onOff(publicAccess),
      EXPORT_LIMIT_KM2: String(exportLimitKm2),
      TWO_PERSON: onOff(twoPerson),
      TILE_CACHE_MB: "32",
      TZ_NAME: "UTC", // the day of these tests
    }),
    log: pino({ level: "silent" }),
    version: "0.0.0",
    ready: async () => ({ database: true }),
    onFailure: (error) => failures.push(error),
  });
  return {
    handler: parts.handler,
    hub: parts.hub,
    catchUp: parts.catchUp,
    registry: parts.tiles,
    failures,
    close: async () => {
      parts.hush();
      await parts.close();
    },
  };
}
