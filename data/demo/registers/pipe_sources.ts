import type { BlockUse, PipeKind } from "../../schema/city_rows.ts";
import { isInRing } from "../../measure/in_ring.ts";
import type { PipeLayout } from "./pipe_kinds.ts";
import type { Scene } from "./scene.ts";

/** Where a network begins: waterworks, substation, gas station … */
export interface SourceSite {
  kind: PipeKind;
  name: string;
  /** Junction whose chamber it feeds. */
  vertex: number;
  x: number;
  y: number;
}

interface Spot {
  vertex: number;
  x: number;
  y: number;
}

const landFor: BlockUse[] = ["works", "open", "field", "park", "office", "public"];

/**
 * The source of a network: beside the chamber nearest to where such works usually lie, on land that bears them,
 * clear of buildings; where no such land is, right beside the chamber.
 */
export function chooseSource(scene: Scene, layout: PipeLayout, chambers: Iterable<Spot>): SourceSite {
  const { plan } = scene;
  const [west, east] = extent(plan.x);
  const [south, north] = extent(plan.y);
  const aimX = west + (east - west) * layout.source[0];
  const aimY = south + (north - south) * layout.source[1];
  const byDistance = [...chambers]
    .map((spot) => ({ spot, distance: Math.hypot(spot.x - aimX, spot.y - aimY) }))
    .sort((a, b) => a.distance - b.distance || a.spot.vertex - b.spot.vertex)
    .map(({ spot }) => spot);
  const site = (spot: Spot, place: [number, number]): SourceSite => ({
    kind: layout.kind,
    name: layout.source_name,
    vertex: spot.vertex,
    x: place[0],
    y: place[1],
  });
  for (const spot of byDistance.slice(0, 200)) {
    const place = findFreePlace(scene, spot, scene.parcelsAt[spot.vertex]!);
    if (place) return site(spot, place);
  }
  const spot = byDistance[0]!;
  return site(spot, [spot.x + 1, spot.y + 1]);
}

function findFreePlace(scene: Scene, spot: Spot, parcels: readonly number[]): [number, number] | null {
  for (const parcel of parcels) {
    if (!landFor.includes(scene.plan.parcels[parcel]!.use)) continue;
    const ring = ringOf(scene, parcel);
    for (const reach of [34, 46, 26]) {
      for (let turn = 0; turn < 16; turn++) {
        const x = spot.x + reach * Math.cos((turn * Math.PI) / 8);
        const y = spot.y + reach * Math.sin((turn * Math.PI) / 8);
        if (isInRing(ring, x, y) && isClear(scene, parcel, x, y)) {
          return [Math.round(x * 100) / 100, Math.round(y * 100) / 100];
        }
      }
    }
  }
  return null;
}

function isClear(scene: Scene, parcel: number, x: number, y: number): boolean {
  return scene.buildingsOf[parcel]!.every((building) => !isInRing(scene.plan.buildings[building]!.ring, x, y));
}

function ringOf(scene: Scene, parcel: number): number[] {
  return scene.plan.parcels[parcel]!.ring.flatMap((vertex) => [scene.plan.x[vertex]!, scene.plan.y[vertex]!]);
}

function extent(values: readonly number[]): [number, number] {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return [least, most];
}
