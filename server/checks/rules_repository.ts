import type { NetworkRules } from "../../data/schema/check.ts";
import type { Queries } from "../db/db.ts";
import { sql } from "../db/sql.ts";

/** @returns the network's id and what held before; nobody else changes it until the transaction ends */
export async function changeRules(
  tx: Queries,
  network: string,
  { special_areas, water, hydrant_radius_m }: NetworkRules,
): Promise<{ id: string; before: NetworkRules }> {
  const [row] = await tx.query(sql<NetworkRules & { id: string }>`
    select id::text as id, special_areas, water, hydrant_radius_m from network where code = ${network} for update`);
  if (!row) throw new Error(`Network ${network} is gone`);
  const { id, ...before } = row;
  await tx.query(sql`
    update network set special_areas = ${special_areas}, water = ${water}, hydrant_radius_m = ${hydrant_radius_m},
      changed_at = now()
    where id = ${id}::bigint`);
  return { id, before };
}
