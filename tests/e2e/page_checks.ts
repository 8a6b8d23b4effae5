import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Serious and critical findings of axe on the page as it stands. */
export async function findBarriers(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import("axe-core") };
    const { violations } = await axe.run(document, { resultTypes: ["violations"] });
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`);
  });
}

/**
 * Text that is cut by an ancestor which neither scrolls nor shortens it on purpose, and boxes wider than the page.
 */
export function findClipped(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const wrong: string[] = [];
    if (document.documentElement.scrollWidth > innerWidth)
      wrong.push(`page is ${document.documentElement.scrollWidth} wide`);
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement!;
      if (node.textContent!.trim() === "" || parent.closest(".spoken, noscript, script, svg, .hover-card")) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const box = range.getBoundingClientRect();
      if (box.width === 0 || getComputedStyle(parent).visibility === "hidden") continue;
      for (let outer: Element | null = parent; outer; outer = outer.parentElement) {
        const style = getComputedStyle(outer);
        if (style.textOverflow === "ellipsis" || /auto|scroll/.test(style.overflowX + style.overflowY)) break;
        if (style.overflowX !== "hidden" && style.overflowX !== "clip") continue;
        const clip = outer.getBoundingClientRect();
        if (box.left < clip.left - 1 || box.right > clip.right + 1) {
          wrong.push(`「${node.textContent!.trim().slice(0, 30)}」 in .${outer.className}`);
        }
      }
    }
    return wrong;
  });
}
