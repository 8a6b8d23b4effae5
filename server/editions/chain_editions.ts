import { groupBy } from "../../data/group_by.ts";
import { traceLineage } from "../../data/division/lineage.ts";
import { chainMovedGround, type MovedGround } from "../../data/division/moved_ground.ts";
import type { ChangedArea, Comparison, EditionTask, PackedGround } from "./edition_protocol.ts";
import { readPolygons } from "./read_polygons.ts";

type Ground = Pick<PackedGround["facts"][number], "edition" | "level" | "lowest"> & MovedGround;

/** What two editions differ by, from the ground that changed hands in each edition between them. */
export function chainEditions({ before, after, ground }: EditionTask & { kind: "chain" }): Comparison {
  const rows = unpack(ground);
  const found: Comparison = { lineage: [], moved: [] };
  for (const { from, to, polygons, area_m2, at } of chained(rows.filter(({ lowest }) => lowest)))
    found.moved.push({ from, to, polygons, area_m2, at, level: 0, lowest: true });
  for (const level of [...new Set([...before, ...after].map((area) => area.level))].sort((a, b) => a - b)) {
    const isHere = (area: ChangedArea) => area.level === level;
    const moved = chained(rows.filter((row) => row.level === level));
    const parts = traceLineage(before.filter(isHere), after.filter(isHere), moved);
    found.lineage.push(...parts.map((part) => ({ ...part, level })));
  }
  return found;
}

/** By edition. */
function chained(rows: readonly Ground[]): MovedGround[] {
  const steps = groupBy(rows, ({ edition }) => edition);
  return chainMovedGround([...steps].sort(([a], [b]) => a - b).map(([, step]) => step));
}

function unpack({ facts, wkb, ends }: PackedGround): Ground[] {
  return facts.map(({ lon, lat, ...fact }, i) => ({
    ...fact,
    at: [lon, lat],
    polygons: readPolygons(wkb.subarray(i === 0 ? 0 : ends[i - 1]!, ends[i]!)),
  }));
}
