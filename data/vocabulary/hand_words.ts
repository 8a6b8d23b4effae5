import type { Words } from "./language.ts";

/** What the hand holds: things to give, cards on the map, the list under the keyboard, figures that tick. */
export const handWords = {
  measure: ["量测", "Measure"],
  measure_hint: [
    "依次点出要量的线；回车或双击结束，Esc 退一点，不改动草稿",
    "Click along the line; Enter or double-click ends it, Esc takes a point back. The draft stays as it is",
  ],
  measure_done: ["再点开始新的量测", "Click to measure anew"],
  distance: ["距离 {n} 米", "{n} m"],
  distance_km: ["距离 {n} 千米", "{n} km"],
  surface: ["围成 {n} 平方米", "encloses {n} m²"],
  surface_ha: ["围成 {n} 公顷", "encloses {n} ha"],

  people: ["{n}人", "{n} ppl"],
  buildings: ["{n}幢", "{n} bldg"],
  hectares: ["{n}公顷", "{n} ha"],
  on_roads: ["界线沿路 {n}%", "{n}% of border on roads"],

  code_goes: ["编码归", "Code goes to"],
  code_more: ["户数多的一侧", "the larger half"],
  code_fewer: ["户数少的一侧", "the smaller half"],
  merged_staff: ["合并涉及的人员", "Staff of the merged grids"],
  merged_staff_none: ["这些网格没有任职的人。", "Nobody is assigned to these grids."],
  merged_staff_loading: ["正在读取任职人员", "Reading the staff"],
  staff_more: ["还有 {n} 人", "{n} more"],
  staff_stays: ["随编码保留", "stays with the code"],
  staff_confirm: ["任职待确认", "to be confirmed"],

  block: ["街坊", "Block"],
  block_of: ["{name}一带街坊", "Block at {name}"],
  estate: ["小区", "Estate"],
  building: ["楼栋", "Building"],
  nothing_here: [
    "这里没有楼栋、小区，也没有道路围成的街坊：请点别处，或缩小地图让四周道路进入视野。",
    "No building, estate or block here: click elsewhere, or zoom out until the roads around are in view.",
  ],
  in_hand: [
    "已选 {n}：{names}。点接收的网格；同一处再点扩大到小区、街坊；Shift 加选",
    "{n} chosen: {names}. Click the grid that gets it; click again for the estate, then the block; Shift adds",
  ],
  ground_unread: [
    "地图比例太小，还没有读到这里的道路和楼栋：请放大。",
    "Roads and buildings are not read at this scale: zoom in.",
  ],
  border_hint_whole: [
    "方向键把整条界线移 1 米（Shift 10 米），回车确认；逗号句号换到单个界点",
    "Arrows move the whole border 1 m (Shift 10 m), Enter confirms; comma and period go to single vertices",
  ],
  split_bends: ["可拖动端点和折点；回车确认", "Drag its ends and bends; Enter confirms"],
  ways: ["第 {n}/{of} 条路，Alt+↑/↓ 换一条", "Way {n} of {of}; Alt+↑/↓ for another"],
  one_way: ["只有这一条路；回车确认", "There is no other way; Enter confirms"],

  list: ["要素列表", "Features"],
  list_close: ["收起要素列表", "Close the list"],
  list_grids: ["网格", "Grids"],
  list_things: ["小区和楼栋", "Estates and buildings"],
  list_help: [
    "由近及远。↑↓ 移动，回车选中；划转时可勾选，再选接收的网格。",
    "Nearest first. ↑↓ move, Enter chooses; while giving tick things, then choose the grid that gets them.",
  ],
  list_give: ["划给 {name}", "Give to {name}"],
  list_more: ["再列 {n} 个", "{n} more"],
  list_empty: ["视野里没有网格，请移动地图。", "No grid in view: move the map."],
  list_things_empty: ["放大地图后列出视野里的小区和楼栋。", "Zoom in to list estates and buildings."],

  cursor: ["键盘准星", "Crosshair"],
  cursor_at: ["准星：{area} {what}", "Crosshair: {area} {what}"],
  cursor_outside: ["方案外", "outside the plan"],
  cursor_help: [
    "回车或空格显示准星，方向键移 1 米（Shift 10 米，按住加速），回车或空格落点，逗号句号跳到上一个、下一个界点",
    "Enter or Space shows a crosshair, arrows move it 1 m (Shift 10 m, faster when held), Enter or Space sets a point, comma and period jump to border vertices",
  ],

  snapping_off: [
    "捕捉已关：拖动和落点不再吸附，选线和选点仍可用",
    "Snapping is off: points stay where they are set; borders can still be picked",
  ],
  snap_targets: ["界 路 河 墙 楼", "borders, roads, rivers, walls, buildings"],

  name_state: ["命名此刻", "Name this state"],
  name_state_text: ["这个状态叫什么", "Name of this state"],
  name_state_why: [
    "写进变更记录，以后可以找到并撤回到这里。",
    "It is kept in the log, to find it and come back to it.",
  ],
  name_state_saved: ["已命名「{name}」", "Named {name}"],
  name_state_wait: ["先等所有步骤保存到服务器再命名。", "Wait until every step is on the server."],

  signed_out_bar: [
    "{time} 起登录已结束。没有丢失：{count} 步已存在本机，重新登录后按顺序补传；此前不能送审和发布。",
    "The session ended at {time}. Nothing is lost: {count} steps are kept on this machine and are sent in order once you sign in again; until then nothing can be submitted or published.",
  ],

  no_issue: ["没有错误或警告可去。", "There is no fault and no warning to go to."],
  no_mend: [
    "这条没有现成的修法：请用界线、划转或绘制来改。",
    "There is no ready mend: change it with Border, Give or Draw.",
  ],
  choose_issue: ["先按 ] 选一条错误。", "First choose a fault with ]."],
} as const satisfies Words;
