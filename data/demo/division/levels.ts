import type { LevelRow, NetworkRow } from "../../schema/city_rows.ts";

/** The four networks over one city; ids are the same in every size. */
export const networks: NetworkRow[] = [
  {
    id: 1,
    code: "governance",
    prefix: "SQ",
    name: "社区治理",
    name_en: "Community governance",
    mark: "社",
    ordinal: 1,
  },
  { id: 2, code: "fire", prefix: "XF", name: "消防网格", name_en: "Fire safety", mark: "消", ordinal: 2 },
  { id: 3, code: "police", prefix: "JW", name: "警务网格", name_en: "Police", mark: "警", ordinal: 3 },
  {
    id: 4,
    code: "cells",
    prefix: "CG",
    name: "万米单元网格",
    name_en: "City-management cells",
    mark: "城",
    ordinal: 4,
  },
];

/** Ids of levels; `district` exists in cities of several districts only. */
export const levelId = {
  subdistrict: 1,
  community: 2,
  grid: 3,
  sub: 4,
  fire_large: 5,
  fire_middle: 6,
  fire_small: 7,
  police_district: 8,
  police_grid: 9,
  cell_district: 10,
  cell: 11,
  district: 12,
} as const;

/** Profiles that hold for whole levels. */
export interface LevelProfiles {
  community: number;
  grid: number;
  fire_small: number;
  police_grid: number;
  cell: number;
}

/** All levels of all networks; with `district`, the governance network has the district above its subdistricts. */
export function levelRows(profiles: LevelProfiles, { district }: { district: boolean }): LevelRow[] {
  const below = district ? 1 : 0;
  const level = (
    id: number,
    network_id: number,
    ordinal: number,
    role: LevelRow["role"],
    [name, name_en]: [string, string],
    profile_id: number | null = null,
  ): LevelRow => ({ id, network_id, ordinal, role, name, name_en, profile_id });
  const rows = [
    level(levelId.subdistrict, 1, 1 + below, "subdistrict", ["街道", "Subdistrict"]),
    level(levelId.community, 1, 2 + below, "community", ["社区", "Community"], profiles.community),
    level(levelId.grid, 1, 3 + below, "grid", ["网格", "Grid"], profiles.grid),
    level(levelId.sub, 1, 4 + below, "sub", ["子网格", "Sub-grid"]),
    level(levelId.fire_large, 2, 1, "subdistrict", ["消防大网格", "Large fire grid"]),
    level(levelId.fire_middle, 2, 2, "community", ["消防中网格", "Middle fire grid"]),
    level(levelId.fire_small, 2, 3, "grid", ["消防小网格", "Small fire grid"], profiles.fire_small),
    level(levelId.police_district, 3, 1, "subdistrict", ["派出所辖区", "Police district"]),
    level(levelId.police_grid, 3, 2, "grid", ["警务网格", "Police grid"], profiles.police_grid),
    level(levelId.cell_district, 4, 1, "subdistrict", ["城管片区", "City-management area"]),
    level(levelId.cell, 4, 2, "grid", ["单元网格", "Cell"], profiles.cell),
  ];
  return district ? [...rows, level(levelId.district, 1, 1, "district", ["区", "District"])] : rows;
}
