import { expect, test } from "vitest";
import { type ThemeTokens, themeTokens } from "../../../web/ui/theme_tokens.ts";

/** Relative luminance and contrast of WCAG 2.2. */
function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
  const linear = (part: number) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(r!) + 0.7152 * linear(g!) + 0.0722 * linear(b!);
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}

type Token = keyof ThemeTokens;
const texts: [text: Token, surfaces: Token[]][] = [
  ["text", ["panel", "land", "selected", "hover"]],
  ["text_2", ["panel", "land", "selected", "hover", "key_cap"]],
  ["text_3", ["panel", "land"]],
  ["primary", ["panel", "land", "selected"]],
  ["success", ["panel"]],
  ["warning", ["panel", "warning_fill"]],
  ["error", ["panel"]],
  ["draft", ["panel", "draft_fill"]],
  ["on_primary", ["primary"]],
];

test.each(["light", "dark"] as const)("text of the %s theme reaches 4.5:1 on every surface it stands on", (theme) => {
  const tokens = themeTokens[theme];
  const weak = texts.flatMap(([text, surfaces]) =>
    surfaces
      .map((surface) => ({ text, surface, ratio: contrast(tokens[text], tokens[surface]) }))
      .filter(({ ratio }) => ratio < 4.5),
  );
  expect(weak).toEqual([]);
});

test.each(["light", "dark"] as const)("control borders and focus rings of the %s theme reach 3:1", (theme) => {
  const tokens = themeTokens[theme];
  for (const line of ["control_border", "focus", "primary"] as const) {
    expect(contrast(tokens[line], tokens.panel)).toBeGreaterThanOrEqual(3);
    expect(contrast(tokens[line], tokens.land)).toBeGreaterThanOrEqual(3);
  }
});
