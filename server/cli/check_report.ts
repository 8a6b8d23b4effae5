import { createHash } from "node:crypto";
import { canonicalLines } from "../../data/checks/canonical_lines.ts";
import type { Mend } from "../../data/checks/findings.ts";
import { suggestMends } from "../../data/checks/suggest_mends.ts";
import type { CoverageArea, Fault } from "../../data/coverage/fault.ts";
import { findFaults } from "../../data/coverage/find_faults.ts";
import type { MultiPolygon } from "../../data/schema/geometry.ts";

/** What `check --json` prints (design §4). */
export interface CheckReport {
  valid: boolean;
  polygons: number;
  vertices: number;
  /** Of ids and coordinates as `canonicalLines` writes them: the same coverage gives the same, here and on the server. */
  inputs_sha256: string;
  faults: ReportedFault[];
}

type ReportedFault = Omit<Fault, "polygons"> & {
  geometry: { type: "Polygon" | "MultiPolygon"; coordinates: unknown[] };
  /** Ways to heal it, the suggested one first. */
  mends: ReportedMend[];
};

interface ReportedMend {
  act: Mend["act"];
  /** Who gets, keeps or loses the place. */
  feature: string;
  /** Metres that it has in common with the place. */
  border_m: number;
  changes: { feature: string; area_m2_before: number; area_m2_after: number }[];
}

/** Checks a coverage that was read from a file. @throws as `findFaults` */
export function reportCoverage(areas: readonly CoverageArea[], container?: MultiPolygon): CheckReport {
  let vertices = 0;
  for (const { polygons } of areas)
    for (const polygon of polygons) for (const ring of polygon) vertices += ring.length / 2;
  const faults = findFaults(areas, container);
  const mends = suggestMends(faults, {
    areas: areas.map((area) => ({ ...area, households: 0, people: 0 })),
    buildings: [],
  });
  return {
    valid: faults.length === 0,
    polygons: areas.length,
    vertices,
    inputs_sha256: hashOf(areas),
    faults: faults.map(({ polygons, ...fault }, i) => ({
      ...fault,
      geometry: geometryOf(polygons),
      mends: mends[i]!.map(reported),
    })),
  };
}

function hashOf(areas: readonly CoverageArea[]): string {
  const hash = createHash("sha256");
  for (const line of canonicalLines(areas.map(({ id, polygons }) => ({ code: id, polygons })))) hash.update(line);
  return hash.digest("hex");
}

function reported({ act, area_id, border_m, changes }: Mend): ReportedMend {
  return {
    act,
    feature: area_id,
    border_m,
    changes: changes.map((change) => ({
      feature: change.area_id,
      area_m2_before: change.before.area_m2,
      area_m2_after: change.after.area_m2,
    })),
  };
}

function geometryOf(polygons: MultiPolygon): ReportedFault["geometry"] {
  const parts = polygons.map((polygon) =>
    polygon.map((ring) => Array.from({ length: ring.length / 2 }, (_, i) => [ring[2 * i], ring[2 * i + 1]])),
  );
  return parts.length === 1
    ? { type: "Polygon", coordinates: parts[0]! }
    : { type: "MultiPolygon", coordinates: parts };
}

const kindWords: Record<Fault["kind"], string> = {
  gap: "空白 gap",
  overlap: "重叠 overlap",
  outside: "越界 outside",
  invalid_geometry: "几何无效 invalid geometry",
};
/** Names of one fault in a line: of ten thousand the first say enough. */
const mostNames = 12;

export function inWords({ valid, polygons, vertices, faults }: CheckReport): string {
  const counts = `${polygons} 个面 polygons, ${vertices} 个点 vertices`;
  if (valid) return `无缺陷 / no fault (${counts})\n`;
  const lines = faults.map(({ kind, area_m2, features, at, reason, mends }) => {
    const where = at ? ` @ ${at.map((degrees) => degrees.toFixed(7)).join(", ")}` : "";
    const why = reason ? ` (${reason})` : "";
    const mend = mends[0] ? `    → ${mendInWords(mends[0])}\n` : "";
    return `  ${kindWords[kind]}${why}: ${area_m2.toFixed(4)} m², ${named(features)}${where}\n${mend}`;
  });
  return `${faults.length} 处缺陷 / faults (${counts})\n${lines.join("")}`;
}

function named(features: readonly string[]): string {
  const more = features.length > mostNames ? ` + … (${features.length})` : "";
  return features.slice(0, mostNames).join(" + ") + more;
}

/** The suggested mend with the figures after it. */
function mendInWords({ act, feature, border_m, changes }: ReportedMend): string {
  const border = `${border_m.toFixed(2)} m`;
  const after = changes
    .slice(0, mostNames)
    .map((change) => `${change.feature}: ${change.area_m2_after.toFixed(2)} m²`)
    .join(", ");
  switch (act) {
    case "give":
      return `建议划归 ${feature}（共边 ${border}） / give to ${feature}, which has ${border} of border with it; ${after}`;
    case "keep":
      return `建议保留在 ${feature}（相连 ${border}） / keep with ${feature}, which has ${border} of border with it; ${after}`;
    case "cut_off":
      return `建议沿边界裁去（${border}） / cut off along ${border} of the boundary; ${after}`;
  }
}
