import { isId } from "../../data/schema/parameters.ts";
import type { Outcome } from "../../data/schema/problem.ts";
import type { Reader } from "../access/reader.ts";
import type { RecordAudit } from "../audit/event.ts";
import type { Db, Queries } from "../db/db.ts";
import { reaches } from "./access.ts";
import type { Drafts } from "./drafts.ts";
import { findOperations } from "./operation_repository.ts";
import { type Refused, stale, unknownPlan } from "./refusals.ts";
import { findPlan, type PlanRow } from "./repository.ts";
import type { DraftSubject } from "./seed_repository.ts";

/** What every part of plans works with. */
export interface PlanParts {
  db: Db;
  drafts: Drafts;
  audit: RecordAudit;
  /** Today where the city lies, YYYY-MM-DD. */
  today: () => string;
  time_zone: string;
  /** Whoever drew or submitted a plan may not approve it. */
  twoPerson: boolean;
  /** Called after a write is committed: this instance takes it over at once. */
  onChange: () => void;
}

/** The account of a reader that may write; the gate lets no other through. */
export function accountOf({ account }: Reader): { id: string; display_name: string } {
  if (!account) throw new Error("A plan was to be written without an account");
  return account;
}

/** The plan if the reader may see it. */
export async function findReadable(
  { today }: Pick<PlanParts, "today">,
  db: Queries,
  id: string,
  reader: Pick<Reader, "grants">,
): Promise<Outcome<PlanRow>> {
  const plan = isId(id) ? await findPlan(db, id, { grants: reader.grants, day: today() }) : undefined;
  return plan && reaches("read_plans", reader, plan) ? { ok: true, value: plan } : unknownPlan();
}

export function subjectOf(plan: PlanRow, day: string): DraftSubject {
  const { id, network, network_id, area_id, base_edition } = plan;
  return { plan_id: id, network, network_id, area_id, base_edition, day };
}

const mostTold = 100; // steps that a stale writer is told of

/** A write on an old revision: who was faster, when and with what. */
export async function refuseStale(
  { db, time_zone }: Pick<PlanParts, "db" | "time_zone">,
  plan: PlanRow,
  seen: number,
): Promise<Refused> {
  const since = await findOperations(db, plan.id, { after_revision: seen, limit: mostTold });
  const words = new Intl.DateTimeFormat("zh-CN", {
    ...{ timeZone: time_zone, month: "numeric", day: "numeric" },
    ...{ hour: "2-digit", minute: "2-digit", hour12: false },
  });
  return stale(plan, since, (at) => words.format(at));
}
