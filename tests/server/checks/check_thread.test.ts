import { beforeAll, expect, test } from "vitest";
import { TangledCoverage } from "../../../data/coverage/tangled.ts";
import { checkInThread } from "../../../server/checks/check_thread.ts";
import type { DivisionBegin } from "../../../server/checks/check_protocol.ts";
import type { Send } from "../../../server/checks/division_repository.ts";
import { packShapes } from "../../../server/checks/packed_shapes.ts";
import { multiPolygonHex } from "../../../server/loading/ewkb.ts";
import { heap } from "../../support/hostile_coverages.ts";
import { buildWorkers } from "../../support/database.ts";

beforeAll(buildWorkers);

const never = new AbortController().signal;
const begin: DivisionBegin = {
  kind: "division",
  top_id: null,
  rules: { special_areas: "beside", water: "covered", hydrant_radius_m: 150 },
  profiles: [],
  inherited_profile_id: null,
  duties: [],
  knows_hydrants: false,
};
const brokenPage = {
  kind: "areas",
  facts: { id: ["1"] },
  shapes: { wkb: Uint8Array.of(9), ends: Uint32Array.of(1) },
} as unknown as Parameters<Send>[0];

test("a division of nothing is whole", async () => {
  const { facts, result } = await checkInThread(
    "division",
    async (send) => {
      send(begin);
      return "facts";
    },
    never,
  );
  expect(facts).toBe("facts");
  expect(result).toMatchObject({ valid: true, inputs: { areas: 0 }, hydrants: null });
});

test("a thread that dies ends the loading, and its failure is told", async () => {
  const dies = checkInThread(
    "division",
    (send, signal) => {
      send(begin);
      send(brokenPage);
      // a loading that would go on for ever
      return new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));
    },
    never,
  );
  await expect(dies).rejects.toThrow(RangeError);
});

test("a thread that dies at its work is told, too", async () => {
  const dies = checkInThread(
    "division",
    async (send) => {
      send(begin);
      send(brokenPage);
    },
    never,
  );
  await expect(dies).rejects.toThrow(RangeError);
});

test("who leaves ends thread and loading", async () => {
  const leaver = new AbortController();
  let ended: unknown;
  const left = checkInThread(
    "division",
    (_, signal) =>
      new Promise<never>((_resolve, reject) => {
        signal.addEventListener("abort", () => {
          ended = signal.reason;
          reject(signal.reason as Error);
        });
        leaver.abort(new Error("gone"));
      }),
    leaver.signal,
  );
  await expect(left).rejects.toThrow("gone");
  expect(ended).toBe(leaver.signal.reason);
});

test("what is sent before its beginning is our mistake", async () => {
  await expect(checkInThread("division", async () => undefined, never)).rejects.toThrow("before its check");
});

test("a heap of areas is refused by name, not as our own failure", async () => {
  const areas = heap(1000);
  const columns = <T>(of: (id: string) => T) => areas.map(({ id }) => of(id));
  const refused = checkInThread(
    "division",
    async (send) => {
      send(begin);
      send({
        kind: "areas",
        facts: {
          id: columns((id) => id),
          network: columns(() => "governance"),
          code: columns((id) => id),
          name: columns((id) => id),
          short_name: columns((id) => id),
          level: columns(() => 1),
          role: columns(() => "grid" as const),
          parent_id: columns(() => null),
          kind: columns(() => "basic" as const),
          profile_id: columns(() => null),
          child_profile_id: columns(() => null),
          level_profile_id: columns(() => null),
          households: columns(() => 0),
          people: columns(() => 0),
        },
        shapes: packShapes(areas.map(({ polygons }) => Buffer.from(multiPolygonHex(polygons), "hex"))),
      });
    },
    never,
  );
  await expect(refused).rejects.toThrow(TangledCoverage);
});
