import ranges from "@fontsource/noto-sans-sc/unicode.json";
import type { FontFacesSpecification } from "maplibre-gl";

/** Addresses of the cuts, by file name. */
const files = import.meta.glob<string>(
  "../../node_modules/@fontsource/noto-sans-sc/files/noto-sans-sc-*-{400,500,700}-normal.woff2",
  { query: "?url", import: "default", eager: true },
);

/** Names in our `text-font` stacks and the weight that each stands for. A slant of Han characters is not drawn. */
const weights = {
  "Noto Sans SC Regular": 400,
  "Noto Sans SC Medium": 500,
  "Noto Sans SC Bold": 700,
  "Noto Sans SC Italic": 400,
} as const;

/** Our bundled font, cut by cut: the map fetches a cut when a label first needs a character of it. */
export const bundledFaces: FontFacesSpecification = Object.fromEntries(
  Object.entries(weights).map(([name, weight]) => [name, cutsOf(weight)]),
);

function cutsOf(weight: number): { url: string; "unicode-range": string[] }[] {
  return Object.entries(ranges).flatMap(([cut, range]) => {
    const ending = `/noto-sans-sc-${cut.replace(/[[\]]/g, "")}-${weight}-normal.woff2`;
    const file = Object.keys(files).find((path) => path.endsWith(ending));
    const url = file && files[file];
    return url ? [{ url: new URL(url, location.href).href, "unicode-range": range.split(",") }] : [];
  });
}
