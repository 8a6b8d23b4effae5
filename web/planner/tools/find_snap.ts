import type { BorderArc } from "../../../data/division/draft.ts";
import type { Bbox, Line, Position } from "../../../data/schema/geometry.ts";
import type { CityGround, GroundKind } from "../map/city_ground.ts";

/** px within which something attracts the pointer */
export const snapReach = 10;

export interface Snap {
  kind: "node" | "border" | GroundKind;
  at: Position;
  /** Of a road or an estate. */
  name: string;
  /** Of a border: it, and the stretch that was hit. */
  arc: BorderArc | null;
  stretch: number;
}

interface SnapQuestion {
  at: Position;
  /** Degrees that 10 px are. */
  reach: readonly [lon: number, lat: number];
  arcs: readonly BorderArc[];
  /** Null: only borders count. */
  ground: CityGround | null;
}

/** What attracts a position: a vertex of a border, a border, a road, bank or wall, an outline of a building; in this order. */
export function findSnap({ at, reach, arcs, ground }: SnapQuestion): Snap | null {
  return (
    nearestVertex(at, reach, arcs) ??
    nearestOn(
      at,
      reach,
      arcs.map((arc) => ({ kind: "border" as const, name: "", arc, line: arc.line })),
    ) ??
    (ground && onGround(at, reach, ground))
  );
}

function onGround(at: Position, reach: SnapQuestion["reach"], ground: CityGround): Snap | null {
  const box: Bbox = [at[0] - reach[0], at[1] - reach[1], at[0] + reach[0], at[1] + reach[1]];
  const lines = ground
    .near(box)
    .flatMap(({ kind, name, lines }) => lines.map((line) => ({ kind, name, arc: null, line })));
  return (
    nearestOn(
      at,
      reach,
      lines.filter(({ kind }) => kind !== "building"),
    ) ??
    nearestOn(
      at,
      reach,
      lines.filter(({ kind }) => kind === "building"),
    )
  );
}

function nearestVertex(at: Position, reach: SnapQuestion["reach"], arcs: readonly BorderArc[]): Snap | null {
  let best: Snap | null = null;
  let least = 1;
  for (const arc of arcs) {
    const { line } = arc;
    for (let i = 0; i < line.length; i += 2) {
      const far = Math.hypot((line[i]! - at[0]) / reach[0], (line[i + 1]! - at[1]) / reach[1]);
      if (far >= least) continue;
      least = far;
      best = {
        kind: "node",
        at: [line[i]!, line[i + 1]!],
        name: "",
        arc,
        stretch: Math.min(i / 2, line.length / 2 - 2),
      };
    }
  }
  return best;
}

interface Candidate {
  kind: Snap["kind"];
  name: string;
  arc: BorderArc | null;
  line: Line;
}

function nearestOn(at: Position, reach: SnapQuestion["reach"], lines: readonly Candidate[]): Snap | null {
  let best: Snap | null = null;
  let least = 1;
  for (const { kind, name, arc, line } of lines) {
    for (let i = 0; i + 3 < line.length; i += 2) {
      const [ax, ay] = [(line[i]! - at[0]) / reach[0], (line[i + 1]! - at[1]) / reach[1]];
      const [bx, by] = [(line[i + 2]! - at[0]) / reach[0], (line[i + 3]! - at[1]) / reach[1]];
      const long = (bx - ax) ** 2 + (by - ay) ** 2;
      const share = long === 0 ? 0 : Math.min(1, Math.max(0, -(ax * (bx - ax) + ay * (by - ay)) / long));
      const [x, y] = [ax + share * (bx - ax), ay + share * (by - ay)];
      const far = Math.hypot(x, y);
      if (far >= least) continue;
      least = far;
      best = { kind, name, arc, stretch: i / 2, at: rounded([at[0] + x * reach[0], at[1] + y * reach[1]]) };
    }
  }
  return best;
}

/** To the 1e-9° of drafts. */
export function rounded([lon, lat]: Position): Position {
  return [Math.round(lon * 1e9) / 1e9, Math.round(lat * 1e9) / 1e9];
}
