import type { RefusalReason } from "../../data/division/draft.ts";
import type { PlanOperation } from "../../data/schema/plan_operation.ts";

/** Why a draft refuses a step, and what to do instead, for the person who draws. */
export const refusalWords: Readonly<Record<RefusalReason, readonly [detail: string, fix: string]>> = {
  unknown_area: ["方案中没有所指的区域。", "它可能已被合并或撤销；请刷新方案后重新选择。"],
  not_lowest: ["该区域下面还有划分，不能直接切分。", "请选择其中最下一级的区域。"],
  no_vertex: ["此处没有界址点。", "界址点可能已被移动；请刷新方案后重新选择。"],
  borders_meet: ["几条界线在此相交，不能删除这个界址点。", "请改为移动它，或先合并相邻的区域。"],
  no_border: ["此处没有可改的界线。", "请在两个区域之间的界线上操作。"],
  border_of_parent: ["这是方案范围的外界，不能在本方案中移动。", "请在上一级区域的方案中修改这条界线。"],
  crosses_itself: ["画出的线与自身相交。", "请重画，避免线条交叉。"],
  crosses_border: ["画出的线越过了别的界线。", "请让线条留在所改的两个区域之内。"],
  misses: ["画出的线没有碰到该区域。", "请从区域的界线画到界线，穿过区域内部。"],
  touches_only: ["画出的线只碰到区域的边，没有穿过它。", "请从一侧界线画到另一侧界线。"],
  crosses_many_times: ["画出的线多次穿过该区域的界线。", "请只进出一次，分几步切分。"],
  sliver: ["这样会留下过窄的碎片。", "请让界线与原界线重合，或离得更远。"],
  too_few_vertices: ["界线的点太少，不能再删。", "至少保留围成区域所需的界址点。"],
  not_adjacent: ["这些区域不相邻，合并后会分成几块。", "请选择有共同界线的区域。"],
  falls_apart: ["这样会把区域分成几块。", "请换一个范围，或允许分成几块（飞地）。"],
  would_vanish: ["这样该区域就没有范围了。", "如要撤销该区域，请使用合并。"],
  not_uncovered: ["此处已属于某个区域。", "请点选尚未划入的空白处。"],
  overlaps: ["该范围与已有区域重叠。", "请避开已划入的范围。"],
  outside: ["该范围超出了方案的区域。", "请在方案区域之内绘制。"],
  invalid_place: ["所给的范围不是有效的面。", "请重画：边界要闭合，不与自身相交。"],
  not_special: ["该区域不是专属网格。", "请选择专属网格，或使用合并。"],
  different_levels: ["这些区域不在同一层级。", "请选择同一层级的区域。"],
  different_parents: ["这些区域不属于同一个上级区域。", "请选择同一上级之内的区域。"],
  wrong_level: ["所选层级不能放在这里。", "请选择位于上级之下、下级之上的层级。"],
  code_taken: ["该编码已经用过。", "编码一经使用不再给别的区域；请换一个，或留空由系统编排。"],
  lies_over: [
    "专属网格叠放在其他网格之上，两者不能合并或互相划转，也不能换到另一层。",
    "请只在同一层的网格之间操作；需要改变类别时，先撤销，再新设。",
  ],
  nothing_changes: ["这一步没有改变任何东西。", "请检查是否重复操作。"],
};

/** What was done, in a word, for who was too late. */
export const operationWords: Readonly<Record<PlanOperation["op"] | "begin" | "rebase", string>> = {
  begin: "新建方案",
  rebase: "对齐新版次",
  move_vertex: "移动界址点",
  add_vertex: "增加界址点",
  delete_vertex: "删除界址点",
  reshape: "重画界线",
  split: "切分区域",
  merge: "合并区域",
  give: "划转范围",
  take_uncovered: "收入空白",
  add_area: "新增区域",
  create_special: "新设专属网格",
  remove_special: "撤销专属网格",
  group: "归并上级区域",
  set_attributes: "修改属性",
};

export const statusWords = {
  draft: "编制中",
  submitted: "已提交",
  approved: "已批准",
  published: "已发布",
  discarded: "已废弃",
} as const;
