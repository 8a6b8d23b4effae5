import type { Grant } from "../../data/access/roles.ts";
import type { AreaRef } from "../../data/schema/area.ts";
import type { Bbox } from "../../data/schema/geometry.ts";
import { sqlScope } from "../access/scope_sql.ts";
import { inEdition, refColumns, refJoins } from "../areas/rows.ts";
import type { Db, Queries } from "../db/db.ts";
import { type Sql, sql } from "../db/sql.ts";
import { columnsOf, type Send } from "./division_repository.ts";
import { packShapes } from "./packed_shapes.ts";
import { countedStatement } from "./thing_statements.ts";

export interface CrosswalkSubject {
  from: { network: string; edition: number };
  to: { network: string; edition: number };
  /** Of `from`: the lowest areas below it are asked about. */
  area: AreaRef;
  box: Bbox;
  grants: readonly Grant[];
  /** On which the grants hold. */
  today: string;
}

export interface CrosswalkRepository {
  /**
   * Sends all that the crosswalk needs to know, page by page, from one snapshot.
   * @returns the last change that it holds
   * @throws what `signal` says, between two pages
   */
  load: (subject: CrosswalkSubject, send: Send, signal: AbortSignal) => Promise<{ rev: number }>;
}

const pageSize = 1000;

export function crosswalkRepository(db: Pick<Db, "transaction">): CrosswalkRepository {
  return {
    load: (subject, send, signal) =>
      db.transaction((tx) => loadCrosswalk(tx, subject, send, signal), {
        isolation: "repeatable read",
        read_only: true,
      }),
  };
}

async function loadCrosswalk(tx: Queries, subject: CrosswalkSubject, send: Send, signal: AbortSignal) {
  const { from, to, area, box, grants, today } = subject;
  const [{ rev }] = await tx.query(sql<{ rev: number }>`select rev from change_clock`);
  send({ kind: "crosswalk", from: from.network, to: to.network, area });
  const sides = { from: lowestAreas(from, sql`v.area_id = ${area.id}::bigint`, null), to: lowestAreas(to, atTop, box) };
  for (const side of ["from", "to"] as const) {
    await tx.eachBatch(sides[side], pageSize, (rows) => {
      signal.throwIfAborted();
      const { wkb, ...facts } = columnsOf(rows);
      const shapes = packShapes(wkb);
      send({ kind: "crosswalk_areas", side, facts, shapes }, [shapes.wkb.buffer, shapes.ends.buffer]);
    });
  }
  const scope = sqlScope(grants, today);
  for (const of of ["building", "legal_entity"] as const) {
    await tx.eachBatch(countedStatement(of, box, scope), pageSize, (rows) => {
      signal.throwIfAborted();
      send({ kind: "counted", of, facts: columnsOf(rows) });
    });
  }
  return { rev };
}

const atTop = sql`v.parent_id is null`;

/**
 * Areas that nothing divides further, below the given ones; by code. Special areas that lie over the division, and what
 * is below them, are no part of it: the ground is counted once.
 */
function lowestAreas(
  { network, edition }: CrosswalkSubject["from"],
  first: Sql,
  box: Bbox | null,
): Sql<AreaRef & { wkb: Uint8Array }> {
  const [west, south, east, north] = box ?? [-180, -90, 180, 90];
  return sql<AreaRef & { wkb: Uint8Array }>`
    with recursive below as (
      select v.area_id, null::bigint as parent_id, v.kind, n.special_areas
      from area_version v join network n on n.id = v.network_id
      where n.code = ${network} and ${first} and ${inEdition(edition)}
        and not (n.special_areas = 'over' and v.kind = 'special' and v.parent_id is null)
      union all
      select v.area_id, v.parent_id, v.kind, below.special_areas
      from below join area_version v on v.parent_id = below.area_id and ${inEdition(edition)}
      where not (below.special_areas = 'over' and v.kind = 'special' and below.kind = 'basic'))
    select ${refColumns}, st_asbinary(v.geom) as wkb
    from below join ${refJoins} on v.area_id = below.area_id and ${inEdition(edition)}
    where not exists (select 1 from below child where child.parent_id = below.area_id)
      and v.geom && st_makeenvelope(${west}, ${south}, ${east}, ${north}, 4490)
    order by a.code`;
}
