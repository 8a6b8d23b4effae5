import { beforeAll, expect, test } from "vitest";
import type { Db } from "../../../server/db/db.ts";
import { worldBits, worldX, worldY } from "../../../tiles/tile_math.ts";
import { placeIn } from "../../support/two_subdistricts.ts";
import type { WholeApp } from "../../support/whole_app.ts";
import { readStrictly } from "../../tiles/strict_reader.ts";
import request from "supertest";
import { areaId, begin, type Browser, splitAt, startPlanning, write } from "./planning.ts";

let db: Db;
let app: WholeApp;
let planner: Browser;
let stranger: Browser;

beforeAll(async () => {
  const planning = await startPlanning();
  ({ db, app } = planning);
  planner = await planning.somebody("planner", ["planner"], "01");
  stranger = await planning.somebody("stranger", ["planner"], "02");
});

function tileUrl(query: string): string {
  const [lon, lat] = placeIn("west", 1, 1);
  const side = 2 ** (worldBits - 14);
  return `/tiles/areas/14/${Math.floor(worldX(lon) / side)}/${Math.floor(worldY(lat) / side)}.mvt${query}`;
}

async function facesOf(browser: Browser, query: string) {
  const answer = await browser
    .get(tileUrl(query))
    .buffer(true)
    .parse((stream, done) => {
      const pieces: Buffer[] = [];
      const from = stream as unknown as NodeJS.ReadableStream;
      from.on("data", (piece: Buffer) => pieces.push(piece));
      from.on("end", () => done(null, Buffer.concat(pieces)));
    });
  expect(answer.status).toBe(200);
  const layers = readStrictly(answer.body as Buffer);
  return { headers: answer.headers as Record<string, string>, layers };
}

test("a draft before its first step is drawn as what is published, in the plan's area", async () => {
  const plan = await begin(planner, "011");
  const draft = await facesOf(planner, `?plan=${plan.id}`);
  expect(draft.headers["cache-control"]).toBe("private, no-cache");
  expect(draft.layers.map(({ name }) => name)).toEqual(["areas", "area_arcs", "area_labels"]);
  const published = await facesOf(planner, "");
  const attributesOf = ({ layers }: typeof draft) =>
    new Map(layers[0]!.features.map(({ attributes }) => [attributes.code, Object.keys(attributes).sort()]));
  const [mine, theirs] = [attributesOf(draft), attributesOf(published)];
  expect([...mine.keys()].sort()).toEqual(["011", "0111", "0112"]);
  for (const [code, names] of mine) expect(names).toEqual(theirs.get(code));
});

test("a step is in the next tile; nobody else gets it", async () => {
  const plan = await begin(planner, "011");
  await write(planner, `/api/plans/${plan.id}/operations`, 0, splitAt(await areaId(db, "0111"), 2)).expect(200);
  const { layers } = await facesOf(planner, `?plan=${plan.id}`);
  expect(layers[0]!.features.map(({ attributes }) => attributes.name)).toContain("新网格");
  await stranger.get(tileUrl(`?plan=${plan.id}`)).expect(404);
  await request(app.handler)
    .get(tileUrl(`?plan=${plan.id}`))
    .expect(401);
  await planner.get(tileUrl("?plan=999999")).expect(404);
  await planner.get(tileUrl(`?plan=${plan.id}`).replace("/areas/", "/areas,roads/")).expect(400);
});
