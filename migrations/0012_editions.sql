-- Why: an edition may be published for a day to come, and what is counted by area (building_area, area_count,
-- search_entry) is of the edition that took effect last. What ended keeps the counts of its last day.
-- Safe while an older server runs: yes.

alter table edition add column in_effect boolean not null default true;
comment on column edition.in_effect is 'Counts, search and organisations follow it; false until its first day';

-- Ground that changed hands, as it was found at publishing; not of first editions, where everything is new.
create table moved_ground (
  network_id bigint not null,
  edition int not null, -- that brought the change
  level int not null, -- ordinal; 0: lowest areas that are not of one level
  lowest boolean not null, -- between lowest areas: these rows alone add up to the whole change
  from_area_id bigint,
  area_id bigint,
  geom geometry(MultiPolygon, 4490) not null,
  at geometry(Point, 4490) not null, -- pole of inaccessibility of the largest piece
  area_m2 float8 not null check (area_m2 >= 0),
  foreign key (network_id, edition) references edition (network_id, number),
  foreign key (network_id, from_area_id) references area (network_id, id),
  foreign key (network_id, area_id) references area (network_id, id),
  check (num_nonnulls(area_id, from_area_id) > 0)
);
create index moved_ground_edition on moved_ground (network_id, edition);
create index moved_ground_geom on moved_ground using gist (geom);

-- Counts of area_version rows that hold no more, as of the day on which they ended.
create table ended_area_count (
  area_id bigint not null,
  from_edition int not null,
  households bigint not null,
  people bigint not null,
  registered bigint not null,
  floating bigint not null,
  let_homes bigint not null,
  buildings bigint not null,
  homes bigint not null,
  counted_at timestamptz not null default now(),
  primary key (area_id, from_edition),
  foreign key (area_id, from_edition) references area_version (area_id, from_edition)
);

-- The edition that the counts of a network are of.
create function counted_edition(network bigint) returns int language sql stable as $$
  select max(number) from edition where network_id = network and in_effect
$$;

create or replace function refresh_area_counts(network bigint) returns void language sql as $$
  delete from area_count c using area a where a.id = c.area_id and a.network_id = network;
  insert into area_count (area_id, households, people, registered, floating, let_homes, buildings, homes)
  with recursive holding as (
    select v.area_id, v.parent_id from area_version v, counted_edition(network) e
    where v.network_id = network and v.from_edition <= e and (v.to_edition is null or v.to_edition > e)),
  leaf as (
    select m.area_id, sum(b.households) as households, sum(b.people) as people, sum(b.registered) as registered,
      sum(b.floating) as floating, sum(b.let_homes) as let_homes, count(*) as buildings,
      count(*) filter (where b.use = 'home') as homes
    from building_area m join building b on b.id = m.building_id
    where m.network_id = network group by m.area_id),
  up as (
    select area_id as leaf_id, area_id from leaf
    union all
    select up.leaf_id, v.parent_id from up join holding v on v.area_id = up.area_id
    where v.parent_id is not null)
  select v.area_id, coalesce(sum(leaf.households), 0), coalesce(sum(leaf.people), 0), coalesce(sum(leaf.registered), 0),
    coalesce(sum(leaf.floating), 0), coalesce(sum(leaf.let_homes), 0), coalesce(sum(leaf.buildings), 0),
    coalesce(sum(leaf.homes), 0)
  from holding v left join up on up.area_id = v.area_id left join leaf on leaf.area_id = up.leaf_id
  group by v.area_id;
$$;

create or replace function add_to_area_counts(change jsonb) returns void language sql as $$
  with recursive difference as (
    select * from jsonb_to_recordset(change) as d (building_id bigint, households bigint, people bigint,
      registered bigint, floating bigint, let_homes bigint, buildings bigint, homes bigint)),
  counted as (select network_id, max(number) as number from edition where in_effect group by network_id),
  up as (
    select m.area_id, d.households, d.people, d.registered, d.floating, d.let_homes, d.buildings, d.homes
    from difference d join building_area m on m.building_id = d.building_id
    union all
    select v.parent_id, up.households, up.people, up.registered, up.floating, up.let_homes, up.buildings, up.homes
    from up join area_version v on v.area_id = up.area_id join counted e on e.network_id = v.network_id
    where v.from_edition <= e.number and (v.to_edition is null or v.to_edition > e.number) and v.parent_id is not null),
  total as (
    select area_id, sum(households) as households, sum(people) as people, sum(registered) as registered,
      sum(floating) as floating, sum(let_homes) as let_homes, sum(buildings) as buildings, sum(homes) as homes
    from up group by area_id)
  update area_count c set households = c.households + t.households, people = c.people + t.people,
    registered = c.registered + t.registered, floating = c.floating + t.floating,
    let_homes = c.let_homes + t.let_homes, buildings = c.buildings + t.buildings, homes = c.homes + t.homes
  from total t where t.area_id = c.area_id;
$$;

-- Counts the given areas of one level anew, as they hold in an edition: what stands in them, and what is below them,
-- whose own counts must be right already.
create function recount_areas(network bigint, edition int, ids bigint[]) returns void language sql as $$
  insert into area_count (area_id, households, people, registered, floating, let_homes, buildings, homes)
  select id, coalesce(own.households, 0) + coalesce(below.households, 0), coalesce(own.people, 0) + coalesce(below.people, 0),
    coalesce(own.registered, 0) + coalesce(below.registered, 0), coalesce(own.floating, 0) + coalesce(below.floating, 0),
    coalesce(own.let_homes, 0) + coalesce(below.let_homes, 0), coalesce(own.buildings, 0) + coalesce(below.buildings, 0),
    coalesce(own.homes, 0) + coalesce(below.homes, 0)
  from unnest(ids) as id
    left join (
      select m.area_id, sum(b.households) as households, sum(b.people) as people, sum(b.registered) as registered,
        sum(b.floating) as floating, sum(b.let_homes) as let_homes, count(*) as buildings,
        count(*) filter (where b.use = 'home') as homes
      from building_area m join building b on b.id = m.building_id
      where m.area_id = any (ids) group by m.area_id) own on own.area_id = id
    left join (
      select v.parent_id, sum(c.households) as households, sum(c.people) as people, sum(c.registered) as registered,
        sum(c.floating) as floating, sum(c.let_homes) as let_homes, sum(c.buildings) as buildings, sum(c.homes) as homes
      from area_version v join area_count c on c.area_id = v.area_id
      where v.parent_id = any (ids) and v.network_id = network and v.from_edition <= edition
        and (v.to_edition is null or v.to_edition > edition)
      group by v.parent_id) below on below.parent_id = id
  on conflict (area_id) do update set households = excluded.households, people = excluded.people,
    registered = excluded.registered, floating = excluded.floating, let_homes = excluded.let_homes,
    buildings = excluded.buildings, homes = excluded.homes;
$$;

-- The same rule as before, found through the indexes of parent and child: a plan of a few hundred areas must not read
-- all versions there ever were.
create or replace function check_area_levels() returns trigger language plpgsql as $$
declare
  wrong record;
begin
  select pair.child_id, pair.parent_id into wrong
  from (
    select child.area_id as child_id, child.parent_id, child.level_id as child_level, parent.level_id as parent_level
    from written child join area_version parent on parent.area_id = child.parent_id
      and int4range(parent.from_edition, parent.to_edition) && int4range(child.from_edition, child.to_edition)
    union all
    select child.area_id, child.parent_id, child.level_id, parent.level_id
    from written parent join area_version child on child.parent_id = parent.area_id
      and int4range(parent.from_edition, parent.to_edition) && int4range(child.from_edition, child.to_edition)) pair
    join level child_level on child_level.id = pair.child_level
    join level parent_level on parent_level.id = pair.parent_level
  where parent_level.ordinal >= child_level.ordinal
  limit 1;
  if found then
    raise exception 'area % is not on a lower level than its parent %', wrong.child_id, wrong.parent_id
      using errcode = 'check_violation', constraint = 'area_version_level_below_parent', table = 'area_version';
  end if;
  return null;
end
$$;
