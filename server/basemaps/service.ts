import type { Basemap } from "../../data/schema/basemap.ts";
import { failed, type Outcome } from "../../data/schema/problem.ts";
import type { BasemapSetting } from "../config.ts";

export interface Picture {
  type: string;
  bytes: Buffer;
}

export interface BasemapService {
  list: () => Basemap[];
  picture: (id: string, z: number, x: number, y: number) => Promise<Outcome<Picture>>;
}

const answerWithin = 6000; // ms; a backdrop later than this is of no use
const largestPicture = 4 * 1024 * 1024;
const restAfterFailures = 3;
const restFor = 15_000; // ms in which a failing service is not asked again

interface Health {
  failures: number;
  resting_until: number;
}

/**
 * Fetches backdrop tiles from the services an administrator configured. The browser never learns their address or key.
 * A failing service is left alone for some seconds: its slowness must cost the backdrop only.
 */
export function basemapService(
  settings: BasemapSetting[],
  options: { cacheBytes: number; now: () => number },
): BasemapService {
  const cache = new PictureCache(options.cacheBytes);
  const health = new Map<string, Health>(settings.map(({ id }) => [id, { failures: 0, resting_until: 0 }]));

  async function picture(id: string, z: number, x: number, y: number): Promise<Outcome<Picture>> {
    const setting = settings.find((candidate) => candidate.id === id);
    if (!setting) {
      return failed("basemap.unknown", {
        detail: `没有名为 ${id.slice(0, 60)} 的底图。`,
        fix: "请从底图列表中选择。",
        allowed: settings.map((known) => known.id),
      });
    }
    const side = 2 ** z;
    const absent = failed("tile.out_of_range", {
      detail: `底图 ${id} 没有 ${z}/${x}/${y}。`,
      fix: `级别须在 ${setting.min_zoom}–${setting.max_zoom} 之间，行列号须小于 2 的级别次方，并在底图的范围内。`,
    });
    if (z < setting.min_zoom || z > setting.max_zoom || x >= side || y >= side) return absent;
    const key = `${id}/${z}/${x}/${y}`;
    const kept = cache.get(key);
    if (kept) return { ok: true, value: kept };
    const state = health.get(id)!;
    if (state.resting_until > options.now()) return unavailable(setting, "上次连接失败，稍后再试");
    const fetched = await fetchPicture(setting, z, x, y);
    if (!fetched.ok && fetched.reason === "absent") {
      state.failures = 0;
      return absent;
    }
    if (!fetched.ok) {
      state.failures += 1;
      if (state.failures >= restAfterFailures) state.resting_until = options.now() + restFor;
      return unavailable(setting, fetched.reason);
    }
    state.failures = 0;
    cache.set(key, fetched.picture);
    return { ok: true, value: fetched.picture };
  }

  return { list: () => settings.map(publicFacts), picture };
}

function publicFacts({ url: _secret, ...facts }: BasemapSetting): Basemap {
  return facts;
}

function unavailable(setting: BasemapSetting, reason: string): Outcome<Picture> {
  return failed("basemap.unavailable", {
    detail: `${setting.name}连接失败（${reason}）。`,
    fix: "已可不带底图继续使用，业务数据不受影响；请管理员检查底图服务与网络。",
  });
}

async function fetchPicture(
  setting: BasemapSetting,
  z: number,
  x: number,
  y: number,
): Promise<{ ok: true; picture: Picture } | { ok: false; reason: string }> {
  const address = setting.url.replaceAll("{z}", String(z)).replaceAll("{x}", String(x)).replaceAll("{y}", String(y));
  try {
    // A redirect could lead the server anywhere, so none is followed.
    const response = await fetch(address, { redirect: "error", signal: AbortSignal.timeout(answerWithin) });
    // beyond its coverage a healthy service says that there is nothing
    if (response.status === 404 || response.status === 204) return { ok: false, reason: "absent" };
    if (!response.ok) return { ok: false, reason: `服务应答 ${response.status}` };
    const type = response.headers.get("content-type")?.split(";")[0].trim() ?? "";
    if (!/^image\/(png|jpeg|webp)$/.test(type)) return { ok: false, reason: "服务返回的不是图片" };
    const bytes = await readAtMost(response, largestPicture);
    return bytes ? { ok: true, picture: { type, bytes } } : { ok: false, reason: "图片过大" };
  } catch (error) {
    return { ok: false, reason: error instanceof Error && error.name === "TimeoutError" ? "超时" : "网络不通" };
  }
}

async function readAtMost(response: Response, limit: number): Promise<Buffer | undefined> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > limit) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** Keeps the pictures used last, up to a number of bytes. */
class PictureCache {
  private readonly kept = new Map<string, Picture>();
  private readonly limit: number;
  private size = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  get(key: string): Picture | undefined {
    const picture = this.kept.get(key);
    if (!picture) return undefined;
    this.kept.delete(key);
    this.kept.set(key, picture);
    return picture;
  }

  set(key: string, picture: Picture): void {
    const former = this.kept.get(key);
    if (former) this.size -= former.bytes.length;
    this.kept.delete(key);
    this.kept.set(key, picture);
    this.size += picture.bytes.length;
    for (const [oldest, dropped] of this.kept) {
      if (this.size <= this.limit) break;
      this.kept.delete(oldest);
      this.size -= dropped.bytes.length;
    }
  }
}
