import type { ComponentRow } from "../../schema/city_rows.ts";
import { pointAlong } from "./flat_geometry.ts";
import type { Pipes } from "./pipes.ts";
import type { Scene } from "./scene.ts";
import { halfWidths, type StreetPiece } from "./street_pieces.ts";

/** Metres of street for each hydrant: two neighbours cover each place within their duty radius of 150 m. */
const spacing = 110;
/** Metres inside the kerb. */
const fromKerb = 1.5;

/**
 * Hydrants: evenly along each street piece that has a water pipe, sides alternating; none in lanes, none on bridges.
 * About one in forty is out of order.
 */
export function placeHydrants(scene: Scene, pipes: Pipes, component: ComponentRow[]): void {
  let count = 0;
  scene.pieces.forEach((piece, index) => {
    const pipe_id = pipes.water_along[index]!;
    if (pipe_id === 0 || piece.class === "lane" || piece.bridge) return;
    const wanted = Math.round(piece.length / spacing);
    for (let i = 0; i < wanted; i++) {
      count++;
      const side = (count & 1) === 0 ? 1 : -1;
      component.push({
        id: component.length + 1,
        code: `XHS-${scene.district}${String(count).padStart(4, "0")}`,
        kind: "hydrant",
        status: scene.random(`hydrant/${piece.street}/${index}/${i}`)() < 0.025 ? "out_of_order" : "in_use",
        diameter_mm: piece.class === "side" ? 100 : 150,
        pipe_id,
        road_id: piece.street + 1,
        at: placeBeside(scene, piece, ((i + 0.5) / wanted) * piece.length, side * (halfWidths[piece.class] - fromKerb)),
      });
    }
  });
}

/** A point beside a street piece: metres from its western end, metres to the left of its centre line. */
export function placeBeside(scene: Scene, piece: StreetPiece, distance: number, left: number): ComponentRow["at"] {
  const spot = pointAlong(piece, distance);
  return scene.place(spot.x - spot.dy * left, spot.y + spot.dx * left);
}
