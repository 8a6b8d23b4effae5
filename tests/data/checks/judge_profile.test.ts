import { describe, expect, test } from "vitest";
import type { ProfileFact } from "../../../data/schema/area.ts";
import { fitsAtMost, judgeProfile } from "../../../data/checks/judge_profile.ts";

function aProfile(change: Partial<ProfileFact>): ProfileFact {
  return {
    name: "街道网格",
    source: "2017 年街道规则",
    joined: "or",
    households: [300, 500],
    people: [null, null],
    ...change,
  };
}

test("a grid of 118 households is too small for 300–500, and says by how much", () => {
  const verdict = judgeProfile(aProfile({}), { households: 118, people: 350 });
  expect(verdict.inside).toBe(false);
  expect(verdict.figures).toEqual([{ what: "households", value: 118, limits: [300, 500], off: -182 }]);
});

test("the limits themselves are inside", () => {
  expect(judgeProfile(aProfile({}), { households: 300, people: 0 }).inside).toBe(true);
  expect(judgeProfile(aProfile({}), { households: 500, people: 0 }).inside).toBe(true);
});

test("joined by or, one figure suffices; joined by and, both must hold", () => {
  const limits = { households: [300, 500], people: [1000, 1500] } satisfies Partial<ProfileFact>;
  const counts = { households: 612, people: 1200 };
  expect(judgeProfile(aProfile({ ...limits, joined: "or" }), counts).inside).toBe(true);
  expect(judgeProfile(aProfile({ ...limits, joined: "and" }), counts).inside).toBe(false);
});

test("a profile without limits is always kept", () => {
  const free = aProfile({ households: [null, null] });
  expect(judgeProfile(free, { households: 0, people: 0 })).toEqual({ inside: true, figures: [] });
});

test("an open end has no limit on that side", () => {
  const verdict = judgeProfile(aProfile({ households: [null, 3000] }), { households: 5226, people: 15_930 });
  expect(verdict.figures[0]?.off).toBe(2226);
});

describe("what would fit an area by itself", () => {
  const profile = { joined: "and", households: [300, 500], people: [null, null], area_m2: [null, null] } as const;
  const fits = (change: Partial<Parameters<typeof fitsAtMost>[0]>, households: number, people = 0, area_m2 = 0) =>
    fitsAtMost({ ...profile, ...change }, { households, people, area_m2 });

  test("is asked for too much only, never for too little", () => {
    expect([fits({}, 3), fits({}, 500), fits({}, 501)]).toEqual([true, true, false]);
  });

  test("without an upper limit all fits", () => {
    expect(fitsAtMost(null, { households: 1e6, people: 1e6, area_m2: 1e9 })).toBe(true);
    expect(fits({ households: [300, null] }, 1e6)).toBe(true);
  });

  test("joined by or, one figure suffices; joined by and, both must fit", () => {
    const people = [null, 1000] as const;
    expect([fits({ people }, 400, 1200), fits({ people, joined: "or" }, 400, 1200)]).toEqual([false, true]);
    expect(fits({ people, joined: "or" }, 600, 1200)).toBe(false);
    expect(fits({ people: [800, null], joined: "or" }, 600, 1200)).toBe(true);
  });

  test("what is larger than the largest surface does not fit, whoever lives there", () => {
    expect([fits({ area_m2: [null, 20_000] }, 10, 0, 20_001), fits({ area_m2: [null, 20_000] }, 10, 0, 9000)]).toEqual([
      false,
      true,
    ]);
  });
});
