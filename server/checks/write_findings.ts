import { createHash } from "node:crypto";
import { growAreaTree } from "../../data/checks/area_tree.ts";
import { canonicalLines } from "../../data/checks/canonical_lines.ts";
import type { CheckedArea } from "../../data/checks/division.ts";
import type { AreaFigures, DivisionFault, Findings, Warning } from "../../data/checks/findings.ts";
import { areaOf } from "../../data/measure/area.ts";
import type { AreaRef } from "../../data/schema/area.ts";
import type { CheckFault, CheckReport, GeoJsonGeometry } from "../../data/schema/check.ts";
import type { Line, Shape } from "../../data/schema/geometry.ts";
import type { BuiltDivision } from "./build_division.ts";
import type { CheckedDivision } from "./check_protocol.ts";

/** Longest list that is sent; nobody reads more, and `counts` say how many there are. */
const longestList = 2000;

/** What the kernel found, as the door tells it: ids become areas by name, shapes GeoJSON. */
export function writeFindings({ division, refs, duties }: BuiltDivision, findings: Findings): CheckedDivision {
  const { areas, top_id, things } = division;
  const ref = (id: string): AreaRef => refs.get(id)!;
  const refOrNull = (id: string | null): AreaRef | null => (id === null ? null : ref(id));
  const { warnings, faults, measures } = findings;
  return {
    kind: "division",
    area: refOrNull(top_id),
    inputs: {
      areas: areas.length,
      vertices: areas.reduce((sum, area) => sum + verticesOf(area), 0),
      things: things.length,
      sha256: hashOf(areas),
    },
    ...surfacesOf(division),
    valid: faults.length === 0,
    fault_counts: countByKind(faults),
    faults: faults.slice(0, longestList).map((fault) => writeFault(fault, ref)),
    free_water: findings.free_water.slice(0, longestList).map((fault) => writeFault(fault, ref)),
    warnings: warnings.slice(0, longestList).map((warning) => writeWarning(warning, ref, duties)),
    index: warnings.map(({ kind, key, area_id }) => ({ kind, key, area_id })),
    parents: parentsOf(areas, warnings),
    measures: {
      ...measures,
      by_area: measures.by_area.slice(0, longestList).map(({ area_id, ...of }) => ({ area: ref(area_id), ...of })),
    },
    hydrants: writeHydrants(findings.hydrants, refOrNull),
  };
}

function writeHydrants(
  reach: Findings["hydrants"],
  ref: (id: string | null) => AreaRef | null,
): CheckReport["hydrants"] {
  if (!reach) return null;
  const { far, ...figures } = reach;
  return {
    ...figures,
    far_count: far.length,
    far: far.slice(0, longestList).map(({ area_id, ...of }) => ({ area: ref(area_id), ...of })),
  };
}

export function writeFault(fault: DivisionFault, ref: (id: string) => AreaRef): CheckFault {
  const { kind, area_m2, length_m, area_ids, parent_id, at, shape, reason, thing, inside, mends } = fault;
  const areas = area_ids.map(ref);
  return {
    key: keyOf(fault, areas),
    ...{ kind, area_m2, length_m, areas, at, reason, thing },
    parent: parent_id === null ? null : ref(parent_id),
    geometry: shape && geometryOf(shape),
    inside: inside && { ...inside, ...wholeFigures(inside) },
    mends: mends.map(({ act, area_id, border_m, changes }) => ({
      ...{ act, border_m, area: ref(area_id) },
      changes: changes.map(({ area_id: changed, before, after, fits }) => ({
        ...{ area: ref(changed), fits },
        before: { ...before, ...wholeFigures(before) },
        after: { ...after, ...wholeFigures(after) },
      })),
    })),
  };
}

/** People are counted whole, also where the kernel shared them out. */
function wholeFigures({ households, people }: Pick<AreaFigures, "households" | "people">) {
  return { households: Math.round(households), people: Math.round(people) };
}

/** What the fault is and where, to 1e-7° (1 cm), so that a link finds it again. */
function keyOf({ kind, at, thing }: DivisionFault, areas: readonly AreaRef[]): string {
  const place = at?.map((degrees) => degrees.toFixed(7)).join() ?? "";
  const words = [...areas.map(({ code }) => code).sort(), thing ? `${thing.kind} ${thing.id}` : "", place];
  return `${kind}-${createHash("sha256").update(words.join("\n")).digest("hex").slice(0, 12)}`;
}

export function writeWarning(
  { area_id, duty, cut, ...warning }: Warning,
  ref: (id: string) => AreaRef,
  duties: BuiltDivision["duties"],
): CheckedDivision["warnings"][number] {
  const held = duties.find(({ code }) => code === duty);
  return {
    ...warning,
    area: ref(area_id),
    figures: warning.figures.map(({ limits, ...figure }) => ({ ...figure, limits: [limits[0], limits[1]] })),
    duty: duty === null ? null : (held ?? { code: duty, name: duty, name_en: duty }),
    cut: cut && {
      ...cut,
      shares: cut.shares.map(({ area_id: of, share, households }) => ({
        area: of === null ? null : ref(of),
        share,
        households: households === null ? null : Math.round(households),
      })),
    },
  };
}

function geometryOf(shape: Shape): GeoJsonGeometry {
  if (shape.type === "Point") return { type: "Point", coordinates: shape.at };
  if (shape.type === "MultiLineString") {
    const lines = shape.lines.map(positionsOf);
    return lines.length === 1
      ? { type: "LineString", coordinates: lines[0]! }
      : { type: "MultiLineString", coordinates: lines };
  }
  const polygons = shape.polygons.map((polygon) => polygon.map(positionsOf));
  return polygons.length === 1
    ? { type: "Polygon", coordinates: polygons[0]! }
    : { type: "MultiPolygon", coordinates: polygons };
}

function positionsOf(line: Line): number[][] {
  return Array.from({ length: line.length / 2 }, (_, i) => [line[2 * i]!, line[2 * i + 1]!]);
}

function countByKind(faults: readonly DivisionFault[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind } of faults) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

/** Positions of the closed rings, as the command line counts them. */
function verticesOf({ polygons }: CheckedArea): number {
  return polygons.flat().reduce((sum, ring) => sum + ring.length / 2, 0);
}

function hashOf(areas: readonly CheckedArea[]): string {
  const hash = createHash("sha256");
  for (const line of canonicalLines(areas)) hash.update(line);
  return hash.digest("hex");
}

/** The surface of what is judged, and that of the areas that cover it once. */
function surfacesOf(division: BuiltDivision["division"]) {
  const { roots, lowest } = growAreaTree(division);
  const sum = (areas: readonly CheckedArea[]) => areas.reduce((total, { polygons }) => total + areaOf(polygons), 0);
  return { container_m2: sum(roots), covered_m2: sum(lowest) };
}

function parentsOf(areas: readonly CheckedArea[], warnings: readonly Warning[]): Record<string, string | null> {
  const parents = new Map(areas.map(({ id, parent_id }) => [id, parent_id]));
  const needed: Record<string, string | null> = {};
  for (const { area_id } of warnings) {
    for (let id: string | null = area_id; id !== null && !(id in needed); id = needed[id]!) {
      needed[id] = parents.get(id) ?? null;
    }
  }
  return needed;
}
