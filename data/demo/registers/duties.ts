import type { DutyRow } from "../../schema/city_rows.ts";

/** Duties in the order in which a panel lists them. */
const duties = [
  { code: "leader", name: "网格长", name_en: "Grid leader" },
  { code: "assistant", name: "副网格长", name_en: "Assistant leader" },
  { code: "worker", name: "网格员", name_en: "Grid worker" },
  { code: "informant", name: "网格信息员", name_en: "Informant" },
  { code: "supervisor", name: "督导员", name_en: "Supervisor" },
  { code: "police", name: "民警", name_en: "Police officer" },
  { code: "building_head", name: "楼长", name_en: "Building head" },
  { code: "entrance_head", name: "单元长", name_en: "Entrance head" },
  { code: "street_head", name: "街巷长", name_en: "Street head" },
  { code: "fire_volunteer", name: "消防志愿者", name_en: "Fire volunteer" },
  { code: "property", name: "物业人员", name_en: "Property manager" },
  { code: "doctor", name: "家庭医生", name_en: "Family doctor" },
  { code: "volunteer", name: "志愿者", name_en: "Volunteer" },
] as const satisfies readonly Omit<DutyRow, "id" | "ordinal">[];

export type DutyCode = (typeof duties)[number]["code"];

/** The same ids in every part of a city. */
export function listDuties(): DutyRow[] {
  return duties.map((duty, index) => ({ id: index + 1, ordinal: index + 1, ...duty }));
}
