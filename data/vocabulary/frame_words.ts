import type { Words } from "./language.ts";

/** What every screen says: names of workspaces, states, keys. */
export const frameWords = {
  product: ["网格图谱", "Grid Atlas"],
  panorama: ["全景图", "Panorama"],

  close: ["关闭", "Close"],
  retry: ["重试", "Retry"],
  more: ["更多", "More"],
  updated_at: ["更新于 {time}", "Updated {time}"],
  as_of: ["截至 {time}", "As of {time}"],

  light: ["亮", "Light"],
  dark: ["暗", "Dark"],
  theme: ["主题", "Theme"],
  language: ["语言", "Language"],
  workspaces: ["切换工作区", "Switch workspace"],

  loading: ["正在加载", "Loading"],
  loading_slowly: ["加载较慢", "Loading is slow"],
  offline: ["离线 · 显示 {time} 的数据", "Offline · showing data of {time}"],
  failed_since: ["{what}加载失败（{time} 起）。", "{what} could not be loaded (since {time})."],
  failed_fix_network: [
    "请检查网络或服务器，稍后会自动重试。",
    "Check the network or the server; it is tried again by itself.",
  ],
  no_answer: ["服务器没有应答。", "The server does not answer."],
  answer_unreadable: [
    "服务器的回答无法识别。请刷新页面，使页面与服务器版本一致。",
    "The server's answer could not be read. Reload, so that page and server are of one version.",
  ],
  page_broke: ["页面出错了", "This page has stopped working"],
  page_broke_why: ["这一部分没有显示出来，数据没有受影响。", "This part could not be shown; no data is affected."],
  reload: ["重新加载", "Reload"],
  not_found: ["未找到", "Not found"],
  page_not_found: ["没有这个页面：{path}", "There is no such page: {path}"],
  to_panorama: ["回到全景图", "To the panorama"],

  shortcuts: ["快捷键", "Shortcuts"],
  keys_enabled: ["启用单键快捷键", "Use single-key shortcuts"],
  keys_everywhere: ["随处可用", "Anywhere"],
  keys_panorama: ["全景图", "Panorama"],
  keys_map: ["地图获得焦点时", "While the map has the focus"],
  key_search: ["搜索", "Search"],
  key_shortcuts: ["快捷键", "Shortcuts"],
  key_list: ["要素列表", "Feature list"],
  key_previous_next: ["上一项 / 下一项", "Previous / next item"],
  key_escape: ["退一步", "One step back"],
  key_network: ["切换网络", "Next network"],
  key_tree: ["区域树", "Area tree"],
  key_layers: ["图层", "Layers"],
  key_theme: ["亮 / 暗", "Light / dark"],
  key_level: ["固定层级", "Pin a level"],
  key_pan: ["平移", "Pan"],
  key_zoom: ["放大 / 缩小", "Zoom in / out"],
  key_north: ["正北朝上", "North up"],
  key_crosshair: ["中心十字，再按即点选", "Crosshair, again to click"],
} as const satisfies Words;
