import Flatbush from "flatbush";
import { metresPerDegree } from "../measure/ellipsoid.ts";
import type { Arrangement } from "./arrangement.ts";
import { createEdge, type Edge } from "./edge.ts";
import { unitsPerDegree } from "./half_edges.ts";
import { startOf } from "./trace_outline.ts";

/** Metres: an opening narrower than this is rounding, and what lies behind it is enclosed. */
const narrowestOpening = 0.0005;

/**
 * Walls across the places where the outside world is narrower than 0.5 mm: from each point of its border straight to
 * every edge that near. The narrowest place of an opening always lies at a point of one side.
 *
 *     ─────┐    ┌─────            ─────┐    ┌─────
 *          └─┐┌─┘       →              └─┐┌─┘           now the room below is a face of its own
 *          ┌─┘└─┐                      ┌─┘└─┐
 */
export function wallsAcrossCracks(arrangement: Arrangement): Edge[] {
  const { edges, face, points } = arrangement;
  const outer: Edge[] = edges.filter((_, i) => face[2 * i] === 0 || face[2 * i + 1] === 0);
  if (outer.length === 0) return [];
  const [perLon, perLat] = metresPerDegree(points.latOf(outer[0]!.from) / unitsPerDegree);
  const [reachX, reachY] = [narrowestOpening / perLon, narrowestOpening / perLat].map(
    (reach) => reach * unitsPerDegree,
  );
  const ends = new Set<number>();
  for (let half = 0; half < face.length; half++) {
    if (face[half] !== 0) continue;
    ends.add(startOf(arrangement, half));
    ends.add(startOf(arrangement, half ^ 1));
  }
  const index = new Flatbush(ends.size);
  const candidates = [...ends];
  for (const point of candidates) index.add(points.lonOf(point), points.latOf(point));
  index.finish();
  const walls: Edge[] = [];
  for (const edge of outer) {
    const [ax, ay] = [points.lonOf(edge.from), points.latOf(edge.from)];
    const [bx, by] = [points.lonOf(edge.to), points.latOf(edge.to)];
    const [south, north] = ay < by ? [ay, by] : [by, ay];
    index.search(ax - reachX!, south - reachY!, bx + reachX!, north + reachY!, (i) => {
      const point = candidates[i]!;
      if (point === edge.from || point === edge.to) return false;
      const foot = footOn(ax, ay, bx, by, points.lonOf(point), points.latOf(point), perLon / perLat);
      const [x, y] = [Math.round(foot[0]), Math.round(foot[1])];
      const [dx, dy] = [(x - points.lonOf(point)) / reachX!, (y - points.latOf(point)) / reachY!];
      if (dx * dx + dy * dy > 1 || (dx === 0 && dy === 0)) return false;
      const to = points.add(x, y);
      walls.push(createEdge(points, { from: point, to, areaStep: 0, containerStep: 0, wall: true, origin: null }));
      return false;
    });
  }
  return walls;
}

/** The point of the segment a–b nearest to p, when one unit of x is `scale` times as long as one of y. */
function footOn(ax: number, ay: number, bx: number, by: number, px: number, py: number, scale: number) {
  const [dx, dy] = [(bx - ax) * scale, by - ay];
  const share = ((px - ax) * scale * dx + (py - ay) * dy) / (dx * dx + dy * dy);
  const clamped = Math.min(1, Math.max(0, share));
  return [ax + clamped * (bx - ax), ay + clamped * (by - ay)] as const;
}
