import type { EntranceRow } from "../../schema/city_rows.ts";
import { type BuildingFrame, pointOnNorthWall } from "./building_frame.ts";
import type { Scene } from "./scene.ts";

/** Entrances (单元) from west to east on the northern wall; the households of a building are dealt to them evenly. */
export function placeEntrances(scene: Scene, frames: readonly BuildingFrame[]): EntranceRow[] {
  const entrances: EntranceRow[] = [];
  scene.plan.buildings.forEach((building, index) => {
    const households = scene.division.counts.households[index]!;
    for (let i = 0; i < building.entrances; i++) {
      const [x, y] = pointOnNorthWall(building, frames[index]!, (i + 0.5) / building.entrances);
      entrances.push({
        id: entrances.length + 1,
        building_id: index + 1,
        name: `${i + 1}单元`,
        households:
          Math.floor(((i + 1) * households) / building.entrances) - Math.floor((i * households) / building.entrances),
        at: scene.place(x, y),
      });
    }
  });
  return entrances;
}
