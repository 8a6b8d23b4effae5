import { expect, test } from "vitest";
import { keepPicture, openPage, withBrowser } from "./browser.ts";
import { findBarriers, findClipped } from "./page_checks.ts";

withBrowser();

const inQuality = process.env.QUALITY === "1";
const sizes: [width: number, height: number][] = [
  [1440, 900],
  [390, 844],
];
if (inQuality) sizes.push([320, 640], [1024, 768], [1280, 800], [1920, 1080], [720, 450]);

/** Address, who reads, and what must be there before it is judged. */
const pages: [name: string, address: string, as: string | null, settled: string][] = [
  ["sign-in", "/sign-in", null, ".demo-account"],
  ["sign-in-refused", "/sign-in?problem=access.provider_refused", null, ".failure-note"],
  ["setup", "/sign-in#setup=0123456789abcdefghijklmnop", null, ".password-rules"],
  ["account", "/account", "fire", ".own-sessions li"],
  ["no-permission-page", "/admin/audit", "fire", "h1"],
  ["sign-in-first", "/account", null, "h1"],
  ["accounts", "/admin/accounts", "security", ".admin-table td"],
  ["new-account", "/admin/accounts?account=new", "security", ".admin-panel form"],
  ["devices", "/admin/devices", "security", ".admin-table td, .admin-empty"],
  ["new-device", "/admin/devices?device=new", "security", ".admin-panel form"],
  ["audit", "/admin/audit", "auditor", ".admin-table td"],
  ["audit-line", "/admin/audit?line=1", "auditor", ".audit-facts"],
];
const looks: [look: string, query: string][] = [
  ["zh-light", ""],
  ["en-dark", "lang=en&theme=dark"],
];
const cases = pages.flatMap((page) => sizes.flatMap((size) => looks.map((look) => [page, size, look] as const)));

test.each(cases)("%s at %s, %s: nothing is cut, nothing bars the way", async (page, size, look) => {
  const [name, address, as, settled] = page;
  const [path, hash = ""] = address.split("#");
  const query = look[1] === "" ? "" : `${path!.includes("?") ? "&" : "?"}${look[1]}`;
  const opened = await openPage(`${path}${query}${hash && `#${hash}`}`, { as, size });
  await opened.locator(settled).first().waitFor();
  if (look[0] === "en-dark") await opened.waitForFunction(() => document.documentElement.lang === "en");
  await keepPicture(opened, `${name}-${size[0]}-${look[0]}`);
  expect(await findClipped(opened)).toEqual([]);
  expect(await findBarriers(opened)).toEqual([]);
});

test("a secret in the fragment leaves the address at once, and stays in no history", async () => {
  const page = await openPage("/sign-in#setup=0123456789abcdefghijklmnop", { as: null });
  await page.getByRole("heading", { name: "首次设置" }).waitFor();
  expect(page.url()).not.toContain("#");
  expect(await page.evaluate(() => history.length)).toBeLessThanOrEqual(2);
});

test("the rule for passwords ticks itself off while somebody types", async () => {
  const page = await openPage("/sign-in#setup=0123456789abcdefghijklmnop", { as: null });
  await page.locator('input[name="name"]').fill("chief");
  await page.locator('input[name="display_name"]').fill("何清");
  const kept = () => page.locator('.password-rules [data-kept="true"]').count();
  const password = page.getByLabel("密码", { exact: true });
  await password.fill("Admin@123");
  expect(await kept()).toBe(3);
  expect(await page.getByRole("button", { name: "建立并登录" }).isDisabled()).toBe(true);
  await password.fill("Chief-Kite-7Q");
  expect(await kept()).toBe(3);
  await password.fill("Paper-Kite-7Q");
  expect(await kept()).toBe(4);
  expect(await page.getByRole("button", { name: "建立并登录" }).isEnabled()).toBe(true);
});

test("a link that does not hold any more says so, and another way in", async () => {
  const page = await openPage("/sign-in#device=0123456789abcdefghijklmnop", { as: null, expectTrouble: true });
  await page.getByRole("heading", { name: "此屏幕没有配对成功" }).waitFor();
  expect(page.url()).not.toContain("device=");
  expect(await findBarriers(page)).toEqual([]);
  await page.getByRole("button", { name: "改用账号登录" }).click();
  await page.getByLabel("登录名").waitFor();
});
