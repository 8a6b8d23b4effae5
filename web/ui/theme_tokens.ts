import type { Theme } from "./view_address.ts";

/** Colours of one theme (ui/frame.md, 「Tokens」); text ≥ 4.5:1 on the surfaces it stands on, control borders ≥ 3:1. */
export interface ThemeTokens {
  land: string;
  panel: string;
  control_border: string;
  focus: string;
  text: string;
  text_2: string;
  text_3: string;
  primary: string;
  on_primary: string;
  success: string;
  warning: string;
  error: string;
  draft: string;
  divider: string;
  selected: string;
  hover: string;
  warning_fill: string;
  error_fill: string;
  draft_fill: string;
  key_cap: string;
}

export const themeTokens: Readonly<Record<Theme, ThemeTokens>> = {
  light: {
    land: "#F6F7F5",
    panel: "#FFFFFF",
    control_border: "#8390A1",
    focus: "#1457B8",
    text: "#1B2430",
    text_2: "#4A5666",
    text_3: "#667085",
    primary: "#1457B8",
    on_primary: "#FFFFFF",
    success: "#00705C",
    warning: "#8A5A00",
    error: "#C4122F",
    draft: "#A84300",
    divider: "#E3E7EC",
    selected: "#EAF1FB",
    hover: "#F3F5F8",
    warning_fill: "#FFF4D6",
    error_fill: "#FDECEF",
    draft_fill: "#FFF1E6",
    key_cap: "#F3F5F8",
  },
  dark: {
    land: "#10161F",
    panel: "#18212D",
    control_border: "#66778C",
    focus: "#FFC24B",
    text: "#F2F5F9",
    text_2: "#B4C0CF",
    text_3: "#93A1B3",
    primary: "#6FB1FF",
    on_primary: "#10161F",
    success: "#4CC9AE",
    warning: "#FFC24B",
    error: "#FF7A85",
    draft: "#FFC24B",
    divider: "#263242",
    selected: "#22324A",
    hover: "#1F2A38",
    warning_fill: "#3A2F14",
    error_fill: "#3D1F27",
    draft_fill: "#3A2F14",
    key_cap: "#1F2A38",
  },
};
