import { areaOf } from "../measure/area.ts";
import { poleOf } from "../measure/pole.ts";
import type { AddressRow, BuildingRow, BuildingUse, FacilityKind, FacilityRow, RoadRow } from "../schema/city_rows.ts";
import { numberTag, tag, type PolygonFeature } from "./town_files.ts";

/** First tag that fits decides; `amenity` and the like say more than `building`. */
const uses: [BuildingUse, RegExp][] = [
  ["school", /^(school|kindergarten|university|college|music_school)$/],
  ["hospital", /^(hospital|clinic|doctors)$/],
  ["market", /^(marketplace|supermarket|mall|department_store)$/],
  [
    "public",
    /^(place_of_worship|church|chapel|cathedral|mosque|temple|synagogue|townhall|civic|public|public_building|government|library|museum|theatre|arts_centre|community_centre|police|fire_station|courthouse|post_office|train_station|station|sports_centre|social_facility|casino|toilets)$/,
  ],
  ["shop", /^(retail|commercial|shop|kiosk|restaurant|cafe|bar|pub|fast_food|bank|pharmacy|fuel|hotel|cinema)$/],
  ["office", /^(office)$/],
  ["works", /^(industrial|warehouse|factory|manufacture|works|hangar|farm_auxiliary|barn)$/],
  ["home", /^(apartments|residential|house|detached|semidetached_house|terrace|bungalow|dormitory|farm|hut|cabin)$/],
  [
    "other",
    /^(garage|garages|shed|roof|carport|greenhouse|ruins|construction|parking|bicycle_parking|service|transformer_tower)$/,
  ],
];

const facilityKinds: Record<string, FacilityKind> = {
  school: "school",
  university: "school",
  college: "school",
  kindergarten: "kindergarten",
  hospital: "hospital",
  clinic: "clinic",
  doctors: "clinic",
  marketplace: "market",
  mall: "mall",
  department_store: "mall",
  townhall: "government",
  public_building: "government",
  courthouse: "government",
  police: "police_station",
  fire_station: "fire_station",
  library: "library",
  museum: "culture",
  theatre: "culture",
  arts_centre: "culture",
  community_centre: "culture",
  sports_centre: "sports",
  social_facility: "elderly_care",
  bus_station: "bus_station",
  train_station: "railway_station",
  toilets: "toilet",
  place_of_worship: "worship",
  church: "worship",
  chapel: "worship",
  cathedral: "worship",
};

/** m² of footprint: below, an unnamed building is a shed; above, hardly homes. */
const smallestHome = 35;
const largestHome = 3_000;
/** m² of floor that one household takes, stairs and walls included; people a household. Wide averages. */
const floorPerHousehold = 110;
const peoplePerHousehold = 2.4;

/** Buildings, with use, floors and households guessed from tags and footprint where unknown. */
export function layBuildings(features: readonly PolygonFeature[]): BuildingRow[] {
  return features.map((feature, i) => {
    const geom = feature.geometry.polygons;
    const footprint = areaOf(geom);
    const use = useOf(feature, footprint);
    const levels = numberTag(feature, "building:levels") ?? storeysOf(numberTag(feature, "height"));
    const floors = Math.min(200, Math.max(1, Math.round(levels ?? guessFloors(use, footprint))));
    const households = numberTag(feature, "households");
    const people = numberTag(feature, "people");
    const homes = Math.round(
      households ?? (use === "home" ? Math.max(1, (footprint * floors) / floorPerHousehold) : 0),
    );
    const persons = Math.round(people ?? homes * peoplePerHousehold);
    return {
      id: i + 1,
      estate_id: null,
      name: tag(feature, "name") ?? "",
      number: tag(feature, "addr:housenumber") ?? "",
      use,
      floors,
      structure: "unknown",
      year_built: null,
      households: homes,
      people: persons,
      registered: persons,
      floating: 0,
      let_homes: 0,
      estimated: levels === null || households === null || people === null,
      geom,
      at: poleOf(geom),
    };
  });
}

/** Named public facilities that the buildings house. */
export function layFacilities(features: readonly PolygonFeature[], buildings: readonly BuildingRow[]): FacilityRow[] {
  const facilities: FacilityRow[] = [];
  features.forEach((feature, i) => {
    const name = tag(feature, "name");
    const kind = kindTags.map((key) => facilityKinds[tag(feature, key) ?? ""]).find((found) => found !== undefined);
    if (name === null || kind === undefined) return;
    const at = buildings[i]!.at;
    facilities.push({ id: facilities.length + 1, kind, name, address: addressOf(feature), organisation_id: null, at });
  });
  return facilities;
}

/** Standard addresses: street and number as the building bears them. */
export function layAddresses(
  features: readonly PolygonFeature[],
  { buildings, roads }: { buildings: readonly BuildingRow[]; roads: readonly RoadRow[] },
): AddressRow[] {
  const roadOf = new Map<string, number>();
  for (const road of roads) if (road.name !== null && !roadOf.has(road.name)) roadOf.set(road.name, road.id);
  const addresses: AddressRow[] = [];
  features.forEach((feature, i) => {
    const text = addressOf(feature);
    if (text === null) return;
    const { id, at } = buildings[i]!;
    const road_id = roadOf.get(tag(feature, "addr:street") ?? "") ?? null;
    addresses.push({ id: addresses.length + 1, text, road_id, building_id: id, at });
  });
  return addresses;
}

const kindTags = ["amenity", "shop", "leisure", "tourism", "public_transport", "office", "building"];

function addressOf(feature: PolygonFeature): string | null {
  const street = tag(feature, "addr:street");
  const number = tag(feature, "addr:housenumber");
  return street === null || number === null ? null : `${street} ${number}`;
}

function useOf(feature: PolygonFeature, footprint: number): BuildingUse {
  for (const key of kindTags) {
    const value = tag(feature, key);
    if (value === null || value === "yes") continue;
    const known = uses.find(([, words]) => words.test(value));
    if (known) return known[0];
    if (key === "shop" || key === "office") return key;
  }
  if (tag(feature, "name") !== null) return "public"; // somebody thought it worth a name
  if (footprint < smallestHome) return "other";
  return footprint <= largestHome ? "home" : "works";
}

function storeysOf(height: number | null): number | null {
  return height === null ? null : height / 3.1; // metres a storey
}

/** Old towns build higher on larger footprints; halls and sheds do not. */
function guessFloors(use: BuildingUse, footprint: number): number {
  if (use === "other" || use === "works" || use === "market") return 1;
  if (use === "shop") return 2;
  if (footprint < 90) return 2;
  return footprint < 300 ? 3 : 4;
}
