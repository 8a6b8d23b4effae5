import type { ContactKind } from "../../data/schema/contact.ts";
import type { Grant } from "../../data/access/roles.ts";
import { grantedAreas, grantedHolders, versionInForce } from "../access/scope_sql.ts";
import type { Queries } from "../db/db.ts";
import { type Sql, sql } from "../db/sql.ts";

/** Whose phones are asked for: those of several persons, of a key unit, of an organisation, or one by its id. */
export type ContactOwner =
  | { staff_ids: readonly string[] }
  | { key_unit_id: string }
  | { organisation_id: string }
  | { contact_id: string };

export interface ContactRow {
  id: string;
  staff_id: string | null;
  key_unit_id: string | null;
  kind: ContactKind;
  name: string | null;
  phone: string;
  /** Areas of the grants that its owner belongs to, and organisations of the grants that hold it. */
  areas: string[];
  holders: string[];
}

export interface ContactRepository {
  /** Phones in full: whoever asks masks them. */
  of: (owner: ContactOwner, grants: readonly Grant[]) => Promise<ContactRow[]>;
}

/** @param today - the day that decides which areas and assignments are in force */
export function contactRepository(db: Queries, today: () => string): ContactRepository {
  return {
    of: (owner, grants) => db.query(grants.length === 0 ? publicStatement(owner) : statement(owner, grants, today())),
  };
}

function ownedBy(owner: ContactOwner): Sql {
  if ("staff_ids" in owner) return sql`c.staff_id = any(${owner.staff_ids}::bigint[])`;
  if ("key_unit_id" in owner) return sql`c.key_unit_id = ${owner.key_unit_id}::bigint`;
  if ("organisation_id" in owner) return sql`c.organisation_id = ${owner.organisation_id}::bigint`;
  return sql`c.id = ${owner.contact_id}::bigint`;
}

const columns = sql`c.id::text as id, c.staff_id::text as staff_id, c.key_unit_id::text as key_unit_id, c.kind, c.name, c.phone`;

/** Without a grant nothing depends on where the owner is. */
function publicStatement(owner: ContactOwner): Sql<ContactRow> {
  return sql<ContactRow>`
    select ${columns}, '[]'::json as areas, '[]'::json as holders from contact c where ${ownedBy(owner)} order by c.id`;
}

/**
 * A person belongs wherever one of the current assignments has its target; a key unit where it stands; an organisation
 * where it has its place or its area. `place`: those places, an area with its label point and size, for it lies in a
 * granted area only if it is no larger.
 */
function statement(owner: ContactOwner, grants: readonly Grant[], day: string): Sql<ContactRow> {
  return sql<ContactRow>`
    with c as materialized (
      select c.*, coalesce(s.organisation_id, k.organisation_id, c.organisation_id) as holder
      from contact c left join staff s on s.id = c.staff_id left join key_unit k on k.id = c.key_unit_id
      where ${ownedBy(owner)}),
    granted as materialized (${grantedAreas(grants, day)}),
    target as (
      select c.id, m.area_id, coalesce(b.at, n.at, u.at, r.geom) as shape
      from c join assignment m on m.staff_id = c.staff_id
        left join building b on b.id = m.building_id left join entrance n on n.id = m.entrance_id
        left join key_unit u on u.id = m.key_unit_id left join road r on r.id = m.road_id
      where m.from_day <= ${day}::date and (m.to_day is null or m.to_day > ${day}::date)
      union all
      select c.id, null, k.at from c join key_unit k on k.id = c.key_unit_id
      union all
      select c.id, o.area_id, o.at from c join organisation o on o.id = c.organisation_id),
    place as (
      select distinct on (t.id, coalesce(t.area_id::text, st_asewkb(t.shape)::text)) t.id, t.area_id, t.shape,
        v.at, v.area_m2
      from target t left join area_version v on v.area_id = t.area_id and ${versionInForce(day)})
    select ${columns},
      (select coalesce(json_agg(distinct g.area_id::text), '[]') from place p join granted g
        on g.area_id = p.area_id or st_intersects(g.geom, p.shape)
          or (p.area_m2 <= g.area_m2 and st_intersects(g.geom, p.at))
        where p.id = c.id) as areas,
      ${grantedHolders(grants, sql`c.holder`)} as holders
    from c order by c.id`;
}
