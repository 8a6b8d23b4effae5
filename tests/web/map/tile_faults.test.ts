import type { Map as MapLibreMap } from "maplibre-gl";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { TileFaults } from "../../../web/map/tile_faults.ts";

type Listener = (event: unknown) => void;

/** A map of which the test says when tiles fail and when all is drawn. */
function aMap() {
  const onError: Listener[] = [];
  let onIdle: Listener[] = [];
  const refreshed: unknown[] = [];
  const map = {
    on: (name: string, listener: Listener) => name === "error" && onError.push(listener),
    once: (name: string, listener: Listener) => name === "idle" && onIdle.push(listener),
    getSource: () => ({}),
    refreshTiles: (source: string, tiles: unknown[]) => refreshed.push([source, tiles]),
    triggerRepaint: () => {},
  };
  return {
    map: map as unknown as MapLibreMap,
    refreshed,
    fail(sourceId: string, z: number, x: number, y: number, status = 500) {
      const tile = { tileID: { canonical: { z, x, y } } };
      const error = Object.assign(new Error(String(status)), { status });
      for (const listener of onError) listener({ sourceId, tile, error });
    },
    settle() {
      const listeners = onIdle;
      onIdle = [];
      for (const listener of listeners) listener({});
    },
  };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watch(renewAccess?: () => Promise<unknown>) {
  const heard: string[] = [];
  const fake = aMap();
  const faults = new TileFaults(fake.map, {
    failed: ({ layers, basemap }) => heard.push(`failed ${basemap ? "basemap" : layers.join()}`),
    recovered: ({ layers, basemap }) => heard.push(`recovered ${basemap ? "basemap" : layers.join()}`),
    renewAccess,
  });
  return { ...fake, heard, faults };
}

test("a source that fails is told once, by the tile layers it carries", () => {
  const { fail, heard } = watch();
  fail("city", 15, 1, 2);
  fail("city", 15, 1, 3);
  fail("basemap", 15, 1, 2);
  expect(heard).toEqual(["failed ground,roads,estates,buildings", "failed basemap"]);
});

test("failed tiles are asked for again after 2, 5, 10, then every 30 seconds", () => {
  const { fail, refreshed, settle } = watch();
  fail("pipes", 16, 8, 9);
  for (const seconds of [2, 5, 10, 30, 30]) {
    const before = refreshed.length;
    vi.advanceTimersByTime(seconds * 1000 - 1);
    expect(refreshed).toHaveLength(before);
    vi.advanceTimersByTime(1);
    expect(refreshed).toHaveLength(before + 1);
    fail("pipes", 16, 8, 9);
    settle();
  }
  expect(refreshed[0]).toEqual(["pipes", [{ z: 16, x: 8, y: 9 }]]);
});

test("recovery is told when everything asked for has answered without failing", () => {
  const { fail, heard, settle } = watch();
  fail("components", 16, 8, 9);
  vi.advanceTimersByTime(2000);
  expect(heard).toHaveLength(1);
  settle();
  expect(heard).toEqual(["failed components", "recovered components"]);
});

test("a source that fails again after it recovered is told again", () => {
  const { fail, heard, settle } = watch();
  fail("components", 16, 8, 9);
  vi.advanceTimersByTime(2000);
  settle();
  fail("components", 16, 8, 9);
  expect(heard).toHaveLength(3);
});

test("nothing is asked for any more once the map is gone", () => {
  const { fail, faults, refreshed } = watch();
  fail("city", 15, 1, 2);
  faults.stop();
  vi.advanceTimersByTime(60_000);
  expect(refreshed).toEqual([]);
});

test("a forgotten source is not asked for again, and its next failure is told", () => {
  const { fail, heard, faults, refreshed } = watch();
  fail("basemap", 15, 1, 2);
  faults.forget("basemap");
  vi.advanceTimersByTime(60_000);
  expect(refreshed).toEqual([]);
  fail("basemap", 15, 1, 2);
  expect(heard).toEqual(["failed basemap", "failed basemap"]);
});

test("tiles refused to an old token are asked for again when there is a new one, and nobody hears of it", async () => {
  let renewals = 0;
  const { fail, heard, refreshed, settle } = watch(async () => renewals++);
  fail("points", 16, 1, 2, 401);
  fail("points", 16, 1, 3, 401);
  await vi.advanceTimersByTimeAsync(0);
  expect(refreshed).toEqual([
    [
      "points",
      [
        { z: 16, x: 1, y: 2 },
        { z: 16, x: 1, y: 3 },
      ],
    ],
  ]);
  settle();
  expect([renewals, heard]).toEqual([1, []]);
});

test("tiles that stay refused are told as missing, and asked for as others are", async () => {
  const { fail, heard, refreshed, settle } = watch(async () => undefined);
  fail("pipes", 16, 1, 2, 401);
  await vi.advanceTimersByTimeAsync(0);
  fail("pipes", 16, 1, 2, 401);
  settle();
  expect(heard).toEqual(["failed pipes"]);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(refreshed.length).toBe(2);
  settle();
  expect(heard).toEqual(["failed pipes", "recovered pipes"]);
});
