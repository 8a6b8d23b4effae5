import type { ThemeConfig } from "antd/es/config-provider";
import darkAlgorithm from "antd/es/theme/themes/dark";
import defaultAlgorithm from "antd/es/theme/themes/default";
import { themeTokens } from "./theme_tokens.ts";
import type { Theme } from "./view_address.ts";

const fontStack = '"Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif';

/** The theme as antd wants it. `still` stops all motion, for readers who asked their system for less of it. */
export function antdTheme(theme: Theme, still: boolean): ThemeConfig {
  const tokens = themeTokens[theme];
  return {
    cssVar: {},
    hashed: false,
    // The dark algorithm would mute our primary; ours was chosen for its contrast, so it is put back.
    algorithm: [
      theme === "dark" ? darkAlgorithm : defaultAlgorithm,
      (_seed, map) => ({ ...map!, colorPrimary: tokens.primary, colorPrimaryHover: tokens.primary }),
    ],
    token: {
      fontFamily: fontStack,
      fontSize: 14,
      borderRadius: 6,
      controlHeight: 32,
      motion: !still,
      colorPrimary: tokens.primary,
      colorTextLightSolid: tokens.on_primary,
      colorBgBase: tokens.panel,
      colorBgContainer: tokens.panel,
      colorBgElevated: tokens.panel,
      colorBgLayout: tokens.land,
      colorTextBase: tokens.text,
      colorText: tokens.text,
      colorTextSecondary: tokens.text_2,
      colorTextTertiary: tokens.text_3,
      colorTextPlaceholder: tokens.text_3,
      colorBorder: tokens.control_border,
      colorSplit: tokens.divider,
      colorSuccess: tokens.success,
      colorWarning: tokens.warning,
      colorError: tokens.error,
      colorLink: tokens.primary,
      colorWhite: tokens.on_primary,
      controlItemBgActive: tokens.selected,
      controlItemBgHover: tokens.hover,
    },
  };
}

/** Gives the same colours to our own style sheets, as `--text-2` and so on, and names the theme on the page. */
export function applyTheme(theme: Theme): void {
  const root = document.documentElement;
  root.dataset.theme = theme;
  root.style.colorScheme = theme;
  for (const [name, colour] of Object.entries(themeTokens[theme])) {
    root.style.setProperty(`--${name.replaceAll("_", "-")}`, colour);
  }
}
