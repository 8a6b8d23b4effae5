import type { Position } from "../../data/schema/geometry.ts";
import { isId } from "../../data/schema/parameters.ts";
import type { PlanComment } from "../../data/schema/plan.ts";
import type { Outcome } from "../../data/schema/problem.ts";
import type { Reader } from "../access/reader.ts";
import type { Queries } from "../db/db.ts";
import { inOutcome } from "../db/in_outcome.ts";
import { sql } from "../db/sql.ts";
import { pointHex } from "../loading/ewkb.ts";
import { accountOf, findReadable, type PlanParts } from "./parts.ts";
import { unknownComment, wrongStatus } from "./refusals.ts";
import { type Person, type PlanRow, tellPlan } from "./repository.ts";

/** What people say of a plan, at a place or of the whole; it changes nothing that is drawn. */
export interface PlanComments {
  add: (reader: Reader, id: string, comment: { text: string; at: Position | null }) => Promise<Outcome<PlanComment>>;
  /** Everybody who reads the plan may: whoever drew, or whoever asked. */
  settle: (reader: Reader, id: string, comment: string) => Promise<Outcome<PlanComment>>;
}

interface CommentRow {
  id: string;
  by: Person;
  text: string;
  lon: number | null;
  lat: number | null;
  made_at: Date;
  settled_at: Date | null;
}

const open: readonly PlanRow["status"][] = ["draft", "submitted", "approved"];

export function planComments(parts: PlanParts): PlanComments {
  const { db, onChange } = parts;

  async function change(
    reader: Reader,
    id: string,
    work: (tx: Queries) => Promise<string | null>,
  ): Promise<Outcome<PlanComment>> {
    const found = await findReadable(parts, db, id, reader);
    if (!found.ok) return found;
    if (!open.includes(found.value.status)) return wrongStatus(found.value.status, open);
    const outcome = await inOutcome<PlanComment>(db, async (tx) => {
      const changed = await work(tx);
      if (changed === null) return unknownComment();
      const [comment] = (await readComments(tx, id)).filter((one) => one.id === changed);
      await tellPlan(tx, id, null);
      return { ok: true, value: comment! };
    });
    if (outcome.ok) onChange();
    return outcome;
  }

  return {
    add: (reader, id, { text, at }) =>
      change(reader, id, async (tx) => {
        const [row] = await tx.query(sql<{ id: string }>`
          insert into plan_comment (plan_id, account_id, text, at)
          values (${id}::bigint, ${accountOf(reader).id}::bigint, ${text}, ${at && pointHex(at)}::geometry)
          returning id::text as id`);
        return row!.id;
      }),
    settle: (reader, id, comment) =>
      change(reader, id, async (tx) => {
        if (!isId(comment)) return null;
        const [row] = await tx.query(sql<{ id: string }>`
          update plan_comment set settled_at = coalesce(settled_at, now()),
            settled_by = coalesce(settled_by, ${accountOf(reader).id}::bigint)
          where plan_id = ${id}::bigint and id = ${comment}::bigint returning id::text as id`);
        return row?.id ?? null;
      }),
  };
}

/** In the order in which they were made. */
export async function readComments(db: Queries, plan_id: string): Promise<PlanComment[]> {
  const rows = await db.query(sql<CommentRow>`
    select m.id::text as id, json_build_object('id', c.id::text, 'display_name', c.display_name) as by, m.text,
      st_x(m.at) as lon, st_y(m.at) as lat, m.made_at, m.settled_at
    from plan_comment m join account c on c.id = m.account_id where m.plan_id = ${plan_id}::bigint order by m.id`);
  return rows.map(({ id, by, text, lon, lat, made_at, settled_at }) => ({
    ...{ id, by, text },
    at: lon === null ? null : [lon, lat!],
    made_at: made_at.toISOString(),
    settled_at: settled_at?.toISOString() ?? null,
  }));
}
