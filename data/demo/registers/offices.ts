import type { AreaIndex, IndexedArea } from "./area_index.ts";

/** Subdistricts, towns and zones: governance areas above the communities. */
export function listRoots(areas: AreaIndex): IndexedArea[] {
  return areas.all.filter(
    (area) =>
      area.network === "governance" &&
      (area.role === "subdistrict" || (area.role === "zone" && !isBelowSubdistrict(areas, area))),
  );
}

function isBelowSubdistrict(areas: AreaIndex, area: IndexedArea): boolean {
  return area.row.parent_id !== null && areas.get(area.row.parent_id).role === "subdistrict";
}

/** Police areas that have a station: those above the lowest, else all. */
export function policeStationAreas(areas: AreaIndex): IndexedArea[] {
  const police = areas.all.filter((area) => area.network === "police");
  const above = police.filter((area) => area.children.length > 0 && areas.get(area.children[0]!).children.length === 0);
  return above.length > 0 ? above : police;
}

export function nameStation(area: IndexedArea): string {
  const bare = area.row.name.replace(/(派出所|辖区|警务区|警务站|街道)/g, "");
  return `${bare}派出所`;
}

/** The office of a root area: street office, town government, or the zone's board. */
export function nameOffice(root: IndexedArea): string {
  if (root.row.name.endsWith("街道")) return `${root.row.name}办事处`;
  return root.row.name.endsWith("镇") ? `${root.row.name}人民政府` : `${root.row.name}管理委员会`;
}
