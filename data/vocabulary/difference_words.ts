import type { Words } from "./language.ts";

/** What the panel that compares two editions says. */
export const differenceWords = {
  from: ["从", "From"],
  to: ["到", "To"],
  choose: ["选择版次", "Choose"],

  none_published: ["这个网络还没有发布过版次。", "This network has no published edition yet."],
  single: [
    "这个网络只有版次 {number}（{day} 起），还没有可以对比的版次。",
    "This network has one edition only ({number}, from {day}); there is none to compare it with.",
  ],
  single_next: [
    "在「网格划分」里从现行版次开始一个方案，修改后送审、通过并发布，就有了下一个版次。",
    "Begin a plan from the edition in force in Grid planning; changed, submitted, approved and published it becomes the next edition.",
  ],
  to_planner: ["去网格划分", "Go to Grid planning"],
  first: [
    "版次 {number} 是这个网络的第一个版次，之前没有版次。",
    "Edition {number} is the first one of this network; there is none before it.",
  ],
  see_next: ["对比版次 {from} 与版次 {to}", "Compare editions {from} and {to}"],
  same: [
    "两边都是版次 {number}，同一个版次没有差异。请另选一个较早的版次。",
    "Both sides are edition {number}, which does not differ from itself. Choose an earlier one on the left.",
  ],
  reversed: [
    "版次 {from} 晚于版次 {to}。对比总是从较早的版次到较晚的版次。",
    "Edition {from} is later than edition {to}. A comparison goes from the earlier to the later one.",
  ],
  swap: ["交换两个版次", "Exchange the two"],
  unknown: [
    "这个网络没有版次 {number}，链接可能有误。请从列表中选择。",
    "This network has no edition {number}; the link may be wrong. Choose from the list.",
  ],
  use_default: ["改看上一版次", "Take the edition before"],

  summary: ["{from} 个网格变为 {to} 个。", "{from} grids became {to}."],
  summary_same: ["前后都是 {to} 个网格。", "{to} grids before and after."],
  moved_households: [
    "{count} 户换了网格，易手地块 {size}。",
    "{count} households are in another grid; ground of {size} changed hands.",
  ],
  moved_ground: ["易手地块 {size}。", "Ground of {size} changed hands."],
  today: ["户数按现有楼栋统计。", "Households are those of the buildings that stand there today."],
  hidden: [
    "易手地块的户数只给有权检查这些网格的人看。",
    "Households of ground that changed hands are shown to those who may check the division there.",
  ],
  hidden_part: [
    "户数只计您有权检查的网格，其余显示为「–」。",
    "Households are counted only where you may check the division; elsewhere there is a dash.",
  ],
  nothing: ["两个版次没有差异", "The two editions do not differ"],
  nothing_why: ["网格界线、编码和名称都一样。", "Borders, codes and names are the same."],

  kept: ["沿用", "Kept"],
  reshaped: ["调界", "Reshaped"],
  split: ["分割", "Split"],
  merged: ["合并", "Merged"],
  new: ["新设", "New"],
  retired: ["停用", "Retired"],
  renamed: ["更名改码", "Renamed or recoded"],
  upper: ["上级区域", "Areas above"],
  kept_note: ["{count} 个网格沿用不变。", "{count} grids are as they were."],
  group: ["{fate} {count}", "{fate} {count}"],

  got_from: ["得自 {names}", "from {names}"],
  went_to: ["划给 {names}", "to {names}"],
  new_ground: ["未划入的地块", "ground of no area"],
  no_area: ["不属任何区域", "no area"],
  was_called: ["原名 {name}", "was {name}"],
  and_more: ["{names} 等 {count} 个", "{names} and others, {count} in all"],
  changed_otherwise: ["上级、类型或规则有变", "Its parent, kind or limits changed"],

  gained: ["增", "Gained"],
  lost: ["减", "Lost"],
  households: ["{count} 户", "{count} hh"],
  pieces: ["易手地块", "Ground that changed hands"],
  piece_size: ["面积", "Surface"],
  piece_households: ["户", "Households"],
  piece_people: ["人", "People"],
  more: ["再显示 {count} 个", "Show {count} more"],
  list: ["有变化的网格", "Changed grids"],
  csv: ["下载表格", "Download table"],
  csv_fate: ["变化", "What happened"],
  csv_old_code: ["原编码", "Former code"],
  csv_old_name: ["原名称", "Former name"],
  csv_new_code: ["现编码", "Present code"],
  csv_new_name: ["现名称", "Present name"],
  csv_from: ["得自", "Ground from"],
  csv_to: ["划给", "Ground to"],
  csv_gained_m2: ["增加面积(m²)", "Gained (m²)"],
  csv_lost_m2: ["减少面积(m²)", "Lost (m²)"],
  csv_gained_households: ["增加户数", "Households gained"],
  csv_lost_households: ["减少户数", "Households lost"],
} as const satisfies Words;
