import { expect, test } from "vitest";
import type { DraftArea } from "../../../data/division/draft.ts";
import type { PlanProfile } from "../../../data/schema/plan.ts";
import { profileOf } from "../../../web/planner/profile_of.ts";

function aProfile(id: string, rest: Partial<PlanProfile> = {}): PlanProfile {
  const none: [null, null] = [null, null];
  return {
    ...{ id, name: id, source: "", joined: "and", households: none, people: none, area_m2: none },
    ...{ levels: [], inherited: false, ...rest },
  };
}

function anArea(id: string, rest: Partial<DraftArea> = {}): DraftArea {
  return {
    ...{ id, parent_id: null, level: 4, code: null, name: id, short_name: id, kind: "basic", polygons: [] },
    ...{ profile_id: null, child_profile_id: null, ...rest },
  };
}

function limitsOf(area: DraftArea, above: readonly DraftArea[], profiles: readonly PlanProfile[]): string | undefined {
  const areas = new Map([...above, area].map((each) => [each.id, each]));
  return profileOf({ area: (id) => areas.get(id) }, profiles, area)?.id;
}

const [own, parents, city, level] = [
  aProfile("own"),
  aProfile("parents"),
  aProfile("city", { inherited: true }),
  aProfile("level", { levels: [4] }),
];

test("an area's own limits come before those that an area above sets", () => {
  const parent = anArea("1", { level: 3, child_profile_id: "parents" });
  expect(limitsOf(anArea("2", { parent_id: "1", profile_id: "own" }), [parent], [own, parents, level])).toBe("own");
  expect(limitsOf(anArea("2", { parent_id: "1" }), [parent], [own, parents, city, level])).toBe("parents");
});

test("what an area above the plan sets holds before the level's", () => {
  expect(limitsOf(anArea("2"), [], [level, city])).toBe("city");
});

test("where nobody sets limits those of the level hold, of that level alone", () => {
  expect(limitsOf(anArea("2"), [], [own, level])).toBe("level");
  expect(limitsOf(anArea("3", { level: 3 }), [], [own, level])).toBeUndefined();
});
