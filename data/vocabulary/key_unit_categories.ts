import type { Wording } from "./language.ts";

/** Dictionary `key_unit_category`: what a fire key unit is (after the list of units in the ministry's order no. 61). */
export const keyUnitCategories = {
  mall: ["商场市场", "Malls and markets"],
  hotel: ["宾馆饭店", "Hotels and restaurants"],
  entertainment: ["公共娱乐场所", "Public entertainment"],
  hospital: ["医院养老", "Hospitals and care homes"],
  school: ["学校幼儿园", "Schools and kindergartens"],
  government: ["国家机关", "State bodies"],
  culture: ["图书文体场馆", "Libraries, culture and sports"],
  station: ["客运车站", "Passenger stations"],
  hazardous: ["易燃易爆单位", "Flammable and explosive"],
  utility: ["供电供水通信", "Power, water, telecom"],
  works: ["劳动密集型企业", "Labour-intensive works"],
  high_rise: ["高层建筑", "High-rise buildings"],
} as const satisfies Record<string, Wording>;

export type KeyUnitCategory = keyof typeof keyUnitCategories;
