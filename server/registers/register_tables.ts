import type { Register } from "../../data/schema/record.ts";
import type { SqlPlace } from "../access/scope_sql.ts";
import { type Sql, sql } from "../db/sql.ts";

/** How the things of a register are read; every expression is over `t` and what `from` joins to it. */
export interface RegisterTable extends SqlPlace {
  from: Sql;
  title: Sql;
  /** What a person may read, by column name. Contacts are never among the facts. */
  facts: Readonly<Record<string, Sql>>;
  /** Its point, or for things that are none a point on them. */
  at: Sql;
  /** All of it, for exports. */
  geom: Sql;
  /** What tiers leave out by; null = the register has no kinds. */
  kind: Sql | null;
  /** Added to `t.id` outside. */
  firstId: bigint;
}

const point = { at: sql`t.at`, shape: sql`t.at`, geom: sql`t.at`, holder: null, kind: null, firstId: 0n };
const surface = {
  at: sql`st_pointonsurface(t.geom)`,
  shape: sql`t.geom`,
  geom: sql`t.geom`,
  holder: null,
  kind: null,
  firstId: 0n,
};

const buildings: RegisterTable = {
  ...point,
  geom: sql`t.geom`,
  from: sql`building t left join estate e on e.id = t.estate_id
    left join lateral (select text from address where building_id = t.id order by id limit 1) d on true`,
  title: sql`coalesce(nullif(t.name, ''), t.number)`,
  facts: {
    use: sql`t.use`,
    floors: sql`t.floors`,
    structure: sql`t.structure`,
    year_built: sql`t.year_built`,
    estate: sql`e.name`,
    address: sql`d.text`,
    households: sql`t.households`,
    people: sql`t.people`,
    registered: sql`t.registered`,
    floating: sql`t.floating`,
    let_homes: sql`t.let_homes`,
    entrances: sql`(select count(*) from entrance n where n.building_id = t.id)`,
    estimated: sql`t.estimated`,
  },
};

const roads: RegisterTable = {
  ...surface,
  from: sql`road t`,
  title: sql`coalesce(t.name, '')`,
  facts: { class: sql`t.class`, length_m: sql`round(st_length(t.geom::geography)::numeric, 0)::float8` },
};

const estates: RegisterTable = {
  ...surface,
  shape: sql`st_pointonsurface(t.geom)`,
  from: sql`estate t left join lateral (
    select count(*) as buildings, coalesce(sum(b.households), 0) as households, coalesce(sum(b.people), 0) as people
    from building b where b.estate_id = t.id) b on true`,
  title: sql`t.name`,
  facts: {
    managed: sql`t.managed`,
    buildings: sql`b.buildings`,
    households: sql`b.households`,
    people: sql`b.people`,
  },
};

const facilities: RegisterTable = {
  ...point,
  holder: sql`t.organisation_id`,
  kind: sql`t.kind`,
  from: sql`facility t left join organisation o on o.id = t.organisation_id`,
  title: sql`t.name`,
  facts: { kind: sql`t.kind`, address: sql`t.address`, organisation: sql`o.name` },
};

const legalEntities: RegisterTable = {
  ...point,
  kind: sql`t.kind`,
  from: sql`legal_entity t`,
  title: sql`t.name`,
  facts: {
    kind: sql`t.kind`,
    credit_code: sql`t.credit_code`,
    sector: sql`t.sector`,
    key_trade: sql`t.key_trade`,
    staff_count: sql`t.staff_count`,
    address: sql`t.address`,
  },
};

const pipes: RegisterTable = {
  at: sql`st_lineinterpolatepoint(t.geom, 0.5)`,
  shape: sql`t.geom`,
  geom: sql`t.geom`,
  holder: sql`t.owner_id`,
  kind: sql`t.kind`,
  firstId: 0n,
  from: sql`pipe t left join organisation o on o.id = t.owner_id`,
  title: sql`t.code`,
  facts: {
    pipe_kind: sql`t.kind`,
    diameter_mm: sql`t.diameter_mm`,
    section: sql`t.section`,
    material: sql`t.material`,
    depth_m: sql`t.depth_m`,
    pressure: sql`t.pressure`,
    year: sql`t.year`,
    status: sql`t.status`,
    owner: sql`o.name`,
    length_m: sql`round(st_length(t.geom::geography)::numeric, 1)::float8`,
  },
};

const components: RegisterTable = {
  ...point,
  kind: sql`t.kind`,
  from: sql`component t left join pipe p on p.id = t.pipe_id left join road r on r.id = t.road_id`,
  title: sql`t.code`,
  facts: {
    kind: sql`t.kind`,
    status: sql`t.status`,
    diameter_mm: sql`t.diameter_mm`,
    fed_by: sql`p.code`,
    road: sql`r.name`,
  },
};

/** On the map pipe nodes stand among the components, behind 2^40 (data/schema/tile_attributes.ts). */
const firstNodeId = 2n ** 40n;

const pipeNodes: RegisterTable = {
  ...point,
  kind: sql`t.kind`,
  firstId: firstNodeId,
  from: sql`pipe_node t`,
  title: sql`t.code`,
  facts: {
    kind: sql`t.kind`,
    pipe_kind: sql`t.pipe_kind`,
    status: sql`t.status`,
    pipes: sql`(select count(*) from pipe p where p.from_node_id = t.id or p.to_node_id = t.id)`,
  },
};

const keyUnits: RegisterTable = {
  ...point,
  holder: sql`t.organisation_id`,
  from: sql`key_unit t left join organisation o on o.id = t.organisation_id`,
  title: sql`t.name`,
  facts: {
    code: sql`t.code`,
    key_level: sql`t.level`,
    category: sql`t.category`,
    address: sql`t.address`,
    organisation: sql`o.name`,
    filed_managers: sql`t.filed_managers`,
    filed_maintenance: sql`t.filed_maintenance`,
    filed_assessment: sql`t.filed_assessment`,
  },
};

const smallPlaces: RegisterTable = {
  ...point,
  kind: sql`t.kind`,
  from: sql`small_place t`,
  title: sql`t.name`,
  facts: { kind: sql`t.kind`, three_in_one: sql`t.three_in_one`, address: sql`t.address` },
};

const addresses: RegisterTable = {
  ...point,
  from: sql`address t left join road r on r.id = t.road_id left join building b on b.id = t.building_id`,
  title: sql`t.text`,
  facts: { road: sql`r.name`, building: sql`b.name` },
};

/** The tables that a register is made of. */
export const registerTables: Record<Register, readonly RegisterTable[]> = {
  buildings: [buildings],
  roads: [roads],
  estates: [estates],
  facilities: [facilities],
  legal_entities: [legalEntities],
  pipes: [pipes],
  components: [components, pipeNodes],
  key_units: [keyUnits],
  small_places: [smallPlaces],
  addresses: [addresses],
};

/** `facts` of a table as one JSON object, in their order. */
export function factsOf({ facts }: RegisterTable): Sql {
  let pairs = sql``;
  for (const [name, value] of Object.entries(facts)) {
    pairs = pairs.text === "" ? sql`${name}::text, ${value}` : sql`${pairs}, ${name}::text, ${value}`;
  }
  return sql`json_build_object(${pairs})`;
}
