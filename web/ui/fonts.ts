import "@fontsource/noto-sans-sc/400.css";
import "@fontsource/noto-sans-sc/500.css";
import "@fontsource/noto-sans-sc/700.css";

/** Weights that labels and panels are set in (ui/frame.md, 「Type」): our bundled cuts. */
const weights = [400, 500, 700] as const;

/** What most labels are made of: the words for places, and the characters that names of places take most. */
const commonText =
  "0123456789 ABCDEFGHIJKLMNOPQRSTUVWXYZ.-网格社区街道镇村路大巷弄里胡同河湖公园小新家花号幢户人消警城" +
  "东南西北中环滨江山平安和金文华康乐明光星云水长";

/**
 * Fetches the cuts of the bundled font that hold the commonest characters, before the map draws labels with them:
 * a label is drawn once, with whatever font is there.
 *
 * @returns when all are there; a cut that does not arrive leaves its characters to the fonts of the system
 */
export async function loadFonts(): Promise<void> {
  await Promise.allSettled(weights.map((weight) => document.fonts.load(`${weight} 16px "Noto Sans SC"`, commonText)));
}
