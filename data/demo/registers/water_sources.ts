import { isInRing } from "../../measure/in_ring.ts";
import type { WaterSourceRow } from "../../schema/city_rows.ts";
import type { FacilityDraft } from "./facility_draft.ts";
import { ringArea } from "./flat_geometry.ts";
import { placeBeside } from "./hydrants.ts";
import type { Scene } from "./scene.ts";
import { halfWidths } from "./street_pieces.ts";

const craneSpacing = 1900; // metres between water cranes on wide streets
const intakeSpacing = 700; // metres of embankment for each river intake
const leastPond = 500; // m²

/** Other water for fighting fires: cranes on wide streets, intakes along the embankments, ponds, tanks of works. */
export function placeWaterSources(scene: Scene, facilities: readonly FacilityDraft[]): WaterSourceRow[] {
  const rows: WaterSourceRow[] = [];
  const add = (kind: WaterSourceRow["kind"], name: string, capacity_m3: number | null, at: WaterSourceRow["at"]) => {
    rows.push({ id: rows.length + 1, kind, name, capacity_m3, at });
  };
  addCranes(scene, facilities, add);
  addIntakes(scene, add);
  for (const feature of scene.plan.features) {
    if (feature.kind !== "water" || !feature.closed || isRiverStrip(scene, feature.parcel)) continue;
    const ring = feature.parts[0]!;
    const surface = ringArea(ring);
    const spot = surface < leastPond ? null : pointInRing(ring);
    if (spot) add("pond", feature.name ?? `水塘${rows.length + 1}`, Math.round(surface * 1.2), scene.place(...spot));
  }
  let tank = 0;
  scene.plan.buildings.forEach((building, index) => {
    if (building.use !== "works" || scene.random(`tank/${index}`)() >= 0.12) return;
    tank++;
    const [x, y] = pointInRing(building.ring)!;
    add("tank", `${tank}号消防水池`, 100 * Math.round(2 + 6 * scene.random(`tank/${index}/size`)()), scene.place(x, y));
  });
  return rows;
}

type Add = (kind: WaterSourceRow["kind"], name: string, capacity: number | null, at: WaterSourceRow["at"]) => void;

/** One beside each fire station, then along ring and main streets, no two nearer than the spacing. */
function addCranes(scene: Scene, facilities: readonly FacilityDraft[], add: Add): void {
  const placed: [number, number][] = [];
  const stations = facilities.filter((draft) => draft.kind === "fire_station");
  const wide = scene.pieces.filter((piece) => (piece.class === "ring" || piece.class === "main") && !piece.bridge);
  const nearStations = stations.map((station) => {
    const near = wide.reduce<(typeof wide)[number] | null>((best, piece) => {
      const distance = Math.hypot(piece.x[0]! - station.x, piece.y[0]! - station.y);
      return !best || distance < Math.hypot(best.x[0]! - station.x, best.y[0]! - station.y) ? piece : best;
    }, null);
    return near;
  });
  for (const piece of [...nearStations, ...wide]) {
    if (!piece) continue;
    const [x, y] = [piece.x[0]!, piece.y[0]!];
    if (placed.some(([px, py]) => Math.hypot(px - x, py - y) < craneSpacing)) continue;
    placed.push([x, y]);
    const name = `${scene.plan.streets[piece.street]!.name ?? "环路"}消防水鹤`;
    add("crane", name, null, placeBeside(scene, piece, piece.length / 2, halfWidths[piece.class] - 2));
  }
}

/** On the river side of streets that run along a strip of water. */
function addIntakes(scene: Scene, add: Add): void {
  const placed: [number, number][] = [];
  for (const edge of scene.plan.edges) {
    if (edge.street < 0 || edge.left < 0 || edge.right < 0) continue;
    const [left, right] = [isRiverStrip(scene, edge.left), isRiverStrip(scene, edge.right)];
    if (left === right) continue;
    const [x, y] = [
      (scene.plan.x[edge.from]! + scene.plan.x[edge.to]!) / 2,
      (scene.plan.y[edge.from]! + scene.plan.y[edge.to]!) / 2,
    ];
    if (placed.some(([px, py]) => Math.hypot(px - x, py - y) < intakeSpacing)) continue;
    placed.push([x, y]);
    const [dx, dy] = [
      scene.plan.x[edge.to]! - scene.plan.x[edge.from]!,
      scene.plan.y[edge.to]! - scene.plan.y[edge.from]!,
    ];
    const off = (left ? 20 : -20) / Math.hypot(dx, dy);
    add("river_intake", `${placed.length}号取水点`, null, scene.place(x - dy * off, y + dx * off));
  }
}

function isRiverStrip(scene: Scene, parcel: number): boolean {
  return parcel >= 0 && scene.plan.blocks[scene.plan.parcels[parcel]!.block]!.zone === "river";
}

/** A point inside a ring: its middle, else the middle of a cut through it. */
function pointInRing(ring: readonly number[]): [number, number] | null {
  let [x, y] = [0, 0];
  for (let i = 0; i < ring.length; i += 2) [x, y] = [x + ring[i]!, y + ring[i + 1]!];
  [x, y] = [(x * 2) / ring.length, (y * 2) / ring.length];
  if (isInRing(ring, x, y)) return [x, y];
  const cuts: number[] = [];
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    const [ya, yb] = [ring[j + 1]!, ring[i + 1]!];
    if (ya > y !== yb > y) cuts.push(ring[j]! + ((y - ya) / (yb - ya)) * (ring[i]! - ring[j]!));
  }
  cuts.sort((a, b) => a - b);
  return cuts.length < 2 ? null : [(cuts[0]! + cuts[1]!) / 2, y];
}
