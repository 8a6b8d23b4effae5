/** Dictionary `key_unit_category` of the demo: code → Chinese, English (after GA 653 and the ministry's list of units). */
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
} as const satisfies Record<string, readonly [string, string]>;

export type KeyUnitCategory = keyof typeof keyUnitCategories;
