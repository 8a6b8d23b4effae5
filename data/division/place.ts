import { findInvalidity } from "../coverage/validity.ts";
import type { MultiPolygon, Position } from "../schema/geometry.ts";
import type { Refusal } from "./draft.ts";
import { unitsPerDegree } from "./ring_facts.ts";
import { refuse } from "./shift_ground.ts";

/**
 * A place drawn by hand or taken from a register, snapped to 1e-9°. Each polygon must be valid; several may overlap.
 * @param place - polygons of closed rings of positions
 */
export function readPlace(place: readonly (readonly (readonly Position[])[])[]): MultiPolygon | Refusal {
  const polygons = place.map((polygon) => polygon.map((ring) => ring.flat().map(snapped)));
  for (const polygon of polygons) {
    for (const ring of polygon) {
      if (ring[0] !== ring.at(-2) || ring[1] !== ring.at(-1)) return refuse("invalid_place", [ring[0]!, ring[1]!]);
    }
    const invalidity = findInvalidity([polygon]);
    if (invalidity) return refuse("invalid_place", invalidity.at);
  }
  return polygons;
}

function snapped(degrees: number): number {
  return Math.round(degrees * unitsPerDegree) / unitsPerDegree;
}
