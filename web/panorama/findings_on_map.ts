import type { FindingProperties } from "../../data/cartography/layers/findings.ts";
import type { MapMarks } from "../../data/cartography/style_options.ts";
import type { CheckReport, GeoJsonGeometry } from "../../data/schema/check.ts";
import type { Bbox, Position } from "../../data/schema/geometry.ts";
import { distanceBetween } from "../../data/measure/distance.ts";
import type { MapFinding } from "../map/map_types.ts";
import { widen } from "../map/position_of.ts";
import { type Voice, wordFault, wordWarning } from "../ui/word_issue.ts";

/** The issue that the reader looks at shows its chip however small it is. */
const alwaysLarge = 1e12;

/**
 * What the map draws of a report: faces and chips of faults, what is cut, and, where asked for, the buildings that no
 * hydrant reaches.
 *
 * @param issue - key of the chosen fault or warning
 */
export function listFindings(
  report: CheckReport,
  issue: string | null,
  voice: Voice,
  withReach: boolean,
): MapFinding[] {
  const faults = report.faults.flatMap((fault) => findingsOfFault(fault, issue, voice));
  const cuts = report.warnings.flatMap(({ key, cut, at }) =>
    cut && at ? [pointAt(at, { mark: "cut", chosen: key === issue ? 1 : 0 })] : [],
  );
  const far = withReach ? (report.hydrants?.far ?? []) : [];
  return [...faults, ...cuts, ...far.map(({ at }) => pointAt(at, { mark: "far" }))];
}

/** Badges of areas with a figure outside its limit. One area has room for one: the first warning stands for all. */
export function listBadges({ warnings }: Pick<CheckReport, "warnings">, voice: Voice): MapMarks["badges"] {
  const texts = new Map<number, string>();
  for (const warning of warnings) {
    const id = Number(warning.area.id);
    if (!warning.cut && !texts.has(id)) texts.set(id, wordWarning(warning, voice).chip);
  }
  return [...texts].map(([area_id, text]) => ({ area_id, text }));
}

function findingsOfFault(fault: CheckReport["faults"][number], issue: string | null, voice: Voice): MapFinding[] {
  const look = fault.kind === "duplicate_code" ? "invalid_geometry" : fault.kind;
  const chosen = fault.key === issue ? 1 : 0;
  const found: MapFinding[] = [];
  const drawn = fault.geometry && fault.geometry.type !== "Point" ? fault.geometry : null;
  if (drawn) found.push({ geometry: drawn, properties: { ...nothing, mark: "face", look, chosen } });
  const at = fault.at ?? (fault.geometry && middleOf(fault.geometry));
  if (!at) return found;
  const size = chosen === 1 ? alwaysLarge : drawn ? widthOf(drawn) ** 2 : 0;
  found.push(pointAt(at, { mark: "fault", look, chosen, size, text: wordFault(fault, voice).chip }));
  return found;
}

const nothing: FindingProperties = { mark: "face", look: "", text: "", size: 0, chosen: 0 };

function pointAt(at: Position, properties: Partial<FindingProperties>): MapFinding {
  return { geometry: { type: "Point", coordinates: [...at] }, properties: { ...nothing, ...properties } };
}

/** The box of a geometry; null of an empty one. */
export function boxOf({ coordinates }: GeoJsonGeometry): Bbox | null {
  const box: Bbox = [Infinity, Infinity, -Infinity, -Infinity];
  widen(box, coordinates);
  return box[0] <= box[2] ? box : null;
}

function middleOf(geometry: GeoJsonGeometry): Position | null {
  const box = boxOf(geometry);
  return box && [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
}

/** Metres of the longer side of its box. */
function widthOf(geometry: GeoJsonGeometry): number {
  const box = boxOf(geometry);
  if (!box) return 0;
  const [west, south, east, north] = box;
  return Math.max(distanceBetween([west, south], [east, south]), distanceBetween([west, south], [west, north]));
}

/** Degrees of latitude in a metre, roughly. */
const degreesPerMetre = 1 / 111_000;

/** A box with its surroundings: what lies beside a fault says whose it is. Never less than about 240 m. */
export function withSurroundings([west, south, east, north]: Bbox): Bbox {
  const [x, y] = [(west + east) / 2, (south + north) / 2];
  const stretch = 1 / Math.cos((y * Math.PI) / 180);
  const least = 120 * degreesPerMetre;
  const up = Math.max((north - south) * 1.6, least);
  const aside = Math.max((east - west) * 1.6, least * stretch);
  return [x - aside, y - up, x + aside, y + up];
}
