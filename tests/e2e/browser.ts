import { mkdirSync } from "node:fs";
import path from "node:path";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, onTestFinished } from "vitest";
import type { AtlasMap } from "../../web/map/atlas_map.ts";

declare global {
  interface Window {
    __atlas_map?: AtlasMap;
  }
}

/** Where pictures for people go; not kept in the repository. */
const pictures = path.resolve(import.meta.dirname, "../../.e2e");

const switches =
  "--no-sandbox --use-angle=swiftshader --enable-unsafe-swiftshader --disable-background-networking " +
  "--disable-component-update --disable-sync --force-color-profile=srgb";

let browser: Browser | undefined;

type Cookies = Parameters<BrowserContext["addCookies"]>[0];

/** Sessions of demo accounts, by name, begun once for all tests of a file. */
const sessions = new Map<string, Promise<Cookies>>();

/** Of the demo accounts the one that sees every layer in the whole district: what pages show when nothing else is said. */
const seesAll = "fire";

/** One Chromium for all tests of a file. */
export function withBrowser(): void {
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    sessions.clear();
    browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: switches.split(" "),
    });
  });
  afterAll(async () => {
    await browser?.close();
    browser = undefined;
  });
}

export interface OpenOptions {
  /** Of another server than the one of all tests; nobody is signed in there. */
  origin?: string;
  /** Demo account that reads; null = the public. The fire liaison of the whole district unless said. */
  as?: string | null;
  /** CSS px; 1440×900 unless said. */
  size?: [width: number, height: number];
  context?: BrowserContextOptions;
  /** Messages of the console and failed requests that this test is about. */
  expectTrouble?: boolean;
  /** Called before the page goes anywhere: routes, scripts. */
  prepare?: (page: Page) => Promise<unknown>;
}

/**
 * Opens an address of the server in a fresh profile. When the test is over the page must have logged no error and no
 * warning, failed no request and asked no other origin for anything (ui/bars.md 9).
 */
export async function openPage(address: string, options: OpenOptions = {}): Promise<Page> {
  const [width, height] = options.size ?? [1440, 900];
  const context = await browser!.newContext({ viewport: { width, height }, ...options.context });
  const reader = options.as === undefined ? (options.origin ? null : seesAll) : options.as;
  if (reader !== null) await context.addCookies(await sessionOf(reader));
  const page = await context.newPage();
  const origin = options.origin ?? inject("origin");
  const trouble = watchTrouble(page, origin);
  onTestFinished(async () => {
    await context.close();
    if (!options.expectTrouble) expect(trouble).toEqual([]);
  });
  await options.prepare?.(page);
  await page.goto(new URL(address, origin).href);
  return page;
}

function sessionOf(name: string): Promise<Cookies> {
  const known = sessions.get(name) ?? beginSession(name);
  sessions.set(name, known);
  return known;
}

/** A session of its own, for tests that end it or that have a server of theirs: cookies of a demo account, or of another. */
export async function beginSession(
  name: string,
  password = "Demo-Atlas-26",
  origin = inject("origin"),
): Promise<Cookies> {
  const response = await fetch(`${origin}/api/session`, {
    method: "POST",
    headers: { "content-type": "application/json", origin },
    body: JSON.stringify({ name, password }),
  });
  if (!response.ok) throw new Error(`${name} cannot sign in: ${await response.text()}`);
  return response.headers.getSetCookie().map((line) => {
    const [pair = "", ...attributes] = line.split("; ");
    const [cookie, value] = [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)];
    const path = attributes.find((attribute) => /^path=/i.test(attribute))?.slice(5) ?? "/";
    return { name: cookie, value, domain: new URL(origin).hostname, path, httpOnly: true, sameSite: "Lax" };
  });
}

/** The same, and waits until the map is drawn and rests. */
export async function openMap(address: string, options: OpenOptions = {}): Promise<Page> {
  const page = await openPage(address, options);
  await mapAtRest(page);
  return page;
}

function watchTrouble(page: Page, origin: string): string[] {
  const trouble: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning")
      trouble.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => trouble.push(`uncaught: ${error.message}`));
  page.on("request", (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(origin))
      trouble.push(`left home: ${request.url()}`);
  });
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText ?? "";
    // Tiles that are not needed any more are given up on purpose.
    if (reason !== "net::ERR_ABORTED") trouble.push(`failed: ${request.url()} ${reason}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) trouble.push(`${response.status()}: ${response.url()}`);
  });
  return trouble;
}

/** Resolves when every tile in view is drawn and the camera rests: said by the map, not guessed by a clock. */
export async function mapAtRest(page: Page): Promise<void> {
  await page.waitForFunction(() => window.__atlas_map?.isIdle() === true, null, { timeout: 90_000 });
}

/** What the map draws now, of one layer of the tiles. */
export function drawnNames(page: Page, sourceLayer: string): Promise<string[]> {
  return page.evaluate(
    (layer) => [
      ...new Set(
        window
          .__atlas_map!.renderedFeatures()
          .filter((feature) => feature.source_layer === layer)
          .map((feature) => String(feature.properties.name ?? feature.properties.code ?? feature.id)),
      ),
    ],
    sourceLayer,
  );
}

/** Resolves when the map draws something of this name. */
export async function drawn(page: Page, sourceLayer: string, name: string): Promise<void> {
  await page.waitForFunction(
    ([layer, wanted]) =>
      window
        .__atlas_map!.renderedFeatures()
        .some(({ source_layer, properties }) => source_layer === layer && properties.name === wanted),
    [sourceLayer, name] as const,
  );
}

/** Keeps a picture of the page for people to look at. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: path.join(pictures, `${name}.png`) });
}
