import { isLanguage, type Language } from "../../data/vocabulary/language.ts";

/** Where the map looks: zoom of MapLibre (512 px tiles), degrees. */
export interface ViewCamera {
  zoom: number;
  lat: number;
  lng: number;
}

/** What the right panel tells of. `key`: `network:code` for areas, the id for everything else. */
export interface Selection {
  kind: string;
  key: string;
}

export const themes = ["light", "dark"] as const;
export type Theme = (typeof themes)[number];

export const dockPanels = ["areas", "layers", "list", "check", "crosswalk", "editions", "none"] as const;
export type DockPanel = (typeof dockPanels)[number];

/** Panels beside a plan that is being drawn; in its address the key `panel`, too. */
export const planPanels = ["check", "grids", "log", "rules", "compare"] as const;
export type PlanPanelName = (typeof planPanels)[number];

/** How a plan is looked at: drawn on, or beside the edition that it began from. */
export const planModes = ["edit", "diff", "swipe", "side"] as const;
export type PlanMode = (typeof planModes)[number];

/** Everything that the address of a page says. Absent keys are null or the default. */
export interface View {
  map: ViewCamera | null;
  sel: Selection | null;
  /** Differences from the layers shown by default: true = added, false = taken away. */
  layers: Readonly<Record<string, boolean>>;
  /** Id of a basemap; null = none. */
  base: string | null;
  lang: Language;
  theme: Theme;
  edition: number | null;
  /** A day, YYYY-MM-DD: the edition then in force. Only where `edition` is null. */
  on: string | null;
  /** The older edition that the drawn one is compared with; null = the one before it. */
  former: number | null;
  network: string | null;
  overlay: string | null;
  /** Pinned level; null = by zoom. */
  level: number | null;
  q: string;
  panel: DockPanel;
  /** Code of the area of the drawn network that checks and crosswalk are about; null = the reader's own. */
  scope: string | null;
  /** Key of the fault or warning that the reader looks at. */
  issue: string | null;
  /** Of an open plan. */
  plan_panel: PlanPanelName;
  mode: PlanMode;
  /** Tool in the hand; null: the one that selects. */
  tool: string | null;
}

export const defaultView: View = {
  map: null,
  sel: null,
  layers: {},
  base: null,
  lang: "zh-CN",
  theme: "light",
  edition: null,
  on: null,
  former: null,
  network: null,
  overlay: null,
  level: null,
  q: "",
  panel: "areas",
  scope: null,
  issue: null,
  plan_panel: "check",
  mode: "edit",
  tool: null,
};

/** Highest zoom that the address may name; beyond it nothing is drawn sharper. */
const highestZoom = 22;

/**
 * Reads the query of an address. What cannot be read is as if it were absent: an address never breaks a page.
 *
 * @param search - with or without the leading question mark
 */
export function parseView(search: string, base: View = defaultView): View {
  const values = new URLSearchParams(search);
  const lang = values.get("lang");
  const theme = values.get("theme");
  const panel = values.get("panel");
  const edition = readWhole(values.get("edition"));
  return {
    map: readCamera(values.get("map")),
    sel: readSelection(values.get("sel")),
    layers: readLayers(values.get("layers")),
    base: readWord(values.get("base"), "none"),
    lang: isLanguage(lang) ? lang : base.lang,
    theme: themes.find((known) => known === theme) ?? base.theme,
    edition,
    on: edition === null ? readDay(values.get("on")) : null,
    former: readWhole(values.get("former")),
    network: readWord(values.get("network")),
    overlay: readWord(values.get("overlay"), "none"),
    level: readWhole(values.get("level")),
    q: (values.get("q") ?? "").slice(0, 100),
    panel: dockPanels.find((known) => known === panel) ?? "areas",
    scope: readText(values.get("scope"), 64),
    issue: readText(values.get("issue"), 200),
    plan_panel: planPanels.find((known) => known === panel) ?? defaultView.plan_panel,
    mode: planModes.find((known) => known === values.get("mode")) ?? defaultView.mode,
    tool: readWord(values.get("tool"), "select"),
  };
}

/** The query of a view, keys in a fixed order, defaults left out; "" for the default view. */
export function formatView(view: View): string {
  const parts: [string, string][] = [];
  if (view.map) parts.push(["map", formatCamera(view.map)]);
  if (view.sel) parts.push(["sel", `${view.sel.kind}:${view.sel.key}`]);
  const layers = Object.entries(view.layers).map(([key, shown]) => (shown ? key : `-${key}`));
  if (layers.length > 0) parts.push(["layers", layers.sort().join(",")]);
  if (view.base !== null) parts.push(["base", view.base]);
  if (view.lang !== defaultView.lang) parts.push(["lang", view.lang]);
  if (view.theme !== defaultView.theme) parts.push(["theme", view.theme]);
  if (view.edition !== null) parts.push(["edition", String(view.edition)]);
  else if (view.on !== null) parts.push(["on", view.on]);
  if (view.former !== null) parts.push(["former", String(view.former)]);
  if (view.network !== null) parts.push(["network", view.network]);
  if (view.overlay !== null) parts.push(["overlay", view.overlay]);
  if (view.level !== null) parts.push(["level", String(view.level)]);
  if (view.q !== "") parts.push(["q", view.q]);
  if (view.panel !== defaultView.panel) parts.push(["panel", view.panel]);
  if (view.scope !== null) parts.push(["scope", view.scope]);
  if (view.issue !== null) parts.push(["issue", view.issue]);
  if (parts.length === 0) return "";
  return `?${parts.map(([key, value]) => `${key}=${encodeValue(value)}`).join("&")}`;
}

/** Keys that only say where a map looks and what it shows. */
const mapKeys = [
  "map",
  "sel",
  "layers",
  "base",
  "edition",
  "on",
  "former",
  "network",
  "overlay",
  "level",
  "q",
  "panel",
  "scope",
  "issue",
  "mode",
  "tool",
] as const satisfies readonly (keyof View)[];

/** Pages that use a key of the map for themselves. */
const pageOwnKeys: Readonly<Record<string, readonly (keyof View)[]>> = {
  "/certificate": ["network", "edition", "on"],
};

/** Keys of the map that a page keeps in its address as they are. */
export function ownKeysOf(pathname: string): readonly (keyof View)[] {
  return pageOwnKeys[pathname] ?? [];
}

/** Whether the page is an open plan, which has a map, panels and tools of its own. */
export function isPlanPage(pathname: string): boolean {
  return /^\/planner\/[^/]+$/.test(pathname);
}

/** Arriving at a plan its address says all of the view that is the plan's. */
export function planKeysOf(view: View): Pick<View, "map" | "issue" | "plan_panel" | "mode" | "tool"> {
  const { map, issue, plan_panel, mode, tool } = view;
  return { map, issue, plan_panel, mode, tool };
}

/** The query of an open plan: what `formatPage` says, and where the plan is looked at and how. */
export function formatPlanPage(view: View, search: string): string {
  const parts: [string, string][] = [];
  if (view.map) parts.push(["map", formatCamera(view.map)]);
  if (view.plan_panel !== defaultView.plan_panel) parts.push(["panel", view.plan_panel]);
  if (view.mode !== defaultView.mode) parts.push(["mode", view.mode]);
  if (view.tool !== null) parts.push(["tool", view.tool]);
  if (view.issue !== null) parts.push(["issue", view.issue]);
  const rest = formatPage(view, search).slice(1);
  const own = parts.map(([key, value]) => `${key}=${encodeValue(value)}`);
  const all = [...own, ...(rest === "" ? [] : [rest])];
  return all.length > 0 ? `?${all.join("&")}` : "";
}

/**
 * The query of a page without the reader's map: language and theme of the view, and what the page itself keeps there.
 *
 * @param search - the query as it is now
 * @param own - keys of the map that the page uses itself
 */
export function formatPage(view: View, search: string, own: readonly (keyof View)[] = []): string {
  const values = new URLSearchParams(search);
  for (const key of mapKeys) if (!own.includes(key)) values.delete(key);
  for (const key of ["lang", "theme"] as const) {
    if (view[key] === defaultView[key]) values.delete(key);
    else values.set(key, view[key]);
  }
  return values.size > 0 ? `?${values}` : "";
}

/** Slashes, colons and commas stay readable: 「map=15/33.59/121.41」 is meant to be read by people. */
function encodeValue(value: string): string {
  return encodeURIComponent(value).replace(/%(2F|3A|2C)/g, (code) => decodeURIComponent(code));
}

function formatCamera(camera: ViewCamera): string {
  const zoom = Number(camera.zoom.toFixed(2));
  return `${zoom}/${camera.lat.toFixed(5)}/${camera.lng.toFixed(5)}`;
}

function readCamera(text: string | null): ViewCamera | null {
  const parts = text?.split("/") ?? [];
  if (parts.length !== 3 || parts.some((part) => part.trim() === "")) return null;
  const [zoom = Number.NaN, lat = Number.NaN, lng = Number.NaN] = parts.map(Number);
  const fits = zoom >= 0 && zoom <= highestZoom && Math.abs(lat) <= 85 && Math.abs(lng) <= 180;
  return fits ? { zoom, lat, lng } : null;
}

function readSelection(text: string | null): Selection | null {
  const match = /^([a-z_]+):(.+)$/.exec(text ?? "");
  return match ? { kind: match[1]!, key: match[2]! } : null;
}

function readLayers(text: string | null): Record<string, boolean> {
  const layers: Record<string, boolean> = {};
  for (const part of text?.split(",") ?? []) {
    const match = /^(-?)([a-z_]+)$/.exec(part.trim());
    if (match) layers[match[2]!] = match[1] === "";
  }
  return layers;
}

function readWord(text: string | null, nothing?: string): string | null {
  return text && text !== nothing && /^[\w.-]+$/.test(text) ? text : null;
}

function readText(text: string | null, longest: number): string | null {
  return text ? text.slice(0, longest) : null;
}

function readWhole(text: string | null): number | null {
  return text && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null;
}

function readDay(text: string | null): string | null {
  if (!text || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const day = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== text ? null : text;
}
