-- Why: every geometry below is PostGIS's. The runner creates the extension beforehand and tells an
-- administrator what to run where this role may not; here we only make sure of what we rely on.
-- Safe while an older server runs: yes.

create extension if not exists postgis;

do $$
begin
  if not exists (select 1 from spatial_ref_sys where srid = 4490) then
    raise exception 'spatial_ref_sys lacks EPSG:4490 (CGCS2000)'
      using hint = 'Restore the rows of spatial_ref_sys that PostGIS ships.';
  end if;
end
$$;
