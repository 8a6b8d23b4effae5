import type { AddressRow } from "../../schema/city_rows.ts";
import type { AreaIndex } from "./area_index.ts";
import { type BuildingFrame, pointInside } from "./building_frame.ts";
import type { BuildingNumber } from "./building_numbers.ts";
import { StreetFinder, type StreetSpot } from "./street_finder.ts";
import type { Scene } from "./scene.ts";

export interface Addresses {
  address: AddressRow[];
  /** Per building: its standard address, in words. */
  text: string[];
  /** In words, for what stands in a building or (null) beside a street; empty where no street is near. */
  tell(place: { building: number | null; x: number; y: number }): string;
}

/** A house that gets a number on its street. */
interface Numbered {
  building: number;
  spot: StreetSpot;
}

/** A number for each 8 m of lane or 14 m of street: 1, 3, 5 … on one side, 2, 4, 6 … on the other. */
const metresPerNumber = { lane: 8, street: 14 } as const;
/** How far a wall may be from the edge of its street, metres. */
const farthestFront = 38;

/**
 * Standard addresses: in an estate its name and the number of the building; along streets the street and a number
 * that rises with the distance from its western end, odd on the left side, even on the right; elsewhere (villages,
 * yards) the community and a number.
 */
export function writeAddresses(
  scene: Scene,
  areas: AreaIndex,
  frames: readonly BuildingFrame[],
  numbers: readonly BuildingNumber[],
): Addresses {
  const { plan } = scene;
  const finder = new StreetFinder(scene);
  const text = plan.buildings.map(() => "");
  const roads: (number | null)[] = plan.buildings.map(() => null);
  const fronts = new Map<number, Numbered[]>();
  const yards = new Map<number, number[]>();
  plan.buildings.forEach((building, index) => {
    if (numbers[index]!.number !== "") {
      text[index] = `${plan.estates[building.estate]!.name}${numbers[index]!.name}`;
      return;
    }
    const [x, y] = pointInside(building, frames[index]!, 0.5);
    const { along, across } = frames[index]!;
    const spot = finder.nearest(x, y, farthestFront + Math.max(along[1] - along[0], across[1] - across[0]) / 2);
    if (spot) push(fronts, spot.street, { building: index, spot });
    else push(yards, scene.division.community[building.parcel]!, index);
  });
  for (const [street, houses] of fronts) {
    const lane = plan.streets[street]!.class === "lane";
    for (const [building, number] of numberFronts(houses, metresPerNumber[lane ? "lane" : "street"])) {
      text[building] = `${plan.streets[street]!.name}${number}号`;
      roads[building] = street + 1;
    }
  }
  for (const [community, buildings] of yards) {
    const name = areas.get(community)?.row.name ?? "";
    buildings.forEach((building, order) => {
      text[building] = `${name}${order + 1}号`;
    });
  }
  const address = text.map((words, index): AddressRow => {
    const [x, y] = pointInside(plan.buildings[index]!, frames[index]!, 0.5);
    return { id: index + 1, text: words, road_id: roads[index]!, building_id: index + 1, at: scene.place(x, y) };
  });
  const tell: Addresses["tell"] = ({ building, x, y }) => {
    if (building !== null) return text[building]!;
    const spot = finder.nearest(x, y, 60);
    return spot ? `${plan.streets[spot.street]!.name}旁` : "";
  };
  return { address, text, tell };
}

function numberFronts(houses: Numbered[], metres: number): [number, number][] {
  const numbered: [number, number][] = [];
  const last = { left: -1, right: 0 };
  houses.sort((a, b) => a.spot.distance - b.spot.distance || a.building - b.building);
  for (const { building, spot } of houses) {
    const side = spot.side > 0 ? "left" : "right";
    const wanted = 2 * Math.floor(spot.distance / metres) + (side === "left" ? 1 : 2);
    last[side] = Math.max(last[side] + 2, wanted);
    numbered.push([building, last[side]]);
  }
  return numbered;
}

function push<Item>(lists: Map<number, Item[]>, key: number, item: Item): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}
