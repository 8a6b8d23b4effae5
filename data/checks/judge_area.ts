import type { CheckedArea, Limits } from "./division.ts";
import type { FigureName, Warning, WarningKind } from "./findings.ts";
import { judgeProfile, measureOff } from "./judge_profile.ts";

/** What is measured of an area; what its profile does not limit may be left out. */
export interface AreaFacts {
  area_m2?: number;
  pieces?: number;
  compactness?: number;
  /** Null where the area has no border with others of the same parent. */
  border_on_roads?: number | null;
}

/** Whether a profile limits something that takes the outline to measure. */
export function needsMeasures({ profile }: CheckedArea): boolean {
  if (!profile) return false;
  const { area_m2, pieces_max, compactness_min } = profile;
  return area_m2[0] !== null || area_m2[1] !== null || pieces_max !== null || compactness_min !== null;
}

/** Warnings of one area against its profile, by kind; balance is one of its parent, cuts are found elsewhere. */
export function judgeArea(area: CheckedArea, facts: AreaFacts): Warning[] {
  const { profile } = area;
  if (!profile) return [];
  const single: [WarningKind, FigureName, number | null | undefined, Limits][] = [
    ["surface", "area_m2", facts.area_m2, profile.area_m2],
    ["pieces", "pieces", area.kind === "special" ? null : facts.pieces, [null, profile.pieces_max]],
    ["compactness", "compactness", facts.compactness, [profile.compactness_min, null]],
    ["border_on_roads", "border_on_roads", facts.border_on_roads, [profile.border_on_roads_min, null]],
  ];
  const warnings = [...judgePopulation(area), ...judgeStaffing(area)];
  for (const [kind, what, value, limits] of single) {
    if (value === null || value === undefined || measureOff(value, limits) === 0) continue;
    warnings.push(warningOf(area, kind, [{ what, value, limits, fits: false }]));
  }
  return warnings;
}

/** Households and people together are one warning. */
function judgePopulation(area: CheckedArea): Warning[] {
  const { inside, figures } = judgeProfile(area.profile!, area);
  if (inside) return [];
  const judged = figures.map(({ what, value, limits, off }) => ({ what, value, limits, fits: off === 0 }));
  return [warningOf(area, "population", judged)];
}

function judgeStaffing(area: CheckedArea): Warning[] {
  const warnings: Warning[] = [];
  for (const [duty, { min, max }] of Object.entries(area.profile!.staffing)) {
    const value = area.staff[duty] ?? 0;
    const limits: Limits = [min, max];
    if (measureOff(value, limits) === 0) continue;
    const warning = warningOf(area, "staffing", [{ what: "holders", value, limits, fits: false }]);
    warnings.push({ ...warning, key: `${warning.key}:${duty}`, duty });
  }
  return warnings;
}

function warningOf(area: CheckedArea, kind: WarningKind, figures: Warning["figures"]): Warning {
  const { name, source } = area.profile!;
  return {
    key: `${kind}:${area.code}`,
    kind,
    area_id: area.id,
    figures,
    duty: null,
    cut: null,
    profile: { name, source },
    at: null,
  };
}
