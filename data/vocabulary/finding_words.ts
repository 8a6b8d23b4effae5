import type { Words } from "./language.ts";

/** What the map and its legend say of findings, and the way to them: known before the checks themselves are loaded. */
export const findingWords = {
  gap: ["空隙", "Gap"],
  overlap: ["重叠", "Overlap"],
  outside: ["越界", "Outside"],
  invalid_geometry: ["图形错误", "Broken outline"],
  uncovered: ["未覆盖", "Uncovered"],
  uncovered_road: ["未覆盖的道路", "Uncovered road"],
  fault_small: ["错误，放大可见", "Fault, zoom in to see"],
  overlap_small: ["重叠，放大可见", "Overlap, zoom in to see"],
  uncovered_small: ["未覆盖对象", "Uncovered thing"],
  cut_thing: ["切割的楼栋、小区", "Cut building or estate"],
  far_building: ["消火栓够不到的楼栋", "Beyond any hydrant"],
  hydrant_reach: ["消火栓保护范围", "Reach of a hydrant"],
  nesting_whole: ["整格嵌套", "Nests whole"],
  nesting_90: ["最大一块 ≥ 90%", "Largest part ≥ 90%"],
  nesting_70: ["最大一块 70–90%", "Largest part 70–90%"],
  nesting_50: ["最大一块 50–70%", "Largest part 50–70%"],
  nesting_least: ["最大一块不到一半", "Largest part under half"],
  warning: ["警告", "Warnings"],
  check: ["检查", "Check"],
  key_check: ["网格划分检查", "Check the division"],
  check_area: ["检查此区域", "Check this area"],
  tab_crosswalk: ["对照", "Compare"],
  crosswalk: ["多网对照", "Crosswalk"],
} as const satisfies Words;
