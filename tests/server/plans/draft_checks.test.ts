import fc from "fast-check";
import { expect, test } from "vitest";
import { checkDivision } from "../../../data/checks/check_division.ts";
import type { NetworkRules, Profile } from "../../../data/checks/division.ts";
import type { Draft, DraftArea } from "../../../data/division/draft.ts";
import { metresPerDegree } from "../../../data/measure/ellipsoid.ts";
import { poleOf } from "../../../data/measure/pole.ts";
import type { CheckFault, CheckWarning } from "../../../data/schema/check.ts";
import type { MultiPolygon, Position } from "../../../data/schema/geometry.ts";
import { buildDivision } from "../../../server/checks/build_division.ts";
import type { ThingFacts } from "../../../server/checks/check_protocol.ts";
import { columnsOf } from "../../../server/checks/division_repository.ts";
import { packShapes } from "../../../server/checks/packed_shapes.ts";
import { writeFindings } from "../../../server/checks/write_findings.ts";
import { multiLineHex, multiPolygonHex, pointHex } from "../../../server/loading/ewkb.ts";
import type { DraftSeed, ThingPage } from "../../../server/plans/draft_seed.ts";
import { type HeldDraft, holdDraft, type Judged } from "../../../server/plans/held_draft.ts";
import { operationFor, type Wish } from "../../data/division/random_operations.ts";
import { seeded } from "../../data/division/dissection.ts";
import { aProfile } from "../../support/checked_division.ts";
import { anOpenDraft, draftAreas, type DraftShape } from "../../support/draft_division.ts";

const limits: Profile[] = [
  aProfile({
    ...{ id: "1", joined: "or", households: [20, 90], people: [50, 250], area_m2: [3_000, 30_000] },
    ...{ staffing: { leader: { min: 1, max: null } }, pieces_max: 1, compactness_min: 0.6 },
    ...{ border_on_roads_min: 0.5, balance_max: 2 },
  }),
  aProfile({ id: "2", households: [null, 40], border_on_roads_min: 0.2 }),
];

interface Setting {
  shape: DraftShape;
  rules: NetworkRules;
}

/** What a thread is given of a draft: areas, and things strewn over them, some on borders and some in the gaps. */
function seedOf({ shape, rules }: Setting): { seed: DraftSeed; areas: DraftArea[] } {
  const hasGround = ({ polygons }: DraftArea) => polygons.length > 0;
  const whole = draftAreas({ ...shape, uncovered: undefined }).filter(hasGround);
  const areas = draftAreas(shape)
    .filter(hasGround)
    .map((area, i) => ({ ...area, child_profile_id: i === 0 && !shape.whole ? "1" : null }));
  const missing = whole.filter(({ id }) => areas.every((area) => area.id !== id));
  const facts = areas.map(({ polygons: _, ...area }) => area);
  const things = strew(whole, missing, seeded(shape.seed));
  const buildings = things.find(({ of }) => of === "building")!.facts;
  const seed: DraftSeed = {
    ...{ plan_id: "1", revision: 0, top_id: shape.whole ? null : "1", given: 0, network: "n", rules },
    levels: [1, 2, 3, 4, 5, 6].map((ordinal) => ({
      ordinal,
      role: "grid" as const,
      profile_id: ordinal === 5 ? "1" : "2",
    })),
    ...{
      profiles: limits,
      inherited_profile_id: null,
      duties: [{ code: "leader", name: "网格长", name_en: "Leader" }],
    },
    staff: areas.filter((_, i) => i % 2 === 0).map(({ id }) => ({ area_id: id, duty: "leader", holders: 1 })),
    areas: { facts: columnsOf(facts), shapes: packShapes(areas.map(({ polygons }) => wkb(multiPolygonHex(polygons)))) },
    buildings: {
      at: Float64Array.from(buildings.lon.flatMap((lon, i) => [lon, buildings.lat[i]!])),
      households: Int32Array.from(buildings.households),
      people: Int32Array.from(buildings.people),
    },
    ...{ things, published: [], codes: areas.flatMap(({ code }) => code ?? []) },
  };
  return { seed, areas };
}

const wkb = (hex: string) => Uint8Array.from(Buffer.from(hex, "hex"));

function strew(whole: readonly DraftArea[], missing: readonly DraftArea[], random: () => number): ThingPage[] {
  const lowest = whole.filter(({ id }) => id !== "1");
  const pick = () => lowest[Math.floor(random() * lowest.length)]!;
  const vertex = () => {
    const [[ring]] = pick().polygons as [[number[]]];
    const i = 2 * Math.floor((random() * ring.length) / 2);
    return [ring[i]!, ring[i + 1]!] as Position;
  };
  const box = ([lon, lat]: Position, metres: number): MultiPolygon => {
    const [perLon, perLat] = metresPerDegree(lat);
    const [x, y] = [metres / perLon, metres / perLat].map((d) => Math.round(d * 1e9) / 1e9) as [number, number];
    return [[[lon - x, lat - y, lon + x, lat - y, lon + x, lat + y, lon - x, lat + y, lon - x, lat - y]]];
  };
  const place = (): Position => (random() < 0.5 ? vertex() : poleOf(pick().polygons));
  const pages: ThingPage[] = [];
  const add = (of: ThingPage["of"], rows: { at: Position; hex: string; more?: Partial<ThingFacts> }[]) => {
    const facts = rows.map(
      ({ at: [lon, lat], more }, i): ThingFacts => ({
        ...{ id: `${i + 1}`, name: `${of}${i}`, lon, lat, households: 0, people: 0, building_id: null },
        ...{ road_class: null, use: null, ...more },
      }),
    );
    if (rows.length === 0) return;
    pages.push({ kind: "things", of, facts: columnsOf(facts), shapes: packShapes(rows.map(({ hex }) => wkb(hex))) });
  };
  const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);
  const surface = (metres: number, more: () => Partial<ThingFacts> = () => ({})) => {
    const at = place();
    return { at, hex: multiPolygonHex(box(at, metres * (0.5 + random()))), more: more() };
  };
  const lived = () => ({ households: Math.floor(random() * 30), people: Math.floor(random() * 90), use: "home" });
  add(
    "building",
    times(4 * lowest.length, () => surface(6, lived)),
  );
  add(
    "estate",
    times(lowest.length, () => surface(40, lived)),
  );
  add(
    "facility",
    times(lowest.length, () => point(place())),
  );
  add(
    "legal_entity",
    times(lowest.length, () => ({ ...point(place()), more: { building_id: `${Math.ceil(random() * 9)}` } })),
  );
  const roads = lowest.filter(() => random() < 0.5).map(({ polygons }) => polygons[0]![0]!);
  const across = times(4, () => [...vertex(), ...vertex()]);
  add(
    "road",
    [...roads, ...across].map((line) => ({
      at: [line[0]!, line[1]!],
      hex: multiLineHex([[...line]]),
      more: { road_class: random() < 0.5 ? "lane" : "secondary" },
    })),
  );
  const water = missing.filter((_, i) => i % 2 === 0).map(({ polygons }) => polygons);
  add(
    "water",
    [...water, box(place(), 60)].map((polygons) => ({
      at: [polygons[0]![0]![0]!, polygons[0]![0]![1]!],
      hex: multiPolygonHex(polygons),
    })),
  );
  return pages;
}

function point(at: Position) {
  return { at, hex: pointHex(at) };
}

/** What `/check` says of the draft as it is. */
function checkWhole(held: HeldDraft, seed: DraftSeed) {
  const { rules, profiles, inherited_profile_id, duties, top_id, staff } = seed;
  const begin = {
    kind: "division",
    rules,
    profiles,
    inherited_profile_id,
    duties,
    top_id,
    knows_hydrants: false,
  } as const;
  const builder = buildDivision(begin);
  const { facts, shapes } = held.division();
  if (shapes.ends.length > 0) builder.take({ kind: "areas", facts, shapes });
  for (const page of seed.things) builder.take(page);
  builder.take({ kind: "staff", facts: columnsOf(staff) });
  const built = builder.finish();
  return writeFindings(built, checkDivision(built.division));
}

/** A finding in words, and its measures, which are summed in another order where only a part is checked. */
interface Finding {
  words: string;
  measures: number[];
}

function ofFault({ kind, areas, parent, area_m2, length_m, thing }: CheckFault): Finding {
  const where = areas.map(({ id }) => id).sort();
  return {
    words: [kind, thing?.kind, thing?.id, parent?.id, ...where].join(" "),
    measures: [area_m2, length_m ?? 0],
  };
}

function ofWarning({ key, area, figures, cut, profile }: CheckWarning): Finding {
  const judged = figures.map(({ what, fits }) => `${what} ${fits}`);
  const shares = (cut?.shares ?? []).map(({ area: of, households }) => `${of?.id} ${households}`);
  const units = (cut?.units ?? []).map(({ id }) => id);
  return {
    words: [key, area.id, profile?.name, ...judged, ...shares, ...units].join(" | "),
    measures: [...figures.map(({ value }) => value), ...(cut?.shares ?? []).map(({ share }) => share)],
  };
}

function expectAlike(told: Finding[], expected: Finding[], what: string): void {
  const inOrder = (a: Finding, b: Finding) =>
    a.words < b.words ? -1 : a.words > b.words ? 1 : (a.measures[0] ?? 0) - (b.measures[0] ?? 0);
  const [one, other] = [told.sort(inOrder), expected.sort(inOrder)];
  expect(
    one.map(({ words }) => words),
    what,
  ).toEqual(other.map(({ words }) => words));
  const all = other.flatMap(({ measures }) => measures);
  for (const [i, value] of one.flatMap(({ measures }) => measures).entries()) {
    expect(Math.abs(value - all[i]!), what).toBeLessThan(1e-3 + 1e-5 * all[i]!);
  }
}

function play(setting: Setting, wishes: readonly Wish[]): number {
  const { seed, areas } = seedOf(setting);
  const held = holdDraft(structuredClone(seed));
  if ("faults" in held) throw new Error("the division cannot be drawn");
  const shadow: Draft = anOpenDraft(areas, { top_id: seed.top_id, special_areas: seed.rules.special_areas });
  let known = checkWhole(held, seed).warnings.map((warning): CheckWarning => ({ ...warning, reason: null }));
  const inverses: Parameters<HeldDraft["restore"]>[0][] = [];
  let steps = 0;
  const compare = (what: string, { faults, warnings, judged }: Judged, gone: readonly string[]) => {
    const full = checkWhole(held, seed);
    const expected = full.faults.filter((fault) => seed.top_id !== null || !isBeyond(fault, faults));
    expectAlike(faults.map(ofFault), expected.map(ofFault), what);
    // as whoever listens to steps keeps them
    const anew = new Set([...judged, ...gone]);
    known = [...known.filter(({ area }) => !anew.has(area.id)), ...warnings];
    expectAlike(
      known.map(ofWarning),
      full.warnings.map((warning) => ofWarning({ ...warning, reason: null })),
      what,
    );
    steps++;
  };
  for (const wish of wishes) {
    const operation = operationFor(shadow, wish);
    if (!operation) continue;
    const step = held.apply(operation);
    const same = shadow.apply(operation);
    expect(step.ok).toBe(same.ok);
    if (!step.ok || !same.ok) continue;
    inverses.push(step.inverse);
    compare(JSON.stringify(operation), step, step.removed);
  }
  for (const inverse of inverses.reverse().slice(0, 3)) {
    const step = held.restore(inverse);
    compare("undo", step, step.removed);
  }
  return steps;
}

/** Of a whole network a step says what lies in its gaps, and leaves the rest to the full check. */
function isBeyond({ kind, thing }: CheckFault, told: readonly CheckFault[]): boolean {
  return kind === "uncovered" && !told.some((one) => one.thing?.kind === thing!.kind && one.thing.id === thing!.id);
}

const chance = fc.noBias(fc.nat(999_999).map((value) => value / 1e6));
const wishes = fc.array(fc.record({ kind: chance, chances: fc.array(chance, { minLength: 12, maxLength: 12 }) }), {
  ...{ minLength: 12, maxLength: 12, size: "max" as const },
});
const setting = fc.record({
  shape: fc.record({
    columns: fc.integer({ min: 2, max: 5 }),
    rows: fc.integer({ min: 2, max: 5 }),
    areas: fc.integer({ min: 4, max: 12 }),
    detail: fc.integer({ min: 0, max: 2 }),
    seed: fc.noBias(fc.integer({ min: 1, max: 1e6 })),
    uncovered: fc.constantFrom(undefined, 4),
    whole: fc.boolean(),
  }),
  rules: fc.record({
    special_areas: fc.constantFrom("beside" as const, "over" as const),
    water: fc.constantFrom("free" as const, "covered" as const),
    hydrant_radius_m: fc.constant(150),
  }),
});

const runs = process.env.QUALITY === "1" ? 400 : 25;

test("after any steps the checks of a draft say what the full check says", () => {
  let steps = 0;
  fc.assert(
    fc.property(setting, wishes, (asked, some) => {
      steps += play(asked, some);
    }),
    { numRuns: runs },
  );
  expect(steps).toBeGreaterThan(runs);
});
