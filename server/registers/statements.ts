import type { Register } from "../../data/schema/record.ts";
import { type Sql, sql } from "../db/sql.ts";

/** A record as each statement below selects it: `facts` holds what a person may read, by column name. */
export interface RecordRow {
  title: string;
  facts: Record<string, string | number | boolean | null>;
  lon: number;
  lat: number;
  source: string;
  changed_at: Date;
}

const at = sql`st_x(t.at) as lon, st_y(t.at) as lat, t.source, t.changed_at`;
/** Things that are no point are answered by a point on them. */
const onSurface = sql`st_x(st_pointonsurface(t.geom)) as lon, st_y(st_pointonsurface(t.geom)) as lat, t.source, t.changed_at`;

/** How one record of each register is read. Contacts are never among the facts. */
export const statements: Record<Register, (id: string) => Sql<RecordRow>> = {
  buildings: (id) => sql<RecordRow>`
    select coalesce(nullif(t.name, ''), t.number) as title, json_build_object('use', t.use, 'floors', t.floors,
        'structure', t.structure, 'year_built', t.year_built, 'estate', e.name, 'address', d.text,
        'households', t.households, 'people', t.people, 'registered', t.registered, 'floating', t.floating,
        'let_homes', t.let_homes, 'entrances', (select count(*) from entrance n where n.building_id = t.id),
        'estimated', t.estimated) as facts, ${at}
    from building t left join estate e on e.id = t.estate_id
      left join lateral (select text from address where building_id = t.id order by id limit 1) d on true
    where t.id = ${id}::bigint`,
  roads: (id) => sql<RecordRow>`
    select coalesce(t.name, '') as title,
      json_build_object('class', t.class, 'length_m', round(st_length(t.geom::geography)::numeric, 0)::float8) as facts, ${onSurface}
    from road t where t.id = ${id}::bigint`,
  estates: (id) => sql<RecordRow>`
    select t.name as title, json_build_object('managed', t.managed,
        'buildings', count(b.id), 'households', coalesce(sum(b.households), 0), 'people', coalesce(sum(b.people), 0)) as facts, ${onSurface}
    from estate t left join building b on b.estate_id = t.id where t.id = ${id}::bigint group by t.id`,
  facilities: (id) => sql<RecordRow>`
    select t.name as title, json_build_object('kind', t.kind, 'address', t.address, 'organisation', o.name) as facts, ${at}
    from facility t left join organisation o on o.id = t.organisation_id where t.id = ${id}::bigint`,
  legal_entities: (id) => sql<RecordRow>`
    select t.name as title, json_build_object('kind', t.kind, 'credit_code', t.credit_code, 'sector', t.sector,
        'key_trade', t.key_trade, 'staff_count', t.staff_count, 'address', t.address) as facts, ${at}
    from legal_entity t where t.id = ${id}::bigint`,
  pipes: (id) => sql<RecordRow>`
    select t.code as title, json_build_object('pipe_kind', t.kind, 'diameter_mm', t.diameter_mm, 'section', t.section,
        'material', t.material, 'depth_m', t.depth_m, 'pressure', t.pressure, 'year', t.year, 'status', t.status,
        'owner', o.name, 'length_m', round(st_length(t.geom::geography)::numeric, 1)::float8) as facts,
      st_x(st_lineinterpolatepoint(t.geom, 0.5)) as lon, st_y(st_lineinterpolatepoint(t.geom, 0.5)) as lat, t.source, t.changed_at
    from pipe t left join organisation o on o.id = t.owner_id where t.id = ${id}::bigint`,
  components: (id) => componentOrNode(BigInt(id)),
  key_units: (id) => sql<RecordRow>`
    select t.name as title, json_build_object('code', t.code, 'key_level', t.level, 'category', t.category, 'address', t.address,
        'organisation', o.name, 'filed_managers', t.filed_managers, 'filed_maintenance', t.filed_maintenance,
        'filed_assessment', t.filed_assessment) as facts, ${at}
    from key_unit t left join organisation o on o.id = t.organisation_id where t.id = ${id}::bigint`,
  small_places: (id) => sql<RecordRow>`
    select t.name as title, json_build_object('kind', t.kind, 'three_in_one', t.three_in_one, 'address', t.address) as facts, ${at}
    from small_place t where t.id = ${id}::bigint`,
  addresses: (id) => sql<RecordRow>`
    select t.text as title, json_build_object('road', r.name, 'building', b.name) as facts, ${at}
    from address t left join road r on r.id = t.road_id left join building b on b.id = t.building_id
    where t.id = ${id}::bigint`,
};

/** On the map pipe nodes stand among the components, behind 2^40 (data/schema/tile_attributes.ts). */
const firstNodeId = 2n ** 40n;

function componentOrNode(id: bigint): Sql<RecordRow> {
  if (id >= firstNodeId) {
    return sql<RecordRow>`
      select t.code as title, json_build_object('kind', t.kind, 'pipe_kind', t.pipe_kind, 'status', t.status,
          'pipes', (select count(*) from pipe p where p.from_node_id = t.id or p.to_node_id = t.id)) as facts, ${at}
      from pipe_node t where t.id = ${id - firstNodeId}`;
  }
  return sql<RecordRow>`
    select t.code as title, json_build_object('kind', t.kind, 'status', t.status, 'diameter_mm', t.diameter_mm,
        'fed_by', p.code, 'road', r.name) as facts, ${at}
    from component t left join pipe p on p.id = t.pipe_id left join road r on r.id = t.road_id
    where t.id = ${id}`;
}
