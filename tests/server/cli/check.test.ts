import { existsSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { checkCommand } from "../../../server/cli/check.ts";
import { UsageError } from "../../../server/cli/command.ts";
import { locateJsonError } from "../../../server/cli/locate_json_error.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ga-check-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => vi.restoreAllMocks());

type Corner = [number, number];
const square = (west: number, side = 0.01): Corner[][] => [
  [
    [west, 45.7],
    [west + side, 45.7],
    [west + side, 45.7 + side],
    [west, 45.7 + side],
    [west, 45.7],
  ],
];
const feature = (id: string | number | undefined, coordinates: unknown, type = "Polygon") => ({
  type: "Feature",
  id,
  properties: {},
  geometry: { type, coordinates },
});
const collection = (...features: unknown[]) => ({ type: "FeatureCollection", features });

function write(name: string, content: unknown): string {
  const file = join(folder, name);
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

/** Runs the command in this process: exit code and what it printed. */
async function check(...args: string[]) {
  const printed = { code: 0, out: "", err: "" };
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    printed.out += text;
    return true;
  });
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    printed.err += text;
    return true;
  });
  try {
    printed.code = await checkCommand.run(args, {});
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    [printed.code, printed.err] = [2, error.message];
  }
  vi.restoreAllMocks();
  return printed;
}

describe("check", () => {
  test("proves a coverage with 0, in words and as JSON", async () => {
    const file = write("right.geojson", collection(feature("A", square(126.6)), feature("B", square(126.61))));
    expect(await check(file)).toMatchObject({ code: 0, out: expect.stringContaining("no fault") });
    const { code, out } = await check(file, "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      valid: true,
      polygons: 2,
      vertices: 10,
      inputs_sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      faults: [],
    });
  });

  test("tells faults with 1, each with its kind, surface, features, place and polygon", async () => {
    const file = write("overlap.geojson", collection(feature("A", square(126.6)), feature(7, square(126.605))));
    const { code, out } = await check(file, "--json");
    expect(code).toBe(1);
    const { valid, faults } = JSON.parse(out);
    expect(valid).toBe(false);
    expect(faults).toMatchObject([{ kind: "overlap", features: ["A", "7"], geometry: { type: "Polygon" } }]);
    expect(faults[0].area_m2).toBeGreaterThan(400_000);
    expect(faults[0].at[0]).toBeGreaterThan(126.605);
    expect(faults[0].geometry.coordinates[0][0]).toHaveLength(2);
  });

  test("fills the container", async () => {
    const file = write("half.geojson", collection(feature("A", square(126.6))));
    const container = write("container.geojson", { type: "Polygon", coordinates: square(126.6, 0.02) });
    const { code, out } = await check(file, "--container", container, "--json");
    expect(code).toBe(1);
    expect(JSON.parse(out).faults).toMatchObject([{ kind: "gap", features: ["A"] }]);
  });

  test("suggests a mend for each fault, with the surfaces after it", async () => {
    //  ┌─────┐
    //  │ A ┌─┼──┐     B lies with a quarter in A; A goes round it on two sides
    //  └───┼─┘B │
    //      └────┘
    const moved = square(126.605).map((ring) => ring.map(([lon, lat]) => [lon, lat - 0.005]));
    const file = write("mend.geojson", collection(feature("A", square(126.6)), feature("B", moved)));
    const [{ area_m2, mends }] = JSON.parse((await check(file, "--json")).out).faults;
    expect(mends.map(({ act, feature: kept }: { act: string; feature: string }) => `${act} ${kept}`).sort()).toEqual([
      "keep A",
      "keep B",
    ]);
    const [{ feature: loser, area_m2_before, area_m2_after }] = mends[0].changes;
    expect(loser).not.toBe(mends[0].feature);
    expect(area_m2_before - area_m2_after).toBeCloseTo(area_m2, 6);
    expect(mends[0].border_m).toBeGreaterThan(900); // 0.005° along each of two sides
    const { code, out } = await check(file);
    expect(code).toBe(1);
    expect(out).toContain(`keep with ${mends[0].feature}`);
    expect(out).toContain(`${area_m2_after.toFixed(2)} m²`);
  });

  test("hashes the same coverage to the same, however it is written", async () => {
    const hashOf = async (name: string, content: unknown) =>
      JSON.parse((await check(write(name, content), "--json")).out).inputs_sha256;
    const [a, b] = [feature("A", square(126.6)), feature("B", square(126.61))];
    const turned = feature("A", [[...square(126.6)[0]!.slice(1), square(126.6)[0]![1]]]);
    const first = await hashOf("hash_1.geojson", collection(a, b));
    expect(await hashOf("hash_2.geojson", collection(b, turned))).toBe(first);
    expect(await hashOf("hash_3.geojson", collection(a, feature("C", square(126.61))))).not.toBe(first);
  });

  test("reads collections in collections", async () => {
    const inner = { type: "GeometryCollection", geometries: [{ type: "Polygon", coordinates: square(126.61) }] };
    const outer = { type: "Feature", id: "B", geometry: { type: "GeometryCollection", geometries: [inner] } };
    const file = write("nested.geojson", collection(collection(feature("A", square(126.6))), collection(outer)));
    expect(JSON.parse((await check(file, "--json")).out)).toMatchObject({ valid: true, polygons: 2 });
  });

  test("names an empty geometry", async () => {
    const file = write("empty_polygon.geojson", collection(feature("A", square(126.6)), feature("B", [])));
    const { code, out } = await check(file, "--json");
    expect(code).toBe(1);
    expect(JSON.parse(out).faults).toMatchObject([{ kind: "invalid_geometry", features: ["B"], at: null }]);
  });

  test("prints a line for each file of a batch and keeps on after one that cannot be read", async () => {
    const batch = join(folder, "batch");
    mkdirSync(batch);
    write("batch/a.geojson", collection(feature("A", square(126.6))));
    write("batch/b.geojson", "{");
    write("batch/c.geojson", collection(feature("A", square(126.6)), feature("B", square(126.6))));
    const { code, out } = await check("--batch", batch, "--json");
    expect(code).toBe(2);
    const lines = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.map(({ file, valid }) => [file, valid])).toEqual([
      ["a.geojson", true],
      ["b.geojson", undefined],
      ["c.geojson", false],
    ]);
  });
});

describe("check refuses, with 2 and the place,", () => {
  const [ring] = square(126.6) as [Corner[]];
  const many: unknown[] = [];
  let deep: unknown = collection(feature("A", square(126.6)));
  for (let i = 0; i < 200; i++) deep = collection(deep);
  test.each<[string, unknown, RegExp]>([
    [
      "a ring that is not closed",
      collection(feature("A", square(1)), feature("B", [ring.slice(0, 4)])),
      /row 2.*\/features\/1\/geometry\/coordinates\/0: .*closed/,
    ],
    ["a ring of two points", collection(feature("A", [[ring[0], ring[0]]])), /row 1.*4 positions/],
    [
      "1e400",
      JSON.stringify(collection(feature("A", square(126.6)))).replace("126.6,", "1e400,"),
      /row 1.*coordinates\/0\/0: .*finite/,
    ],
    ["NaN", '{"type":\n  NaN}', /line 2, column 3/],
    [
      "latitude first",
      collection(feature("A", [ring.map(([lon, lat]) => [lat, lon])])),
      /latitude seems to come first/,
    ],
    [
      "latitude first in the far west, where both are below 90",
      collection(feature("A", [ring.map(([lon, lat]) => [lat, lon - 39])])),
      /row 1.*coordinates\/0\/0: .*latitude seems to come first/,
    ],
    [
      "projected metres",
      collection(feature("A", [ring.map(([lon, lat]) => [lon * 4000, lat * 1e5])])),
      /projected metres/,
    ],
    [
      "an id twice",
      collection(feature("A", square(1)), feature("B", square(2)), feature("A", square(3))),
      /row 3.*row 1/,
    ],
    ["no id", collection(feature(undefined, square(1))), /row 1.*no id/],
    [
      "another coordinate system",
      { ...collection(feature("A", square(1))), crs: { properties: { name: "EPSG:3857" } } },
      /EPSG:3857/,
    ],
    ["nesting 200 deep", deep, /nested/],
    ["brackets a million deep", "[".repeat(1_000_000), /nested/],
    ["points", collection(feature("A", [1, 2], "Point")), /Point/],
    ["no polygon at all", collection(...many), /no polygon/],
    ["other JSON", { hello: [1, 2, 3] }, /hello|Polygon|GeoJSON/],
    ["text", "not json at all\n", /line 1, column 1/],
    ["nothing", "", /line 1, column 1/],
    ["half a file", '{"type":"FeatureCollection","features":[{"type":"Feature","id":"A"', /line 1, column 67/],
  ])("%s", async (_, content, message) => {
    const { code, out, err } = await check(write("bad.geojson", content), "--json");
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(message);
  });

  test("a file of 2 GB, without reading it", async () => {
    const file = write("huge.geojson", "");
    truncateSync(file, 2 ** 31);
    expect(await check(file)).toMatchObject({ code: 2, err: expect.stringContaining("larger than") });
  });

  test("a heap of areas that cross millions of times", async () => {
    const heap = Array.from({ length: 1200 }, (_, i) => feature(i, square(126.6 + i * 1e-6, 0.01 + i * 7e-7)));
    const { code, out, err } = await check(write("heap.geojson", collection(...heap)), "--json");
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/heap\.geojson: .*(cross too often|too many areas)/);
  });

  test("a packed file that would be too large unpacked, and a stream without end", async () => {
    const packed = gzipSync(Buffer.alloc(200 * 1024 * 1024, " "), { level: 1 });
    const file = write("bomb.geojson.gz", "");
    writeFileSync(file, packed);
    expect(await check(file)).toMatchObject({ code: 2, err: expect.stringContaining("larger than") });
    if (existsSync("/dev/zero"))
      expect(await check("/dev/zero")).toMatchObject({ code: 2, err: expect.stringContaining("larger than") });
  });

  test("a file or folder that is not there, and a boundary that crosses itself", async () => {
    expect((await check(join(folder, "none.geojson"))).code).toBe(2);
    expect((await check("--batch", join(folder, "none"))).code).toBe(2);
    const tied = ring.map((_, i) => ring[[0, 2, 1, 3, 0][i]!]);
    const container = write("tied.geojson", { type: "Polygon", coordinates: [tied] });
    const file = write("one.geojson", collection(feature("A", square(126.6))));
    expect(await check(file, "--container", container)).toMatchObject({
      code: 2,
      err: expect.stringContaining("crosses"),
    });
  });
});

test.each([
  ['{"a":[1,2,}', 11],
  ['{"a" 1}', 6],
  ['["a\\x"]', 2],
  ["[01]", 3],
  ["[1] 2", 5],
  ["[tru]", 2],
  ['{"a":1,}', 8],
  ["[}", 2],
])("the place where %s stops being JSON is found", (text, column) => {
  expect(() => JSON.parse(text)).toThrow(SyntaxError);
  expect(locateJsonError(text)).toEqual({ line: 1, column });
});
