import { pointInside } from "./building_frame.ts";
import type { Employers } from "./staff_governance.ts";

const neighbour = { dress: null, organisation: null, women: 0.6, elder: 0.65, middle: 0.25 } as const;
/** Below it a house needs no head of its own. */
const leastHouseholds = 6;

/**
 * Heads of buildings, entrances and streets, and the property companies' people. One head may have up to three
 * buildings side by side. In size `city` only the places with golden figures are staffed so finely.
 */
export function staffHouses(employers: Employers): void {
  const { scene, areas } = employers;
  const golden = new Set([scene.division.places.huize, scene.division.places.dongjie]);
  for (const community of areas.of("governance", "community")) {
    const isGolden = golden.has(community.row.id);
    if (scene.options.size === "city" && !isGolden) continue;
    const buildings = community.parcels.flatMap((parcel) => scene.buildingsOf[parcel]!);
    const detailed = isGolden || scene.random(`entrance_heads/${community.row.code}`)() < 0.2;
    headBuildings(employers, buildings, detailed);
    staffEstates(employers, community.row.id, community.parcels);
  }
  headStreets(employers);
}

function headBuildings({ scene, roster, frames, entrances }: Employers, buildings: number[], detailed: boolean): void {
  const { plan, division } = scene;
  let [head, held, lastX, lastY] = [0, 0, Infinity, Infinity];
  const wanted = new Set<number>();
  for (const building of buildings) {
    if (division.counts.households[building]! < leastHouseholds) continue;
    wanted.add(building + 1);
    const [x, y] = pointInside(plan.buildings[building]!, frames[building]!, 0.5);
    const random = scene.random(`building/${building}`);
    const limit = random() < 0.5 ? 1 : 3;
    if (held === 0 || held >= limit || Math.hypot(x - lastX, y - lastY) > 80) {
      if (random() < 0.02) continue; // nobody found yet
      head = roster.hire(`building_head/${building}`, neighbour);
      held = 0;
    }
    roster.assign(head, "building_head", { building_id: building + 1 });
    [held, lastX, lastY] = [held + 1, x, y];
  }
  if (!detailed) return;
  for (const entrance of entrances) {
    if (!wanted.has(entrance.building_id) || entrance.households === 0) continue;
    const person = roster.hire(`entrance_head/${entrance.id}`, neighbour);
    roster.assign(person, "entrance_head", { entrance_id: entrance.id });
  }
}

/** One person of the property company answers for an estate in all grids that it meets. */
function staffEstates(
  { scene, roster, organisations, managed }: Employers,
  community: number,
  parcels: readonly number[],
): void {
  const gridsOf = new Map<number, Set<number>>();
  for (const parcel of parcels) {
    const { estate } = scene.plan.parcels[parcel]!;
    if (estate < 0) continue;
    const grids = gridsOf.get(estate) ?? new Set();
    gridsOf.set(estate, grids.add(scene.division.grid[parcel]!));
  }
  for (const [estate, grids] of gridsOf) {
    if (managed[estate] !== "property") continue;
    const random = scene.random(`property/company/${estate}`);
    const company = organisations.property[Math.floor(random() * organisations.property.length)]!;
    const person = roster.hire(`property/${community}/${estate}`, {
      organisation: company,
      dress: "polo",
      duty_phone: true,
    });
    for (const grid of grids) roster.assign(person, "property", { area_id: grid });
  }
}

/** Each named street has a head, of the committee or office; some have two streets. */
function headStreets({ scene, roster, organisations }: Employers): void {
  const parcelBeside = new Map<number, number>();
  for (const edge of scene.plan.edges) {
    if (edge.street >= 0 && !parcelBeside.has(edge.street)) {
      parcelBeside.set(edge.street, edge.left >= 0 ? edge.left : edge.right);
    }
  }
  let [head, office, held] = [0, -1, 0];
  scene.plan.streets.forEach((street, index) => {
    const parcel = parcelBeside.get(index);
    if (street.name === null || parcel === undefined || parcel < 0) return;
    const wide = street.class === "ring" || street.class === "main";
    const area = wide ? scene.division.root[parcel]! : scene.division.community[parcel]!;
    const employer = organisations.of_area.get(area) ?? -1;
    if (employer !== office || held >= 2) {
      head = roster.hire(`street/${index}`, {
        organisation: employer < 0 ? null : employer,
        dress: "jacket",
        duty_phone: true,
      });
      [office, held] = [employer, 0];
    }
    roster.assign(head, "street_head", { road_id: index + 1 });
    held++;
  });
}
