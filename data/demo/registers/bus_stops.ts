import { isInRing } from "../../measure/in_ring.ts";
import type { FacilityDraft } from "./facility_draft.ts";
import { pointAlong } from "./flat_geometry.ts";
import type { Scene } from "./scene.ts";
import { halfWidths, roadRanks, type StreetPiece } from "./street_pieces.ts";

/** No two stops nearer than this, metres; the sides of a street share one entry. */
const stopSpacing = 480;
/** Metres past the crossing after which the stop is called. */
const pastCrossing = 45;

/** Bus stops along the wider streets, each called after the street that crosses there. */
export function placeBusStops(scene: Scene): FacilityDraft[] {
  const { plan, pieces } = scene;
  const crossing = new Map<number, number[]>();
  for (const piece of pieces) {
    for (const vertex of [piece.vertices[0]!, piece.vertices.at(-1)!]) {
      crossing.set(vertex, [...(crossing.get(vertex) ?? []), piece.street]);
    }
  }
  const stops: FacilityDraft[] = [];
  const names = new Set<string>();
  for (const piece of pieces) {
    if (roadRanks[piece.class] > roadRanks.secondary || piece.bridge || piece.length < 3 * pastCrossing) continue;
    const others = (crossing.get(piece.vertices[0]!) ?? []).filter((street) => street !== piece.street);
    const other = others.map((street) => plan.streets[street]!.name).find((word) => word !== null);
    const name = `${plan.streets[piece.street]!.name}${other}`;
    const spot = pointAlong(piece, pastCrossing);
    const off = halfWidths[piece.class] - 3;
    const [right, left]: Spot[] = [
      [spot.x + spot.dy * off, spot.y - spot.dx * off],
      [spot.x - spot.dy * off, spot.y + spot.dx * off],
    ];
    // along the edge of the plan one side of the street belongs to somebody else
    const [x, y] = isOnLand(scene, piece, right!) || !isOnLand(scene, piece, left!) ? right! : left!;
    if (!other || names.has(name) || stops.some((stop) => Math.hypot(stop.x - x, stop.y - y) < stopSpacing)) continue;
    names.add(name);
    stops.push({ kind: "bus_station", name: `${name}口站`, building: null, area: null, parcel: -1, x, y });
  }
  return stops;
}

type Spot = [x: number, y: number];

/** Whether one of the parcels along the piece holds the spot. */
function isOnLand({ plan, parcelsAt }: Scene, { vertices }: StreetPiece, [x, y]: Spot): boolean {
  const beside = new Set(vertices.flatMap((vertex) => parcelsAt[vertex]!));
  return [...beside].some((parcel) => {
    const ring = plan.parcels[parcel]!.ring.flatMap((vertex) => [plan.x[vertex]!, plan.y[vertex]!]);
    return isInRing(ring, x, y);
  });
}
