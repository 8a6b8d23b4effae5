import type { RefusalReason } from "../division/draft.ts";
import type { TraceRefusalReason } from "../roads/trace_border.ts";
import type { Wording, Words } from "./language.ts";

/** What the tools of the planner and its map say. */
export const toolWords = {
  tools: ["划分工具", "Tools of the division"],
  select: ["选择", "Select"],
  border: ["界线", "Border"],
  split: ["分割", "Split"],
  merge: ["合并", "Merge"],
  give: ["划转", "Give"],
  trace: ["沿路", "Trace"],
  draw: ["绘制", "Draw"],

  select_hint: [
    "点选网格；按住 Shift 点选多个，按住 Shift 拖动套选",
    "Click a grid; Shift+click for several, Shift+drag to lasso",
  ],
  border_hint: ["点选一条界线，再拖动顶点", "Click a border, then drag a vertex"],
  border_hint_chosen: [
    "拖动顶点，或点顶点再点新位置；双击加点，Delete 删点，方向键移 1 米",
    "Drag a vertex, or click it and its new place; double-click adds, Delete removes, arrows move 1 m",
  ],
  border_hint_vertex: ["点新位置，或用方向键移 1 米（Shift 10 米）", "Click its new place, or arrows 1 m (Shift 10 m)"],
  split_hint_area: ["点选要分割的网格", "Click the grid to split"],
  split_hint_start: ["在网格边界上点起点", "Click the start on the grid's border"],
  split_hint_end: ["可点折点；在边界上点终点", "Click bends if need be; end on the border"],
  merge_hint: [
    "点选相邻的网格，户数多的保留编码",
    "Click neighbouring grids; the one with most households keeps its code",
  ],
  give_hint: [
    "点选街坊、小区或楼栋（Shift 加选，Shift 拖动套选），再点接收的网格",
    "Click a block, estate or building (Shift adds, Shift+drag lassoes), then the grid that gets it",
  ],
  give_hint_target: ["点接收的网格", "Click the grid that gets it"],
  trace_hint: ["在要改的界线上点起点", "Click the start on the border to move"],
  trace_hint_end: ["在同一条界线上点终点", "Click the end on the same border"],
  trace_hint_ways: ["Alt+↑/↓ 换一条路", "Alt+↑/↓ for another way"],
  draw_hint: ["依次点出专属网格的边界，点回起点完成", "Click round the special grid, end on its start"],

  locked: ["方案不在草稿状态，或您无权修改", "The plan is no draft, or you may not change it"],
  needs_two: ["方案里至少要有两个网格", "The plan needs two grids at least"],
  needs_one: ["方案里还没有网格", "The plan has no grid yet"],
  not_available: ["现在不能用：{why}", "Not available: {why}"],

  cancel: ["取消", "Cancel"],
  confirm: ["确认{what}", "Confirm: {what}"],
  of: ["{tool} {name}", "{tool} {name}"],
  figures: ["{households}户 {people}人 {buildings}幢", "{households} hh {people} ppl {buildings} bldg"],
  households: ["{n}户", "{n} hh"],
  households_apart: ["{n} 户", "{n} hh"],
  kept: ["{name} 沿用", "{name} kept"],
  new: ["{name} 新设", "{name} new"],
  gone: ["{name} 停用", "{name} retired"],
  new_grid: ["新设网格", "New grid"],
  special_grid: ["专属网格", "Special grid"],

  snap_node: ["界点", "Border node"],
  snap_border: ["界线", "Border"],
  snap_road: ["道路", "Road"],
  snap_water: ["河岸", "Bank"],
  snap_wall: ["小区围墙", "Estate wall"],
  snap_building: ["楼栋", "Building"],
  snapping: ["捕捉", "Snap"],
  snap_on: ["开", "on"],
  snap_off: ["关", "off"],

  draft: ["草稿", "Draft"],
  draft_of: [
    "在版次 {edition} 上修改，发布前不影响现行网格",
    "On edition {edition}; nothing changes before publishing",
  ],
  draft_from_nothing: ["首个方案，发布前不影响现行网格", "First plan; nothing changes before publishing"],
  vacant: ["待配备", "vacant"],
  people: ["{n} 人", "{n} people"],
  buildings: ["{n} 幢", "{n} buildings"],
  comment_open: ["意见", "Comment"],
  comment_settled: ["已办意见", "Settled comment"],
  version_mine: ["我的", "Mine"],
  version_theirs: ["对方的", "Theirs"],
  version_of: ["{name}的", "{name}'s"],
  colleague_here: ["{name} 刚改过", "{name} was here"],
  no_map: ["这台设备不能绘制地图，不能在此修改方案", "This device cannot draw the map, so plans cannot be drawn here"],
  no_map_why: [
    "浏览器没有提供 WebGL 2。请更新浏览器、打开硬件加速，或换一台设备再打开；已保存的改动都在服务器上，没有丢失。",
    "The browser offers no WebGL 2. Update it, turn on hardware acceleration, or open the plan on another device. What was saved is on the server; nothing is lost.",
  ],
  map_lost: [
    "显卡暂时收回了地图，正在恢复……草稿没有受影响",
    "The graphics card took the map back; restoring. Your draft is safe",
  ],
  read_only: ["只读", "Read only"],
  selected: ["已选 {n} 个网格", "{n} selected"],
  can_undo: ["可撤销 {n} 步", "{n} steps to undo"],
  map: ["划分地图", "Map of the division"],
  map_help: [
    "方向键平移，加减键缩放，回车显示十字准星，再按回车等于点击",
    "Arrows pan, + and − zoom, Enter shows a crosshair and then clicks there",
  ],

  zoom_in: ["放大", "Zoom in"],
  zoom_out: ["缩小", "Zoom out"],
  whole_plan: ["整个方案", "Whole plan"],

  former: ["原界线", "Former border"],
  border_kept: ["未改的界线", "Border not changed"],
  border_changed: ["草稿界线", "Border of the draft"],
  border_upper: ["方案内社区界", "Upper border in the plan"],
  border_own: ["方案范围", "Border of the plan"],
} as const satisfies Words;

/** Why the kernel would not do it, and what to do instead. */
export const refusalWords: Readonly<Record<RefusalReason, Wording>> = {
  unknown_area: ["这个网格已不在方案里，请重新点选。", "This grid is no longer in the plan; choose again."],
  not_lowest: ["这里还分有下级网格，请对下级网格操作。", "It has grids below; work on those."],
  no_vertex: ["这里没有界点，请点在界线的顶点上。", "No vertex here; click a vertex of the border."],
  borders_meet: ["几条界线在此相交，这个点不能删。", "Several borders meet here; it cannot be deleted."],
  no_border: ["两点不在同一条界线上，请重选终点。", "Both ends must lie on one border."],
  border_of_parent: ["这是方案范围的外界，本方案不能移动。", "This is the border of the plan itself; it stays."],
  crosses_itself: ["线与自身相交，请重画。", "The line crosses itself; draw it anew."],
  crosses_border: ["会越过别的界线，请移近一些。", "It would cross another border; move it less."],
  misses: ["线没有穿过这个网格，起点和终点要在边界上。", "The line misses the grid; begin and end on its border."],
  touches_only: ["线只碰到边界，没有分开网格。", "The line only touches the border."],
  crosses_many_times: ["线把网格切成了多块，请只穿过一次。", "The line cuts it into many pieces; cross it once."],
  sliver: ["会留下过窄的碎片，请移开一些。", "It would leave a sliver; move the line."],
  too_few_vertices: ["再删就围不成网格了。", "Fewer vertices enclose nothing."],
  not_adjacent: ["这些网格不相邻，请选相邻的网格。", "These grids are not neighbours."],
  falls_apart: [
    "网格会被分成几块，请连到接收网格的边界。",
    "A grid would fall apart; reach the border of the receiver.",
  ],
  would_vanish: ["会有网格一点不剩，请改用合并。", "A grid would vanish; merge instead."],
  not_uncovered: ["这里没有空隙。", "Nothing is uncovered here."],
  overlaps: ["会与别的网格重叠。", "It would overlap another grid."],
  outside: ["超出了方案范围。", "It lies outside the plan."],
  invalid_place: ["画的形状自相交或没有闭合，请重画。", "The shape crosses itself or is open; draw it anew."],
  not_special: ["这不是专属网格。", "This is no special grid."],
  different_levels: ["要选同一级的网格。", "Choose grids of one level."],
  different_parents: ["这些网格不属于同一上级。", "They have different parents."],
  wrong_level: ["层级不对。", "Wrong level."],
  code_taken: ["编码已经用过，请另取。", "The code is taken."],
  lies_over: ["专属网格叠在其他网格之上，两者不能互换。", "Special grids lie over the others: they do not mix."],
  nothing_changes: ["没有变化。", "Nothing would change."],
};

/** Why no road leads there. */
export const traceWords: Readonly<Record<TraceRefusalReason, Wording>> = {
  same_place: ["起点和终点相同，请另选终点。", "Start and end are the same place."],
  no_road_near: ["30 米内没有道路，请选靠近道路的界点。", "No road within 30 m; choose a vertex near a road."],
  not_joined: ["两点之间没有相连的道路。", "No road leads from one to the other."],
  nothing_to_follow: ["两点之间没有可沿的道路，请选远一些的终点。", "No road to follow in between; end further away."],
  crosses_itself: ["沿路的线会自相交，请换终点。", "The way would cross itself; choose another end."],
  too_long: ["路线太长，请分段取线。", "The way is too long; trace it in parts."],
};
