import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import type { IdentityProviderSetting } from "../../../server/config.ts";
import type { Db } from "../../../server/db/db.ts";
import { sql } from "../../../server/db/sql.ts";
import { loadCity } from "../../../server/loading/load_city.ts";
import { testDatabase } from "../../support/database.ts";
import { identityServer } from "../../support/identity_server.ts";
import { type SignInApp, signInApp } from "../../support/sign_in_app.ts";
import { smallCity } from "../../support/small_city.ts";
import { Wanderer } from "../../support/wanderer.ts";

let db: Db;
beforeAll(async () => {
  db = await testDatabase();
  await loadCity(db, smallCity());
});

const rules: IdentityProviderSetting["grants"] = [
  { claim: "roles", value: "grid-workers", role: "worker", area: "governance:001001" },
  { claim: "realm_access.roles", value: "fire", role: "fire_liaison", area: "governance:001" },
  { claim: "roles", value: "sec", role: "security_admin", area: null },
  { claim: "roles", value: "sys", role: "system_admin", area: null },
  { claim: "roles", value: "gone", role: "worker", area: "governance:999" },
];

/** Our server on a port of its own, with a real provider beside it. */
async function twoServers(grants = rules) {
  let app: SignInApp["app"] | undefined;
  const server = createServer((request, response) => app?.(request, response));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => void server.close());
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = await identityServer(origin, grants);
  const opened = await signInApp(db, { identity_provider: provider.setting });
  app = opened.app;
  return { ...opened, origin, provider };
}

/** From the button to the landing. */
async function signIn(origin: string, person: string, to = "/?map=15/33.6/121.4"): Promise<[Wanderer, string]> {
  const browser = new Wanderer();
  const begun = await browser.go(`${origin}/api/session/identity?to=${encodeURIComponent(to)}`);
  const back = await browser.signInAt(new URL(begun.headers.get("Location")!), person);
  return [browser, await landingOf(await browser.go(back))];
}

/** Where a browser goes on to: sent there, or led there by the page of a refusal, which is 401, 403 or 502. */
async function landingOf(answer: Response): Promise<string> {
  if (answer.status === 302) return answer.headers.get("Location")!;
  expect(answer.status).toBeGreaterThan(400);
  return /http-equiv="refresh" content="0;url=([^"]+)"/.exec(await answer.text())?.[1] ?? "nowhere";
}

const sessionAt = async (browser: Wanderer, origin: string) => (await browser.go(`${origin}/api/session`)).json();

test("whom the provider vouches for gets the grants of the mapped claims and lands where they came from", async () => {
  const { origin, provider, written } = await twoServers();
  provider.people.set("u-1", {
    name: "王 小明",
    preferred_username: "Wang.XM",
    roles: ["grid-workers", "gone", "other"],
    realm_access: { roles: ["fire"] },
  });
  const [browser, landed] = await signIn(origin, "u-1");
  expect(landed).toBe("/?map=15/33.6/121.4");
  const session = await sessionAt(browser, origin);
  expect(session.identity_provider).toBe("统一身份");
  expect(session.account).toMatchObject({
    name: "oidc:wang.xm",
    display_name: "王 小明",
    local: false,
    grants: [
      { role: "fire_liaison", area: { code: "001" } },
      { role: "worker", area: { code: "001001" } },
    ],
  });
  expect(written).toMatchObject([{ action: "sign_in", after: { way: "identity_provider" } }]);
});

test("grants are read anew at each sign-in, and other sessions see them at once", async () => {
  const { origin, provider } = await twoServers();
  provider.people.set("u-2", { preferred_username: "li", roles: ["grid-workers"] });
  const [first] = await signIn(origin, "u-2");
  provider.people.set("u-2", { preferred_username: "li", realm_access: { roles: ["fire"] } });
  const [second] = await signIn(origin, "u-2");
  const roles = async (browser: Wanderer) =>
    (await sessionAt(browser, origin)).account.grants.map(({ role }: { role: string }) => role);
  expect(await roles(second)).toEqual(["fire_liaison"]);
  expect(await roles(first)).toEqual(["fire_liaison"]);

  provider.people.set("u-2", { preferred_username: "li", roles: [] });
  const [, landed] = await signIn(origin, "u-2");
  expect(landed).toBe("/sign-in?problem=access.forbidden");
  expect((await first.go(`${origin}/api/session`)).status).toBe(401);
});

test("claims without a mapped grant, and roles that exclude each other, are refused with the reason", async () => {
  const { origin, provider, written } = await twoServers();
  provider.people.set("nobody", { roles: ["visitors", "gone"] });
  provider.people.set("both", { roles: ["sec", "sys"] });
  provider.people.set("sec", { roles: ["sec"] });
  expect((await signIn(origin, "nobody"))[1]).toBe("/sign-in?problem=access.forbidden");
  expect((await signIn(origin, "both"))[1]).toBe("/sign-in?problem=grant.combination");
  expect((await signIn(origin, "sec"))[1]).toBe("/?map=15/33.6/121.4");
  expect(written.map(({ action, problem }) => [action, problem])).toEqual([
    ["sign_in_refused", "access.forbidden"],
    ["sign_in_refused", "grant.combination"],
    ["sign_in", undefined],
  ]);
  const left = await db.query(sql`select 1 from account where subject in ('nobody', 'both')`);
  expect(left).toEqual([]);
});

test("somebody else of the same name gets another account, and none of ours can be taken", async () => {
  const { origin, provider } = await twoServers();
  provider.people.set("a", { preferred_username: "same", roles: ["grid-workers"] });
  provider.people.set("b", { preferred_username: "same", roles: ["grid-workers"] });
  const [one] = await signIn(origin, "a");
  const [other] = await signIn(origin, "b");
  expect((await sessionAt(one, origin)).account.name).toBe("oidc:same");
  expect((await sessionAt(other, origin)).account.name).toMatch(/^oidc:same-[0-9a-f]{12}$/);
});

test("an account that was disabled stays outside, whatever the provider says", async () => {
  const { origin, provider } = await twoServers();
  provider.people.set("d", { roles: ["grid-workers"] });
  const [browser] = await signIn(origin, "d");
  await db.query(sql`update account set disabled = true where subject = 'd'`);
  expect((await signIn(origin, "d"))[1]).toBe("/sign-in?problem=access.forbidden");
  expect((await signIn(origin, "d"))[0].cookie(origin, "grid_atlas_session")).toBeUndefined();
  expect(browser.cookie(origin, "grid_atlas_session")).toBeDefined();
});

test("an answer is taken once, from the browser that asked, with the state that it was given", async () => {
  const { origin, provider, written } = await twoServers();
  provider.people.set("r", { roles: ["grid-workers"] });
  const browser = new Wanderer();
  const begun = await browser.go(`${origin}/api/session/identity`);
  const back = await browser.signInAt(new URL(begun.headers.get("Location")!), "r");
  const refused = "/sign-in?problem=access.provider_refused";

  const stranger = new Wanderer();
  expect(await landingOf(await stranger.go(back))).toBe(refused);
  await stranger.go(`${origin}/api/session/identity`);
  expect(await landingOf(await stranger.go(back))).toBe(refused); // foreign state
  expect(written.filter(({ problem }) => problem === "access.provider_refused")).toHaveLength(2);
  expect((await sessionAt(stranger, origin)).account).toBeNull();

  expect(await landingOf(await browser.go(back))).toBe("/");
  const kept = browser.cookie(origin, "grid_atlas_session")!;
  expect(await landingOf(await browser.go(back))).toBe(refused); // replayed
  expect(browser.cookie(origin, "grid_atlas_session")).toBe(kept); // and does no harm
  expect((await sessionAt(browser, origin)).account.name).toBe("oidc:r");
});

test("the session on the way in is another one than after it", async () => {
  const { origin, provider } = await twoServers();
  provider.people.set("f", { roles: ["grid-workers"] });
  const browser = new Wanderer();
  const begun = await browser.go(`${origin}/api/session/identity`);
  const before = browser.cookie(origin, "grid_atlas_session")!;
  await browser.go(await browser.signInAt(new URL(begun.headers.get("Location")!), "f"));
  expect(browser.cookie(origin, "grid_atlas_session")).not.toBe(before);
  const planted = new Wanderer();
  await planted.go(`${origin}/api/session`);
  planted.setCookie(origin, "grid_atlas_session", before);
  expect((await planted.go(`${origin}/api/session`)).status).toBe(401);
});

test("who began too long ago begins again", async () => {
  const { origin, provider, pass } = await twoServers();
  provider.people.set("s", { roles: ["grid-workers"] });
  const browser = new Wanderer();
  const begun = await browser.go(`${origin}/api/session/identity`);
  const back = await browser.signInAt(new URL(begun.headers.get("Location")!), "s");
  pass(11);
  expect(await landingOf(await browser.go(back))).toBe("/sign-in?problem=access.provider_refused");
});

test("a provider that says no is told apart from one that does not answer", async () => {
  const { origin, provider } = await twoServers();
  const browser = new Wanderer();
  const begun = await browser.go(`${origin}/api/session/identity`);
  const state = new URL(begun.headers.get("Location")!).searchParams.get("state")!;
  const iss = encodeURIComponent(provider.setting.issuer);
  const no = await browser.go(`${origin}/api/session/identity/callback?error=access_denied&state=${state}&iss=${iss}`);
  expect(no.status).toBe(401);
  expect(await landingOf(no)).toBe("/sign-in?problem=access.provider_refused");

  provider.people.set("t", { roles: ["grid-workers"] });
  const again = await browser.go(`${origin}/api/session/identity`);
  const back = await browser.signInAt(new URL(again.headers.get("Location")!), "t");
  provider.stop();
  expect(await landingOf(await browser.go(back))).toBe("/sign-in?problem=access.provider_unavailable");
  expect((await browser.go(`${origin}/api/session/identity`)).status).toBe(302);
});

test("a provider that is down when the server starts is asked again when it is up", async () => {
  const { provider } = await twoServers();
  const setting = { ...provider.setting, issuer: "http://127.0.0.1:9" };
  const { app } = await signInApp(db, { identity_provider: setting });
  const server = createServer(app);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => void server.close());
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const down = await new Wanderer().go(`${origin}/api/session/identity`);
  expect(down.headers.get("Location")).toBe("/sign-in?problem=access.provider_unavailable");
});

test("without a provider there is no such address", async () => {
  const { app } = await signInApp(db);
  const server = createServer(app);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => void server.close());
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/session/identity`);
  expect(answer.status).toBe(404);
});
