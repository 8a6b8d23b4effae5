import type { ComponentRow, RoadClass } from "../../schema/city_rows.ts";
import { placeBeside } from "./hydrants.ts";
import type { Scene } from "./scene.ts";
import { halfWidths, roadRanks, type StreetPiece } from "./street_pieces.ts";

interface Furniture {
  kind: Exclude<ComponentRow["kind"], "hydrant">;
  prefix: string;
  /** Metres of street for each; Infinity = none. */
  spacing: Partial<Record<RoadClass, number>>;
  /** Metres inside the kerb. */
  fromKerb: number;
  /** Begins with this side of the street. */
  side: 1 | -1;
  broken: number;
}

const furniture: Furniture[] = [
  {
    kind: "lamp",
    prefix: "LD",
    spacing: { ring: 60, main: 70, secondary: 85, side: 120 },
    fromKerb: 1,
    side: 1,
    broken: 0.02,
  },
  {
    kind: "bin",
    prefix: "LJ",
    spacing: { ring: 180, main: 150, secondary: 160, side: 220, lane: 260 },
    fromKerb: 0.8,
    side: -1,
    broken: 0.03,
  },
  {
    kind: "box",
    prefix: "JX",
    spacing: { ring: 600, main: 500, secondary: 450, side: 600 },
    fromKerb: 1.2,
    side: 1,
    broken: 0.01,
  },
];

/** Lamps, bins and boxes along the streets; cameras and street signs at the crossings of wider streets. */
export function placeFurniture(scene: Scene, component: ComponentRow[]): void {
  for (const item of furniture) lineStreets(scene, item, component);
  standAtCrossings(scene, component);
}

function lineStreets(scene: Scene, item: Furniture, component: ComponentRow[]): void {
  let count = 0;
  scene.pieces.forEach((piece, index) => {
    const spacing = item.spacing[piece.class];
    if (spacing === undefined || piece.bridge) return;
    const wanted = Math.round(piece.length / spacing);
    const half = halfWidths[piece.class] - Math.min(item.fromKerb, halfWidths[piece.class] / 3);
    for (let i = 0; i < wanted; i++) {
      count++;
      const distance = ((i + 0.27) / wanted) * piece.length; // not where hydrants stand
      const side = (i & 1) === 0 ? item.side : -item.side;
      const broken = scene.random(`${item.kind}/${index}/${i}`)() < item.broken;
      component.push({
        id: component.length + 1,
        code: `${item.prefix}-${scene.district}${String(count).padStart(5, "0")}`,
        kind: item.kind,
        status: broken ? "out_of_order" : "in_use",
        diameter_mm: null,
        pipe_id: null,
        road_id: piece.street + 1,
        at: placeBeside(scene, piece, distance, side * half),
      });
    }
  });
}

/** At one end of each piece that is not a lane: cameras on wide streets, name signs on all. */
function standAtCrossings(scene: Scene, component: ComponentRow[]): void {
  const watched = new Set<number>();
  const counts = { camera: 0, sign: 0 };
  const stand = (kind: "camera" | "sign", piece: StreetPiece, index: number, distance: number, left: number) => {
    counts[kind]++;
    component.push({
      id: component.length + 1,
      code: `${kind === "camera" ? "SX" : "LP"}-${scene.district}${String(counts[kind]).padStart(4, "0")}`,
      kind,
      status: scene.random(`${kind}/${index}`)() < 0.03 ? "out_of_order" : "in_use",
      diameter_mm: null,
      pipe_id: null,
      road_id: piece.street + 1,
      at: placeBeside(scene, piece, distance, left),
    });
  };
  const signed = new Set<string>();
  scene.pieces.forEach((piece, index) => {
    if (piece.class === "lane" || piece.length < 40 || piece.bridge) return;
    const junction = piece.vertices[0]!;
    const half = halfWidths[piece.class];
    if (roadRanks[piece.class] <= roadRanks.secondary && !watched.has(junction)) {
      watched.add(junction);
      stand("camera", piece, index, Math.min(half + 6, piece.length / 3), -(half - 1));
    }
    const sign = `${junction}/${piece.street}`;
    if (
      scene.plan.streets[piece.street]!.name !== null &&
      !signed.has(sign) &&
      roadRanks[piece.class] <= roadRanks.secondary
    ) {
      signed.add(sign);
      stand("sign", piece, index, Math.min(half + 3, piece.length / 3), half - 1);
    }
  });
}
