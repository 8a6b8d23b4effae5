import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { generateDemo } from "../../../data/demo/generate.ts";
import type { DraftArea } from "../../../data/division/draft.ts";
import { aDraftArea, anOpenDraft } from "../../support/draft_division.ts";
import { seeded } from "./dissection.ts";
import { Ledger, runDraft } from "./draft_run.ts";
import { strewPoints } from "./owner_model.ts";

const inQuality = process.env.QUALITY === "1";

/** A whole network of the demo district: several levels, a zone of scattered special grids, borders on roads. */
function demoAreas(network: string): DraftArea[] {
  const rows = generateDemo({ size: "district" });
  const { id } = rows.network.find(({ code }) => code === network)!;
  const levels = new Map(rows.level.map((level) => [level.id, level.ordinal]));
  return rows.area
    .filter(({ network_id }) => network_id === id)
    .map(({ geom, parent_id, level_id, ...area }) =>
      aDraftArea({
        ...{ id: String(area.id), parent_id: parent_id === null ? null : String(parent_id) },
        ...{ level: levels.get(level_id)!, code: area.code, kind: area.kind, polygons: geom },
      }),
    );
}

function play(areas: readonly DraftArea[], top_id: string | null, steps: number, seed: number): Ledger {
  const ledger = new Ledger();
  const draft = anOpenDraft(areas, { top_id });
  const random = seeded(seed);
  const sample = { points: strewPoints(areas, 250, seed), over: false, open: top_id === null };
  const wishes = Array.from({ length: steps }, () => ({ kind: random(), chances: Array.from({ length: 13 }, random) }));
  runDraft({ draft, top_id, sample, ledger }, wishes);
  return ledger;
}

describe("the demo district", () => {
  const areas = demoAreas("governance");
  test("stays whole through any operations on the whole network", { timeout: 600_000 }, () => {
    const ledger = play(areas, null, inQuality ? 600 : 16, 1);
    expect(ledger.operations).toBeGreaterThan(inQuality ? 200 : 3);
  });
  test("stays whole through any operations in one of its subdistricts", { timeout: 600_000 }, () => {
    const top = areas.find(({ parent_id, kind }) => parent_id === null && kind === "basic")!;
    const within = new Set([top.id]);
    for (const { id, parent_id } of areas) if (parent_id !== null && within.has(parent_id)) within.add(id);
    const below = areas.filter(({ id }) => within.has(id));
    const ledger = play(below, top.id, inQuality ? 1_000 : 30, 2);
    expect(ledger.operations).toBeGreaterThan(inQuality ? 300 : 8);
  });
});

/** Real city blocks, where somebody keeps them beside the project; they are no part of it. */
const real = path.resolve(import.meta.dirname, "../../../../shared/data/partition/u200-planted-385-415.geojson.gz");

test.skipIf(!existsSync(real))("real blocks stay whole through any operations", { timeout: 600_000 }, () => {
  const { features } = JSON.parse(gunzipSync(readFileSync(real)).toString()) as {
    features: { geometry: { type: string; coordinates: number[][][] | number[][][][] } }[];
  };
  const areas = features.map(({ geometry }, i) => {
    const polygons = (geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates) as number[][][][];
    return aDraftArea({ id: `${100 + i}`, polygons: polygons.map((polygon) => polygon.map((ring) => ring.flat())) });
  });
  const ledger = play(areas, null, inQuality ? 600 : 40, 3);
  expect(ledger.operations).toBeGreaterThan(inQuality ? 150 : 10);
});
