import "@fontsource/noto-sans-sc/400.css";
import "@fontsource/noto-sans-sc/500.css";
import "@fontsource/noto-sans-sc/700.css";

/** Weights that labels and panels are set in (ui/frame.md, 「Type」): our bundled cuts. */
const weights = [400, 500, 700] as const;

/** What most labels are made of, apart from their names. */
const commonText = "0123456789 ABCFSWXJGDNPE社区街道镇村网格路大巷弄里胡同河公园小新家花号幢户人消警城东南西北中环滨";

/**
 * Fetches the cuts of the bundled font that hold these characters, before the map draws labels with them:
 * a label is drawn once, with whatever font is there.
 *
 * @param names - names that the first map will show; each character is asked for once
 * @returns when all are there; a cut that does not arrive leaves its characters to the fonts of the system
 */
export async function loadFonts(names: readonly string[]): Promise<void> {
  const text = [...new Set(commonText + names.join(""))].join("");
  await Promise.allSettled(weights.map((weight) => document.fonts.load(`${weight} 16px "Noto Sans SC"`, text)));
}
