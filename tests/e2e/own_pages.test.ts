import { createHmac } from "node:crypto";
import { expect, inject, test } from "vitest";
import { beginSession, keepPicture, openPage, withBrowser } from "./browser.ts";
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

/** What an authenticator app shows (RFC 6238: SHA-1, six digits, 30 s), so many steps from now. */
function codeOf(secret: string, later: number): string {
  const bits = [...secret].map((letter) =>
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"),
  );
  const key = Buffer.from((bits.join("").match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + later));
  const hash = createHmac("sha1", key).update(counter).digest();
  const at = hash.at(-1)! & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

test("a second factor is set up by its key, asked for at the next sign-in, and taken away again", async () => {
  const origin = inject("origin");
  const name = `f${Date.now().toString(36)}`;
  const cookie = (await beginSession("security")).map((one) => `${one.name}=${one.value}`).join("; ");
  const made = await fetch(`${origin}/api/accounts`, {
    method: "POST",
    headers: { "content-type": "application/json", origin, cookie },
    body: JSON.stringify({
      name,
      display_name: "何清",
      grants: [{ role: "worker", area: "governance:900102001002", organisation_id: null }],
    }),
  });
  const { password: first } = (await made.json()) as { password: string };
  const password = "Paper-Kite-7Q";
  const enter = async (word: string) => {
    await page.getByLabel("登录名").fill(name);
    await page.getByLabel("密码", { exact: true }).fill(word);
    await page.keyboard.press("Enter");
  };
  const page = await openPage("/sign-in", { as: null, expectTrouble: true });
  await enter(first);
  await page.getByLabel("当前密码").fill(first);
  await page.getByLabel("新密码", { exact: true }).fill(password);
  await page.getByLabel("再输一次新密码").fill(password);
  await page.getByRole("button", { name: "修改密码" }).click();
  await page.getByRole("button", { name: "绑定动态口令" }).click();
  await page.locator(".qr svg").waitFor();
  expect(await findBarriers(page)).toEqual([]);
  await keepPicture(page, "second-factor");
  const secret = (await page.locator(".secret code").innerText()).replaceAll(" ", "");
  await page.getByLabel("动态口令").fill("000000");
  await page.getByRole("button", { name: "确认绑定" }).click();
  await page.locator(".account-form .failure-note").waitFor();
  await page.getByLabel("动态口令").fill(codeOf(secret, -1));
  await page.getByRole("button", { name: "确认绑定" }).click();
  await page.getByText("动态口令已绑定").waitFor();
  expect(await page.content()).not.toContain(secret);

  await page.getByRole("button", { name: /账号菜单/ }).click();
  await page.getByRole("menuitem", { name: "退出登录" }).click();
  await page.getByRole("link", { name: "登录" }).click();
  await enter(password);
  await page.getByLabel("动态口令").fill(codeOf(secret, 0));
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: /账号菜单/ }).waitFor();

  await page.goto(`${origin}/account`);
  await page.getByRole("button", { name: "解除绑定" }).click();
  const form = page.locator(".account-form", { hasText: "解除绑定" });
  await form.getByLabel("当前密码").fill(password);
  await form.getByLabel("动态口令").fill(codeOf(secret, 1));
  await form.getByRole("button", { name: "解除绑定" }).click();
  await page.getByText("动态口令已解除").waitFor();
});
