import type { Words } from "./language.ts";

/** What the panel of an area says of its past, and of who has its ground today. */
export const lineageWords = {
  history: ["沿革", "History"],
  edition: ["第 {number} 版 · {day}", "Edition {number} · {day}"],
  today: ["地块今属", "Its ground today"],
  retired: ["已停用", "Retired"],
  retired_in: [
    "「{name}」（{code}）自第 {number} 版起停用，编码不再使用。",
    "“{name}” ({code}) was retired with edition {number}; its code is not used again.",
  ],
  nobody: ["它的地块今天不属于任何区域。", "Its ground is in no area today."],
  split_from: ["划自", "Cut from"],
  split_to: ["划出", "Gave rise to"],
  merged_from: ["并入本区", "Merged into it"],
  merged_to: ["并入", "Merged into"],
  reshaped_from: ["划入部分地块", "Ground from"],
  reshaped_to: ["部分地块划给", "Ground to"],
  kept_from: ["改码自", "Recoded from"],
  kept_to: ["改码为", "Recoded to"],
  new_ground: ["纳入新地块", "New ground"],
  lost_ground: ["部分地块不再属于任何区域", "Ground given up"],
  family_split: ["划出", "cut into"],
  family_merged: ["并入", "merged into"],
  family_other: ["变为", "became"],
} as const satisfies Words;
