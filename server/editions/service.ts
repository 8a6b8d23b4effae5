import type { Drawing, EditionInput } from "../../data/division/draw_edition.ts";
import type { Published } from "../../data/schema/plan.ts";
import type { Outcome } from "../../data/schema/problem.ts";
import type { Actor } from "../audit/event.ts";
import type { Db, Queries } from "../db/db.ts";
import { sql } from "../db/sql.ts";
import { differenceFinder, type FindDifference, withoutEdition } from "./difference.ts";
import { findLineage, type Viewer } from "./difference_repository.ts";
import { dueEditions } from "./edition_repository.ts";
import { editionThread } from "./edition_thread.ts";
import { editionFamilies, type Families } from "./family.ts";
import type { EditionParts } from "./parts.ts";
import { type PublishOptions, publishPlan } from "./publish.ts";
import { takeEffect } from "./take_effect.ts";

export interface EditionService extends Families {
  /**
   * Makes the next edition of an approved plan. Who may, and whether its name was typed right, is the caller's to ask.
   * @param queries - a transaction that it becomes part of, else one of its own
   */
  publish: (
    plan_id: string,
    by: Actor,
    options?: PublishOptions & { queries?: Queries },
  ) => Promise<Outcome<Published>>;
  /** Lets counts and search follow editions whose day has come. @returns how many there were */
  takeDue: () => Promise<number>;
  difference: FindDifference;
}

export function editionService({ db, recordAudit, today }: EditionParts): EditionService {
  const thread = editionThread();
  const draw = (input: EditionInput): Promise<Drawing> => thread.do({ kind: "draw", input });

  async function publish(plan_id: string, by: Actor, given: PublishOptions & { queries?: Queries } = {}) {
    const { queries = db, ...options } = given;
    thread.warm();
    const outcome = await publishPlan(queries, { recordAudit, today, draw }, plan_id, by, options);
    if (!outcome.ok) return outcome;
    const { network_id, in_effect: _, ...value } = outcome.value;
    const sight: Viewer = { grants: "all", day: today() };
    const rows = await findLineage(queries, network_id, sql`r.edition = ${value.edition}`, sight);
    return { ok: true as const, value: { ...value, lineage: rows.map(withoutEdition) } };
  }

  return {
    publish,
    difference: differenceFinder({ db, today }, thread),
    ...editionFamilies({ db, today }),
    async takeDue() {
      const due = await dueEditions(db, today());
      for (const edition of due) await takeDueEdition(db, edition);
      return due.length;
    },
  };
}

async function takeDueEdition(db: Db, edition: { network_id: number; number: number }): Promise<void> {
  await db.transaction(
    async (tx) => {
      await tx.query(sql`select 1 from network where id = ${edition.network_id} for no key update`);
      const [still] = await tx.query(sql<{ number: number }>`
        select number from edition where network_id = ${edition.network_id} and number = ${edition.number} and not in_effect`);
      if (!still) return; // another instance was first
      await takeEffect(tx, edition);
      await tx.query(sql`select record_change('areas', ${[]}::bigint[], null)`);
    },
    { timeout_ms: 120_000 },
  );
}
