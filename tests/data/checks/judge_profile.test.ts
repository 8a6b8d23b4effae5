import { expect, test } from "vitest";
import type { ProfileFact } from "../../../data/schema/area.ts";
import { judgeProfile } from "../../../data/checks/judge_profile.ts";

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
