-- Why: one feed that caches, live clients and other instances follow; one place where names are looked up.
-- Safe while an older server runs: yes.

-- A sequence would hand out numbers before commit, and a reader could skip one that commits late.
-- This row is locked until the writer commits: the order of numbers is the order of commits.
create table change_clock (
  one boolean primary key default true check (one),
  rev bigint not null
);
insert into change_clock (rev) values (0);

create table change (
  rev bigint primary key,
  layer text not null check (layer <> ''), -- a tile layer, or a table that has none
  ids bigint[] not null, -- empty: anything of the layer inside the box
  bbox float8[] check (cardinality(bbox) = 4), -- west, south, east, north; null: anywhere
  at timestamptz not null default now()
);

-- Records a change of the running transaction; call it last, because others wait for it until commit.
create function record_change(changed_layer text, changed_ids bigint[], changed_bbox float8[])
returns bigint language plpgsql as $$
declare
  next_rev bigint;
begin
  update change_clock set rev = rev + 1 returning rev into next_rev;
  insert into change (rev, layer, ids, bbox) values (next_rev, changed_layer, changed_ids, changed_bbox);
  perform pg_notify('grid_atlas_change', ''); -- a bell only: readers ask for what is new
  return next_rev;
end
$$;

create table search_entry (
  kind text not null check (kind in ('area', 'address', 'building', 'estate', 'road', 'facility', 'key_unit',
    'legal_entity', 'small_place')),
  ref_id bigint not null,
  key text not null, -- network:code of areas, else the id
  title text not null check (title <> ''),
  text text not null, -- what is looked through: title, codes, addresses; lines apart
  subtitle text not null, -- where it is, in words
  at geometry(Point, 4490) not null,
  bbox geometry(Polygon, 4490), -- envelope; null for points
  weight int not null, -- the higher, the earlier among equals
  primary key (kind, ref_id)
);
