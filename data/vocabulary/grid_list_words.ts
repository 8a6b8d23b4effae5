import type { Words } from "./language.ts";

/** The list of grids beside the map. */
export const gridListWords = {
  limits: ["规模", "Limits"],
  selected: ["选择", "Selected"],
  tick: ["选中 {grid}", "Select {grid}"],
  tick_hint: [
    "勾选的网格在地图上选中；『合并』『划转』直接用它们。",
    "Ticked grids are selected on the map, and taken by the tools Merge and Give.",
  ],
  ticked: ["已选 {count} 个网格", "{count} grids selected"],
  untick: ["全部取消", "None"],
  left_out: ["只列出 {shown} 个，共 {total} 个；可换一种排序。", "{shown} of {total} are listed; try another order."],
} as const satisfies Words;
