import type { AreaRef } from "../../data/schema/area.ts";
import type { EditionDifference, LineageEntry } from "../../data/schema/plan.ts";
import { aGrid } from "./a_check_report.ts";

type Change = EditionDifference["changes"][number];

/** A square metre of ground or more, west of the others by `column` thousandths of a degree. */
export function aChange(from: AreaRef | null, to: AreaRef | null, facts: Partial<Change> = {}, column = 0): Change {
  const west = 121 + (400 + column) / 1000;
  const east = 121 + (401 + column) / 1000;
  const ring = [
    [west, 33.6],
    [east, 33.6],
    [east, 33.601],
    [west, 33.6],
  ];
  return {
    kind: from === null ? "gained" : to === null ? "lost" : "moved",
    from,
    to,
    area_m2: 1000,
    households: 10,
    people: 25,
    at: [west + 0.0005, 33.6002],
    geometry: { type: "Polygon", coordinates: [ring] },
    ...facts,
  };
}

export function aStep(
  kind: LineageEntry["kind"],
  from: AreaRef | null,
  area: AreaRef | null,
  share_of_from: number | null = 0.5,
  share_of_area: number | null = 0.5,
): LineageEntry {
  return { kind, from, area, share_of_from, share_of_area, households: null };
}

const grid = (number: string) => aGrid(number);
const community = aGrid("00", { code: "900102001002", short_name: "慧泽社区", level: 2, role: "community" });
const beyond = aGrid("99", { code: "900102001003", short_name: "东街社区", level: 2, role: "community" });

/**
 * Ten grids and what became of them: 01 was split (11 is new), 03 went into 02, 04 gave ground to 05, 06 took in ground of
 * nobody and 07 gave some up, 08 was renamed, 09 got another code (12), 10 is as it was. The community lost ground to
 * the next one.
 */
export function aDifference(facts: Partial<EditionDifference> = {}): EditionDifference {
  const renamed = { area: aGrid("08", { short_name: "新泽08" }), was: grid("08") };
  return {
    network: "governance",
    from: 1,
    to: 2,
    areas: { from: 10, to: 10 },
    changes: [
      aChange(grid("03"), grid("02"), { area_m2: 9000, households: 90, people: 200 }, 1),
      aChange(grid("01"), grid("11"), { area_m2: 5000, households: 50, people: 120 }, 2),
      aChange(grid("04"), grid("05"), {}, 3),
      aChange(grid("09"), grid("12"), { area_m2: 8000, households: 80 }, 4),
      aChange(null, grid("06"), { area_m2: 300, households: 0 }, 5),
      aChange(grid("07"), null, { area_m2: 200, households: 0 }, 6),
    ],
    lineage: [
      aStep("split", grid("01"), grid("01")),
      aStep("split", grid("01"), grid("11"), 0.5, 1),
      aStep("merged", grid("02"), grid("02"), 1),
      aStep("merged", grid("03"), grid("02"), 1),
      aStep("reshaped", grid("04"), grid("04"), 0.9, 1),
      aStep("reshaped", grid("04"), grid("05"), 0.1, 0.1),
      aStep("reshaped", grid("05"), grid("05"), 1, 0.9),
      aStep("reshaped", null, grid("06"), null, 0.05),
      aStep("reshaped", grid("06"), grid("06"), 1, 0.95),
      aStep("reshaped", grid("07"), null, 0.05, null),
      aStep("reshaped", grid("07"), grid("07"), 0.95, 1),
      aStep("kept", grid("08"), renamed.area, 1, 1),
      aStep("kept", grid("09"), grid("12"), 1, 1),
      aStep("kept", grid("10"), grid("10"), 1, 1),
      aStep("reshaped", community, community, 0.98, 1),
      aStep("reshaped", community, beyond, 0.02, 0.01),
    ],
    renamed: [renamed],
    ...facts,
  };
}
