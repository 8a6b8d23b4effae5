import type { SmallPlaceRow } from "../../schema/city_rows.ts";
import type { Unit } from "./legal_entities.ts";
import type { Scene } from "./scene.ts";

/** Small places are small: a shop with more people than this is none. */
const mostStaff = 9;
/** Share of three-in-one places among shops and workshops: in the old quarter, elsewhere. */
const threeInOne = { old: 0.07, other: 0.02 };

/** The nine kinds of small places (九小场所): the small ones among the shops. */
export function listSmallPlaces(scene: Scene, units: readonly Unit[]): SmallPlaceRow[] {
  const rows: SmallPlaceRow[] = [];
  for (const { row, trade, building } of units) {
    if (!trade?.place || row.staff_count > mostStaff) continue;
    const parcel = scene.plan.parcels[scene.plan.buildings[building]!.parcel]!;
    const share = scene.plan.blocks[parcel.block]!.zone === "old" ? threeInOne.old : threeInOne.other;
    const lived = ["shop", "workshop", "restaurant"].includes(trade.place);
    rows.push({
      id: rows.length + 1,
      name: row.name,
      kind: trade.place,
      three_in_one: lived && scene.random(`three_in_one/${row.id}`)() < share,
      address: row.address,
      building_id: row.building_id,
      at: row.at,
    });
  }
  return rows;
}
