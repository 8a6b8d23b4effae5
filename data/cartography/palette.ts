import type { PipeKind } from "../schema/city_rows.ts";
import type { Theme } from "./style_options.ts";

/** A line that is drawn over a wider one. */
interface CasedColour {
  fill: string;
  casing: string;
}

interface LabelColour {
  text: string;
  halo: string;
}

/** Every colour of the map. Opacities and widths stand with the layers. */
export interface Palette {
  land: string;
  field: string;
  orchard: string;
  forest: string;
  green: string;
  water: string;
  bank: string;
  track: string;
  pitch: string;
  /** Hues 1–6 that keep neighbouring grids apart: laid over the land at `hueOpacity`. */
  hues: readonly string[];
  /** The same as they look over plain land: for legends and print, which stay opaque. */
  drawnHues: readonly string[];
  bands: readonly string[];
  bandOpacity: number;
  road: { ring: CasedColour; main: CasedColour; secondary: CasedColour; side: CasedColour; lane: CasedColour };
  way: string;
  rail: CasedColour;
  estateGround: { colour: string; opacity: number };
  wall: string;
  building: { home: string; trade: string; works: string; public: string; other: string };
  buildingOpacity: { far: number; near: number };
  buildingLine: { colour: string; opacity: number };
  edge: { sub: string; grid: string; community: string; zone: string; subdistrict: string };
  gridEdgeOpacity: number;
  softBand: { community: CasedOpacity; subdistrict: CasedOpacity };
  overlay: { fire: string; police: string; cells: string };
  pipe: Readonly<Record<PipeKind, string>>;
  /** Casing of a pipe, null where its colour stands out by itself. */
  pipeCasing: Readonly<Record<PipeKind, string | null>>;
  label: {
    grid: LabelColour;
    number: LabelColour;
    community: LabelColour;
    zone: LabelColour;
    subdistrict: LabelColour;
    road: LabelColour;
    lane: LabelColour;
    estate: LabelColour;
    building: LabelColour;
    water: LabelColour;
    facility: LabelColour;
    point: LabelColour;
    hydrant: LabelColour;
    pipe: LabelColour;
  };
  facility: { disc: string; glyph: string };
  component: string;
  /** Outline of every symbol, and a second one around it on the dark map. */
  symbolOutline: { inner: string; outer: string | null };
  hover: string;
  selected: CasedColour;
  near: string;
  /** What checks found (ui/cartography.md §3.4); `on` stands on the solid colour of a chip. */
  fault: { error: string; overlap: string; on: string };
  warning: { text: string; fill: string };
  /** Borders of a draft that are not the published ones, and where those run. */
  draft: { line: string; former: string };
  /** Ground that changed hands between two editions, and where the former borders ran. */
  changed: { moved: string; gained: string; lost: string; former: string; on: string };
  /** A building that no hydrant reaches, and the circle that one reaches. */
  far: { fill: string; line: string };
  reach: string;
  /** Five classes of a thematic map, from least to most. */
  ramp: readonly string[];
}

interface CasedOpacity {
  colour: string;
  opacity: number;
}

/** On screen a fill is its hue at this opacity, so that fields shine through. */
export const hueOpacity = 0.7;

/** CJJ 61: standard hues, the same in both themes and never changed. */
const pipe: Palette["pipe"] = {
  JS: "#00FFFF",
  PS: "#4C3926",
  RQ: "#FF00FF",
  RL: "#FF8000",
  DL: "#FF0000",
  TX: "#00FF00",
  GY: "#000000",
  BM: "#6600CC",
};

const lightHalo = "#FFFFFF";
const darkHalo = "#10161F";

const light: Palette = {
  land: "#F6F7F5",
  field: "#D5E3BF",
  orchard: "#BFD6A6",
  forest: "#BFD6A6",
  green: "#CFE5C3",
  water: "#B9D8EE",
  bank: "#8FBBDB",
  track: "#D9A98F",
  pitch: "#BCDDAE",
  hues: ["#9DB2E0", "#FDEDC3", "#DCAEB2", "#C4F3E8", "#B1B187", "#DFDCFC"],
  drawnHues: ["#B8C7E6", "#FBF0D2", "#E4C4C6", "#D3F4EC", "#C6C6A8", "#E6E4FA"],
  bands: ["#8BA6DE", "#E8D49E", "#D89EA1", "#A3DFD0", "#B4B47E", "#C0BDE4"],
  bandOpacity: 0.6,
  road: {
    ring: { fill: "#FFF3D6", casing: "#C79A4B" },
    main: { fill: "#FFFFFF", casing: "#A7B1BC" },
    secondary: { fill: "#FFFFFF", casing: "#B2BCC7" },
    side: { fill: "#FFFFFF", casing: "#BAC3CC" },
    lane: { fill: "#FFFFFF", casing: "#C4CCD4" },
  },
  way: "#D5DAE0",
  rail: { fill: "#FFFFFF", casing: "#5C6773" },
  estateGround: { colour: "#FFFFFF", opacity: 0.14 },
  wall: "#8A7A5C",
  building: { home: "#FBFBFC", trade: "#F8E3D2", works: "#E6E4EE", public: "#E4EBF5", other: "#F1F1EE" },
  buildingOpacity: { far: 0.7, near: 1 },
  buildingLine: { colour: "#8E99A6", opacity: 1 },
  edge: { sub: "#566170", grid: "#475362", community: "#0B3D91", zone: "#00705C", subdistrict: "#5B2E91" },
  gridEdgeOpacity: 0.8,
  softBand: {
    community: { colour: "#2F62C0", opacity: 0.2 },
    subdistrict: { colour: "#7A4BB5", opacity: 0.24 },
  },
  overlay: { fire: "#C4122F", police: "#1457B8", cells: "#8A5A00" },
  pipe,
  pipeCasing: {
    JS: "#1B2430",
    PS: "#FFFFFF",
    RQ: "#1B2430",
    RL: "#1B2430",
    DL: "#1B2430",
    TX: "#1B2430",
    GY: "#FFFFFF",
    BM: "#FFFFFF",
  },
  label: {
    grid: { text: "#1B2430", halo: lightHalo },
    number: { text: "#3B4654", halo: lightHalo },
    community: { text: "#0B3D91", halo: lightHalo },
    zone: { text: "#00705C", halo: lightHalo },
    subdistrict: { text: "#5B2E91", halo: lightHalo },
    road: { text: "#4A5666", halo: lightHalo },
    lane: { text: "#5C6773", halo: lightHalo },
    estate: { text: "#6B5326", halo: lightHalo },
    building: { text: "#4A5666", halo: lightHalo },
    water: { text: "#2B5C82", halo: "#B9D8EE" },
    facility: { text: "#1457B8", halo: lightHalo },
    point: { text: "#4A5666", halo: lightHalo },
    hydrant: { text: "#A8102A", halo: lightHalo },
    pipe: { text: "#1B2430", halo: lightHalo },
  },
  facility: { disc: "#1457B8", glyph: "#FFFFFF" },
  component: "#4A5666",
  symbolOutline: { inner: "#FFFFFF", outer: null },
  hover: "#0B3D91",
  selected: { fill: "#0B3D91", casing: "#FFFFFF" },
  near: "#1457B8",
  fault: { error: "#B00020", overlap: "#6A3FA0", on: "#FFFFFF" },
  warning: { text: "#8A5A00", fill: "#FFF4D6" },
  draft: { line: "#A84300", former: "#566170" },
  changed: { moved: "#1457B8", gained: "#00705C", lost: "#B00020", former: "#8E0E6B", on: "#FFFFFF" },
  far: { fill: "#F0A93B", line: "#8A5A00" },
  reach: "#1457B8",
  ramp: ["#EFF3FF", "#BDD7E7", "#6BAED6", "#3182BD", "#08519C"],
};

const dark: Palette = {
  land: "#10161F",
  field: "#1A2C22",
  orchard: "#203628",
  forest: "#203628",
  green: "#1D3A2B",
  water: "#16304A",
  bank: "#24486A",
  track: "#6B4436",
  pitch: "#24503A",
  hues: ["#3F5583", "#817146", "#875158", "#45838C", "#2E3D23", "#483046"],
  drawnHues: ["#314265", "#5F563A", "#633F47", "#35626B", "#253122", "#37283A"],
  bands: ["#3A548B", "#7F7146", "#864E5B", "#3C8391", "#2F422B", "#49314D"],
  bandOpacity: 0.55,
  road: {
    ring: { fill: "#34414F", casing: "#0B1017" },
    main: { fill: "#263445", casing: "#0B1017" },
    secondary: { fill: "#1F2B39", casing: "#0E141C" },
    side: { fill: "#1B2531", casing: "#0E141C" },
    lane: { fill: "#1B2531", casing: "#0E141C" },
  },
  way: "#1E2935",
  rail: { fill: "#10161F", casing: "#A9B6C6" },
  estateGround: { colour: "#FFFFFF", opacity: 0.03 },
  wall: "#A8987A",
  building: { home: "#9FB2C8", trade: "#C2A68E", works: "#A9A6BE", public: "#9DB6D8", other: "#A9AFB2" },
  buildingOpacity: { far: 0.16, near: 0.3 },
  buildingLine: { colour: "#8FA2B8", opacity: 0.75 },
  edge: { sub: "#B4C0CF", grid: "#C9D3E0", community: "#8DB7FF", zone: "#4CC9AE", subdistrict: "#C9A6FF" },
  gridEdgeOpacity: 0.65,
  softBand: {
    community: { colour: "#6FA4FF", opacity: 0.22 },
    subdistrict: { colour: "#B98CFF", opacity: 0.26 },
  },
  overlay: { fire: "#FF9AA3", police: "#6FB1FF", cells: "#FFC24B" },
  pipe,
  pipeCasing: { JS: null, PS: "#F2F5F9", RQ: null, RL: null, DL: null, TX: null, GY: "#F2F5F9", BM: "#F2F5F9" },
  label: {
    grid: { text: "#F2F5F9", halo: darkHalo },
    number: { text: "#D5DEE8", halo: darkHalo },
    community: { text: "#BFD6FF", halo: darkHalo },
    zone: { text: "#4CC9AE", halo: darkHalo },
    subdistrict: { text: "#D9C2FF", halo: darkHalo },
    road: { text: "#B4C0CF", halo: darkHalo },
    lane: { text: "#A5B2C2", halo: darkHalo },
    estate: { text: "#D8C79F", halo: darkHalo },
    building: { text: "#D5DEE8", halo: darkHalo },
    water: { text: "#8FB7D6", halo: "#16304A" },
    facility: { text: "#6FB1FF", halo: darkHalo },
    point: { text: "#B4C0CF", halo: darkHalo },
    hydrant: { text: "#FF9AA3", halo: darkHalo },
    pipe: { text: "#F2F5F9", halo: darkHalo },
  },
  facility: { disc: "#6FB1FF", glyph: "#10161F" },
  component: "#B4C0CF",
  symbolOutline: { inner: "#FFFFFF", outer: "#10161F" },
  hover: "#FFFFFF",
  selected: { fill: "#FFE58A", casing: "#10161F" },
  near: "#6FB1FF",
  fault: { error: "#FF9AA3", overlap: "#C9A6FF", on: "#10161F" },
  warning: { text: "#FFC24B", fill: "#18212D" },
  draft: { line: "#FFC24B", former: "#A9B6C6" },
  changed: { moved: "#6FB1FF", gained: "#4CC9AE", lost: "#FF9AA3", former: "#FFB3E6", on: "#10161F" },
  far: { fill: "#FFC24B", line: "#FFF4D6" },
  reach: "#6FB1FF",
  ramp: ["#08519C", "#3182BD", "#6BAED6", "#BDD7E7", "#EFF3FF"],
};

export const palettes: Readonly<Record<Theme, Palette>> = { light, dark };
