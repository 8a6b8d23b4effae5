import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { afterEach, expect, test } from "vitest";
import { type Listener, ListenError, listen } from "../../../server/http/listener.ts";

const open: { close: () => unknown }[] = [];

afterEach(async () => {
  for (const part of open.splice(0)) await part.close();
});

async function listening(progress = () => "正在载入"): Promise<Listener> {
  const listener = await listen("127.0.0.1", 0, progress);
  open.push({ close: () => listener.close(1000) });
  return listener;
}

test("while the start is under way the page says what is done and comes back by itself", async () => {
  const { address } = await listening(() => "正在准备 <数据库>");
  const page = await fetch(`${address}/`);
  expect(page.status).toBe(503);
  expect(page.headers.get("retry-after")).toBe("2");
  const text = await page.text();
  expect(text).toContain('http-equiv="refresh"');
  expect(text).toContain("正在准备 &#60;数据库&#62;");
});

test("while the start is under way the API answers a problem, and health says the process lives", async () => {
  const { address } = await listening();
  const api = await fetch(`${address}/api/networks`);
  expect(api.status).toBe(503);
  expect(await api.json()).toMatchObject({ code: "server.starting" });
  expect((await fetch(`${address}/healthz`)).status).toBe(200);
  expect((await fetch(`${address}/readyz`)).status).toBe(503);
});

test("after the start the handler answers on the same address", async () => {
  const listener = await listening();
  listener.serve((_request, response) => response.end("ready"));
  expect(await (await fetch(listener.address)).text()).toBe("ready");
});

test("a taken port is refused with a sentence that names the port and the remedy", async () => {
  const other = createServer();
  open.push({ close: () => other.close() });
  await new Promise<void>((done) => other.listen(0, "127.0.0.1", done));
  const { port } = other.address() as AddressInfo;
  const refusal = listen("127.0.0.1", port, () => "");
  await expect(refusal).rejects.toThrow(ListenError);
  await expect(refusal).rejects.toThrow(new RegExp(`端口 ${port}.*PORT=`));
});

test("an address that this machine does not have is refused by name", async () => {
  await expect(listen("192.0.2.1", 0, () => "")).rejects.toThrow(/192\.0\.2\.1.*HOST/);
});
