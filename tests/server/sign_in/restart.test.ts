import { spawn } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../../../server/db/project_files.ts";
import { testDatabaseAt } from "../../support/database.ts";
import { startServer, temporaryFolder } from "../../support/server_process.ts";
import { Wanderer } from "../../support/wanderer.ts";

const { url } = await testDatabaseAt();

/** Sends JSON as a browser would that keeps its cookies. */
async function send(browser: Wanderer, method: string, address: string, body?: object) {
  const answer = await browser.send(method, address, body);
  const text = await answer.text();
  return { status: answer.status, body: text === "" ? null : JSON.parse(text) };
}

function cli(args: string[], env: Record<string, string>): Promise<{ code: number | null; stdout: string }> {
  const child = spawn(process.execPath, [join(projectRoot(), "dist/server/cli/main.js"), ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ["ignore", "pipe", "ignore"],
  });
  let stdout = "";
  child.stdout.on("data", (piece: Buffer) => {
    stdout += piece.toString();
  });
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, stdout })));
}

// on the embedded engine each start boots it: seconds, on a busy machine minutes
test("a first administrator, a wall and an account of the command line get in and stay in", {
  timeout: 400_000,
}, async () => {
  const settings: Record<string, string> = url ? { DATABASE_URL: url } : { DATA_DIR: temporaryFolder() };
  const first = await startServer({ ...settings, DEMO: "community" });
  const [, origin] = await first.until(/ready: +(http:\S+)/);
  const [, token] = await first.until(/\/sign-in#setup=([\w-]{43})\n/);
  const port = new URL(origin).port;
  const chief = new Wanderer();
  const account = { name: "chief", display_name: "安全管理员", password: "Maple-Rain-42" };
  expect(await send(chief, "POST", `${origin}/api/session/setup`, { token, ...account })).toMatchObject({
    status: 200,
    body: { account: { name: "chief" }, demo_accounts: { length: 12 } },
  });
  const device = await send(chief, "POST", `${origin}/api/devices`, { name: "大厅", areas: ["governance:900102001"] });
  expect(device.status).toBe(200);
  const wall = new Wanderer();
  expect(await send(wall, "POST", `${origin}/api/session/device`, { token: device.body.token })).toMatchObject({
    status: 200,
    body: { account: { kind: "wall" } },
  });
  expect(await first.stop()).toBe(0);

  const args = [
    "user",
    "add",
    "clerk",
    "--display",
    "值班员",
    "--role",
    "dispatcher",
    "--area",
    "governance:900102001",
  ];
  const made = await cli(args, settings);
  expect(made).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\S{12,}\n$/) });
  expect((await cli(args, settings)).code).toBe(2); // the name is taken
  expect((await cli(["user", "add", "x", "--display", "x", "--role", "king"], settings)).code).toBe(2);

  const second = await startServer({ ...settings, DEMO: "off", PORT: port });
  await second.until(/ready: +(http:\S+)/);
  expect(await send(chief, "GET", `${origin}/api/session`)).toMatchObject({ body: { account: { name: "chief" } } });
  expect(await send(wall, "GET", `${origin}/api/session`)).toMatchObject({ body: { account: { kind: "wall" } } });
  const clerk = new Wanderer();
  const entered = await send(clerk, "POST", `${origin}/api/session`, { name: "clerk", password: made.stdout.trim() });
  expect(entered.body).toMatchObject({ pending: "change_password", account: { grants: [{ role: "dispatcher" }] } });
  await send(chief, "DELETE", `${origin}/api/devices/${device.body.id}`);
  expect((await send(wall, "GET", `${origin}/api/session`)).body.code).toBe("access.ended");
  const lines = await send(chief, "GET", `${origin}/api/audit`);
  expect(lines.status).toBe(403); // the log is another administrator's
  expect(await second.stop()).toBe(0);
  expect(second.said()).not.toContain("#setup=");
  expect(first.said() + second.said()).not.toMatch(/Maple-Rain-42|grid_atlas_session=|scrypt\$/);
});
