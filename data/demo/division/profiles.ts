import type { ProfileRow } from "../../schema/city_rows.ts";
import type { LevelProfiles } from "./levels.ts";

/** What a profile limits; anything left out is free. */
export type ProfileLimits = Partial<Omit<ProfileRow, "id" | "name" | "source">>;

/** Collects profile rows and gives them ids. */
export interface ProfileBook {
  rows: ProfileRow[];
  /** Whom every grid needs: a leader and workers. */
  gridStaff: ProfileRow["staffing"];
  add(name: string, source: string, limits: ProfileLimits): number;
}

/**
 * @param firstId - of the first profile
 * @param fewWorkers - a large city has none or one worker for each grid; else at least one
 */
export function profileBook(firstId: number, { fewWorkers }: { fewWorkers: boolean }): ProfileBook {
  const rows: ProfileRow[] = [];
  const worker = fewWorkers ? { min: 0, max: 1 } : { min: 1, max: null };
  return {
    rows,
    gridStaff: { leader: { min: 1, max: 1 }, worker },
    add(name, source, limits) {
      const id = firstId + rows.length;
      rows.push({ id, name, source, ...free, ...limits });
      return id;
    },
  };
}

const free = {
  joined: "and",
  households_min: null,
  households_max: null,
  people_min: null,
  people_max: null,
  area_m2_min: null,
  area_m2_max: null,
  staffing: {},
} satisfies Omit<ProfileRow, "id" | "name" | "source">;

/** Households that a grid should hold. */
export interface GridRule {
  households_min: number;
  households_max: number;
}

/** 300–500 households: what most communities ask of their grids. */
export const ordinaryGrid: GridRule = { households_min: 300, households_max: 500 };

/** 200–450 households: the districts round the first one, in a city of 12,000 grids. */
export const smallGrid: GridRule = { households_min: 200, households_max: 450 };

/** 慧泽: small grids of 90–150 households, so that none is outside its own rule. */
export const huizeGrid: GridRule = { households_min: 90, households_max: 150 };

/** Large grids of villages: a natural village or two. */
export const villageGrid: GridRule = { households_min: 60, households_max: 400 };

/** Ids of the profiles that hold for whole levels: the first ones of a city. */
export const levelProfiles: LevelProfiles = { community: 1, grid: 2, fire_small: 3, police_grid: 4, cell: 5 };

/** Writes the profiles of whole levels into a book that starts at 1; what an area falls back on. */
export function addLevelProfiles(book: ProfileBook): void {
  book.add("社区规模", "《城乡社区工作者配备与社区规模意见》：社区一般在3000户以内", { households_max: 3000 });
  book.add("网格规模", "《城乡社区网格化服务管理规范》：每格300–500户或常住1000人左右", {
    joined: "or",
    households_min: 300,
    households_max: 500,
    people_min: 800,
    people_max: 1200,
    staffing: book.gridStaff,
  });
  book.add("消防小网格", "《消防安全网格化管理办法》：以街区、小区、院落为单元，每格设负责人1名", {
    staffing: { leader: { min: 1, max: 1 } },
  });
  book.add("警务网格", "《社区警务网格设置规范》：每格设民警1名以上", {
    staffing: { police: { min: 1, max: null } },
  });
  book.add("万米单元网格", "《城市市政监管信息系统》单元网格划分规则：每格约1万平方米", { area_m2_max: 20_000 });
}
