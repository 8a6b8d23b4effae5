import type { LevelRole } from "../schema/network.ts";
import type { LevelPin, StyledNetwork } from "./style_options.ts";

/** MapLibre's own limits: a layer without limits is drawn in [0, 24). */
const lowestZoom = 0;
export const highestZoom = 24;

type ZoomRange = readonly [from: number, to: number];

/** Which level is drawn how at which zoom. A network has the roles it has: the gaps are filled by the others. */
export interface LevelPlan {
  /** Faces with their hue: at each zoom exactly one level (or, where a branch ends early, its last one). */
  fills: { ordinal: number; role: LevelRole; zooms: ZoomRange }[];
  /** From which zoom on a border of this role shows. Absent = never. */
  edges: Partial<Record<LevelRole, number>>;
  /** Where the names of a role show. Absent = never. */
  labels: Partial<Record<LevelRole, ZoomRange>>;
  /** The level whose areas are found under the pointer at a zoom is that of the fill; sub-grids come on top from this zoom. */
  subFrom: number | null;
  /** Grids are numbered (03) below zoom 15 where a level above names the rest. */
  numbered: boolean;
}

const fillFrom: Partial<Record<LevelRole, number>> = { city: 0, district: 5, subdistrict: 7, community: 11, grid: 13 };
const edgeFrom: Record<LevelRole, number> = {
  city: 0,
  district: 0,
  subdistrict: 7,
  zone: 9,
  community: 10,
  grid: 12.5,
  sub: 15,
};
const labelZooms: Record<LevelRole, ZoomRange> = {
  city: [0, 6],
  district: [5, 9],
  subdistrict: [8, 12.7],
  zone: [11, highestZoom],
  community: [11.5, highestZoom],
  grid: [13, highestZoom],
  sub: [16, highestZoom],
};

/** @param pin - an ordinal that the network lacks counts as "auto" */
export function planLevels(network: StyledNetwork, pin: LevelPin): LevelPlan {
  const levels = [...network.levels].sort((a, b) => a.ordinal - b.ordinal);
  const pinned = levels.find((level) => level.ordinal === pin);
  return pinned ? planPinned(levels, pinned) : planByZoom(levels);
}

type Level = StyledNetwork["levels"][number];

function planByZoom(levels: Level[]): LevelPlan {
  const fills = fillsByZoom(levels);
  const first = fills[0];
  const edges: LevelPlan["edges"] = {};
  const labels: LevelPlan["labels"] = {};
  for (const { role, ordinal } of levels) {
    const fill = fills.find((each) => each.ordinal === ordinal);
    edges[role] = Math.min(edgeFrom[role], fill?.zooms[0] ?? highestZoom);
    const [from, to] = labelZooms[role];
    // The topmost filled level keeps its names however far out; the deepest keeps them however far in.
    const isDeepest = fill !== undefined && fill.zooms[1] === highestZoom;
    labels[role] = [ordinal === first?.ordinal ? lowestZoom : from, isDeepest ? highestZoom : to];
  }
  const hasSub = levels.some((level) => level.role === "sub") && first?.role !== "sub";
  return { fills, edges, labels, subFrom: hasSub ? 16 : null, numbered: fills.length > 1 };
}

function fillsByZoom(levels: Level[]): LevelPlan["fills"] {
  const starts = levels.flatMap(({ ordinal, role }) => {
    const from = fillFrom[role];
    return from === undefined ? [] : [{ ordinal, role, from }];
  });
  // Of two levels with one role the deeper is drawn; a tree of zones or sub-grids alone draws its last level.
  const byRole = new Map(starts.map((start) => [start.role, start]));
  const chosen = [...byRole.values()];
  const last = levels[levels.length - 1];
  if (chosen.length === 0 && last) chosen.push({ ordinal: last.ordinal, role: last.role, from: lowestZoom });
  return chosen.map(({ ordinal, role, from }, index) => ({
    ordinal,
    role,
    zooms: [index === 0 ? lowestZoom : from, chosen[index + 1]?.from ?? highestZoom],
  }));
}

function planPinned(levels: Level[], pinned: Level): LevelPlan {
  const edges: LevelPlan["edges"] = {};
  const labels: LevelPlan["labels"] = {};
  for (const { role, ordinal } of levels) {
    if (ordinal > pinned.ordinal) continue;
    edges[role] = ordinal === pinned.ordinal ? lowestZoom : edgeFrom[role];
    labels[role] = ordinal === pinned.ordinal ? [lowestZoom, highestZoom] : labelZooms[role];
  }
  return {
    fills: [{ ordinal: pinned.ordinal, role: pinned.role, zooms: [lowestZoom, highestZoom] }],
    edges,
    labels,
    subFrom: null,
    numbered: levels.some((level) => level.ordinal < pinned.ordinal),
  };
}
