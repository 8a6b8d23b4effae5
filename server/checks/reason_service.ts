import type { NetworkRules, NewWarningReason, WarningReason } from "../../data/schema/check.ts";
import type { AreaSummary } from "../../data/schema/area.ts";
import { failed, type Outcome } from "../../data/schema/problem.ts";
import type { Reader, ReaderAccount } from "../access/reader.ts";
import type { AreaService } from "../areas/service.ts";
import type { RecordAudit } from "../audit/event.ts";
import { actorOf } from "../audit/service.ts";
import type { Db } from "../db/db.ts";
import { sql } from "../db/sql.ts";
import { deleteReason, insertReason } from "./reason_repository.ts";
import { changeRules } from "./rules_repository.ts";
import { notYours } from "./service.ts";
import { regionsFor } from "./visibility.ts";

/** What is decided about checks: reasons for warnings, of the edition in force alone, and what a network counts. */
export interface ReasonService {
  /** One reason for warnings of a kind in the area and all below it. */
  give: (key: string, reason: NewWarningReason, reader: Reader) => Promise<Outcome<WarningReason>>;
  /** Withdraws a reason that was given for this area. */
  withdraw: (key: string, reasonId: string, reader: Reader) => Promise<Outcome<null>>;
  setRules: (network: string, rules: NetworkRules, reader: Reader) => Promise<Outcome<NetworkRules>>;
}

export interface ReasonParts {
  db: Pick<Db, "transaction">;
  areas: Pick<AreaService, "findAt" | "editionFor" | "outside">;
  recordAudit: RecordAudit;
}

export function reasonService({ db, areas, recordAudit }: ReasonParts): ReasonService {
  /** The area as it is in force, if the reader may give reasons there. */
  async function findOwn(
    key: string,
    { account, grants }: Reader,
  ): Promise<Outcome<{ area: AreaSummary; edition: number; account: ReaderAccount }>> {
    const found = await areas.findAt(key, {});
    if (!found.ok) return found;
    const { summary: area, edition } = found.value;
    const asked = { network: area.network, edition, area_id: area.id };
    const outside = await areas.outside(asked, regionsFor("give_reasons", grants));
    if (!account || outside.length > 0) return notYours(`「${area.name}」不在您的授权范围内。`);
    return { ok: true, value: { area, edition, account } };
  }

  return {
    async give(key, reason, reader) {
      const own = await findOwn(key, reader);
      if (!own.ok) return own;
      const { area, edition, account } = own.value;
      const { kind, keys, text } = reason;
      const given = await db.transaction(async (tx) => {
        const row = await insertReason(tx, reason, { area_id: area.id, edition, account_id: account.id });
        await tx.query(sql`select record_change('warning_reason', ${[row.id]}::bigint[], null)`);
        await recordAudit(tx, actorOf(reader), {
          action: "reason_give",
          target: `area:${area.id}`,
          after: { reason: row.id, kind, warnings: keys?.length ?? "all", text, area_name: area.name },
        });
        return row;
      });
      return { ok: true, value: { id: given.id, text, by: account.display_name, at: given.at.toISOString() } };
    },
    async withdraw(key, reasonId, reader) {
      const own = await findOwn(key, reader);
      if (!own.ok) return own;
      const { area, edition } = own.value;
      const gone = await db.transaction(async (tx) => {
        const was = await deleteReason(tx, reasonId, { area_id: area.id, edition });
        if (!was) return false;
        await tx.query(sql`select record_change('warning_reason', ${[reasonId]}::bigint[], null)`);
        const { kind, keys, text } = was;
        await recordAudit(tx, actorOf(reader), {
          action: "reason_withdraw",
          target: `area:${area.id}`,
          before: { reason: reasonId, kind, warnings: keys?.length ?? "all", text, area_name: area.name },
        });
        return true;
      });
      if (gone) return { ok: true, value: null };
      return failed("reason.unknown", {
        detail: `「${area.name}」在现行版次中没有这条理由。`,
        fix: "它可能已被撤回、属于上级区域或以前的版次；请刷新后重试。",
      });
    },
    async setRules(network, rules, reader) {
      const known = await areas.editionFor(network, {});
      if (!known.ok && known.problem.code === "network.unknown") return known;
      await db.transaction(async (tx) => {
        const { id, before } = await changeRules(tx, network, rules);
        await tx.query(sql`select record_change('network', ${[id]}::bigint[], null)`);
        await recordAudit(tx, actorOf(reader), {
          action: "rules_change",
          target: `network:${network}`,
          before: { ...before },
          after: { ...rules },
        });
      });
      return { ok: true, value: rules };
    },
  };
}
