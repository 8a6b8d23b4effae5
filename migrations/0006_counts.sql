-- Why: counts of an area are sums over its buildings, for every level, and never anything else.
-- Safe while an older server runs: yes.

-- The deepest area in force at the building's point, one for each network that covers it.
create table building_area (
  building_id bigint not null references building on delete cascade,
  network_id bigint not null,
  area_id bigint not null,
  primary key (building_id, network_id),
  foreign key (network_id, area_id) references area (network_id, id)
);
create index building_area_area on building_area (area_id);

create table area_count (
  area_id bigint primary key references area,
  households bigint not null default 0,
  people bigint not null default 0,
  registered bigint not null default 0,
  floating bigint not null default 0,
  let_homes bigint not null default 0,
  buildings bigint not null default 0,
  homes bigint not null default 0 -- residential buildings
);

-- Counts all areas of a network anew, as it is in force; called where building_area was written.
create function refresh_area_counts(network bigint) returns void language sql as $$
  delete from area_count c using area a where a.id = c.area_id and a.network_id = network;
  insert into area_count (area_id, households, people, registered, floating, let_homes, buildings, homes)
  with recursive leaf as (
    select m.area_id, sum(b.households) as households, sum(b.people) as people, sum(b.registered) as registered,
      sum(b.floating) as floating, sum(b.let_homes) as let_homes, count(*) as buildings,
      count(*) filter (where b.use = 'home') as homes
    from building_area m join building b on b.id = m.building_id
    where m.network_id = network group by m.area_id),
  up as (
    select area_id as leaf_id, area_id from leaf
    union all
    select up.leaf_id, v.parent_id from up join area_version v on v.area_id = up.area_id
    where v.to_edition is null and v.parent_id is not null)
  select v.area_id, coalesce(sum(leaf.households), 0), coalesce(sum(leaf.people), 0), coalesce(sum(leaf.registered), 0),
    coalesce(sum(leaf.floating), 0), coalesce(sum(leaf.let_homes), 0), coalesce(sum(leaf.buildings), 0),
    coalesce(sum(leaf.homes), 0)
  from area_version v left join up on up.area_id = v.area_id left join leaf on leaf.area_id = up.leaf_id
  where v.network_id = network and v.to_edition is null
  group by v.area_id;
$$;

-- Adds the given differences to every area, from the deepest up, that holds the buildings.
-- `change` rows: building_id, households, people, registered, floating, let_homes, buildings, homes.
create function add_to_area_counts(change jsonb) returns void language sql as $$
  with recursive difference as (
    select * from jsonb_to_recordset(change) as d (building_id bigint, households bigint, people bigint,
      registered bigint, floating bigint, let_homes bigint, buildings bigint, homes bigint)),
  up as (
    select m.area_id, d.households, d.people, d.registered, d.floating, d.let_homes, d.buildings, d.homes
    from difference d join building_area m on m.building_id = d.building_id
    union all
    select v.parent_id, up.households, up.people, up.registered, up.floating, up.let_homes, up.buildings, up.homes
    from up join area_version v on v.area_id = up.area_id
    where v.to_edition is null and v.parent_id is not null),
  total as (
    select area_id, sum(households) as households, sum(people) as people, sum(registered) as registered,
      sum(floating) as floating, sum(let_homes) as let_homes, sum(buildings) as buildings, sum(homes) as homes
    from up group by area_id)
  update area_count c set households = c.households + t.households, people = c.people + t.people,
    registered = c.registered + t.registered, floating = c.floating + t.floating,
    let_homes = c.let_homes + t.let_homes, buildings = c.buildings + t.buildings, homes = c.homes + t.homes
  from total t where t.area_id = c.area_id;
$$;

create function count_building_update() returns trigger language plpgsql as $$
begin
  perform add_to_area_counts(coalesce(jsonb_agg(jsonb_build_object('building_id', n.id,
    'households', n.households - o.households, 'people', n.people - o.people,
    'registered', n.registered - o.registered, 'floating', n.floating - o.floating,
    'let_homes', n.let_homes - o.let_homes, 'buildings', 0,
    'homes', (n.use = 'home')::int - (o.use = 'home')::int)), '[]'))
  from written n join replaced o on o.id = n.id
  where (n.households, n.people, n.registered, n.floating, n.let_homes, n.use)
    is distinct from (o.households, o.people, o.registered, o.floating, o.let_homes, o.use);
  return null;
end
$$;
create trigger building_counts_update after update on building
  referencing new table as written old table as replaced
  for each statement execute function count_building_update();

-- Before, not after: building_area goes with the building.
create function count_building_delete() returns trigger language plpgsql as $$
begin
  perform add_to_area_counts(jsonb_build_array(jsonb_build_object('building_id', old.id,
    'households', -old.households, 'people', -old.people, 'registered', -old.registered,
    'floating', -old.floating, 'let_homes', -old.let_homes, 'buildings', -1,
    'homes', -(old.use = 'home')::int)));
  return old;
end
$$;
create trigger building_counts_delete before delete on building
  for each row execute function count_building_delete();
