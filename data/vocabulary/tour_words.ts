import type { Words } from "./language.ts";

/** Five steps through the editor. */
export const tourWords = {
  help: ["帮助", "Help"],
  start: ["五步导览", "Five-step tour"],
  new: ["新", "new"],
  step: ["第 {step} 步，共 {count} 步", "Step {step} of {count}"],
  next: ["下一步", "Next"],
  previous: ["上一步", "Back"],
  leave: ["结束导览", "Leave the tour"],
  done: ["开始编制", "Begin drawing"],
  keys: ["← → 翻页，Esc 结束", "← → to turn, Esc to leave"],

  map_title: ["在地图上选网格", "Choose grids on the map"],
  map_text: [
    "单击选一个网格，按住 Shift 再选几个。虚线是草稿改动过的界线，实线与现行版次相同；每条公共界线只有一份，移动时两边一起变。",
    "Click a grid, Shift+click adds more. Dashed borders are changed by the draft, solid ones are as in force; a border between two grids exists once, so both sides move together.",
  ],
  tools_title: ["七种工具，各有一个键", "Tools, each with a key"],
  tools_text: [
    "界线 B、分割 X、合并 M、划转 T、沿路 R、绘制 D，V 回到选择。鼠标停在工具上会说明怎么用；不能用时也会说明原因。",
    "Border B, split X, merge M, give T, trace R, draw D; V selects again. Each tool says how it is used, or why it cannot be used now.",
  ],
  undo_title: ["先预览，再确认，随时撤销", "Look, confirm, undo at any time"],
  undo_text: [
    "多数操作先显示结果和户数，按 Enter 确认，Esc 取消。每一步自动保存，Ctrl+Z 可以一直撤销到开头；断网也能继续。",
    "Most acts show their result and its figures first: Enter confirms, Esc cancels. Every step is saved; Ctrl+Z goes back to the very first, and work goes on without a connection.",
  ],
  check_title: ["检查跟着每一步走", "Checks follow each step"],
  check_text: [
    "错误（空隙、重叠、未覆盖）必须改正，警告可以说明理由。按 ] 看下一处，按 F 预览修复，按 Enter 采用。",
    "Faults (gaps, overlaps, uncovered) must be mended, warnings may be answered with a reason. ] goes to the next one, F shows a repair, Enter takes it.",
  ],
  compare_title: ["对比、送审、发布", "Compare, submit, publish"],
  compare_text: [
    "按 C 与现行版次对比：差异、卷帘、并排。满意后送审，由另一位审批员通过并发布；发布前不影响现行网格。",
    "C compares with the edition in force: difference, swipe, side by side. Then submit: another person approves and publishes; until then nothing in force changes.",
  ],
} as const satisfies Words;
