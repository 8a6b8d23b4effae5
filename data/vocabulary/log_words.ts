import type { Words } from "./language.ts";

/** The list of what was done to a plan. */
export const logWords = {
  undo_to: ["撤销到这一步之前（{count} 步）", "Undo to before this step ({count} steps)"],
  redo_to: ["重做到这一步（{count} 步）", "Redo up to this step ({count} steps)"],
  turning: ["正在逐步撤销、重做", "Undoing and redoing, step by step"],
  gone: ["已不在方案中", "no longer in the plan"],
  turned_by: ["{by} 于 {time} 撤销", "undone by {by}, {time}"],
  name_state: ["命名当前状态", "Name this state"],
  state_name: ["状态名称", "Name of the state"],
  state_save: ["保存名称", "Save the name"],
  state_hint: [
    "给现在的草稿起个名字，以后可以一键回到这里；名称存在本机。",
    "Name the draft as it is now to come back to it later; names are kept on this machine.",
  ],
  state_back: ["回到此状态（撤销 {count} 步）", "Back to this state (undo {count} steps)"],
  state_here: ["现在就是此状态", "The draft is in this state"],
  state_gone: ["其后的步骤已被改写，不能直接回到", "What followed was rewritten: it cannot be gone back to"],
  state_remove: ["删除名称「{name}」", 'Remove the name "{name}"'],
} as const satisfies Words;
