import type { CityRows, EstateRow } from "../../schema/city_rows.ts";
import type { Division } from "../division/division.ts";
import type { GroundPlan } from "../ground_plan.ts";
import { writeAddresses } from "./addresses.ts";
import { indexAreas } from "./area_index.ts";
import { frameBuildings } from "./building_frame.ts";
import { type BuildingNumber, nameBuildings, numberBuildings } from "./building_numbers.ts";
import { listDuties } from "./duties.ts";
import { placeEntrances } from "./entrances.ts";
import { manageEstates } from "./estate_management.ts";
import { finishFacilities, placeFacilities } from "./facilities.ts";
import type { FacilityDraft } from "./facility_draft.ts";
import { placeFireAccess } from "./fire_access.ts";
import { placeHydrants } from "./hydrants.ts";
import { chooseKeyUnits } from "./key_units.ts";
import { registerUnits } from "./legal_entities.ts";
import { foundOrganisations, type Organisations } from "./organisations.ts";
import { layPipes, ownPipes } from "./pipes.ts";
import { openRoster } from "./roster.ts";
import { type FurnishOptions, type Scene, setScene } from "./scene.ts";
import { listSmallPlaces } from "./small_places.ts";
import { shareOfWorkers, staffGovernance } from "./staff_governance.ts";
import { staffHouses } from "./staff_houses.ts";
import { listOrganisationPhones, staffKeyUnits } from "./staff_key_units.ts";
import { staffSafety } from "./staff_safety.ts";
import { placeFurniture } from "./street_furniture.ts";
import { placeWaterSources } from "./water_sources.ts";

/** The registers of one district, and what its buildings and estates need of them. */
export interface Furnishing
  extends Pick<
    CityRows,
    | "entrance"
    | "address"
    | "organisation"
    | "facility"
    | "legal_entity"
    | "pipe_node"
    | "pipe"
    | "component"
    | "water_source"
    | "fire_access"
    | "key_unit"
    | "small_place"
    | "staff"
    | "contact"
    | "duty"
    | "assignment"
  > {
  /** Per building of the plan: number and name that its addresses use. */
  building_numbers: BuildingNumber[];
  /** Per estate of the plan. */
  estate_managed: EstateRow["managed"][];
}

/**
 * Fills a divided district with pipes, street furniture, units, offices and people. Pure: the same plan, division and
 * options give the same bytes.
 *
 * Ids run 1…n in each array. References to buildings, roads and estates are index of the plan + 1; `area_id` is the
 * id of the division's row. Duties are the same in every district.
 */
export function furnish(plan: GroundPlan, division: Division, options: FurnishOptions): Furnishing {
  const scene = setScene(plan, division, options);
  const areas = indexAreas(division, countHouseholds(scene));
  const frames = frameBuildings(plan);
  const numbers = numberBuildings(plan);
  const { address, text, tell } = writeAddresses(scene, areas, frames, numbers);
  const entrance = placeEntrances(scene, frames);
  const estate_managed = manageEstates(scene);

  const pipes = layPipes(scene);
  const drafts = placeFacilities(scene, areas, frames, pipes.sources);
  const organisations = foundOrganisations(scene, areas, drafts);
  ownPipes(pipes, organisations.owners);
  const component: CityRows["component"] = [];
  placeHydrants(scene, pipes, component);
  placeFurniture(scene, component);

  const units = registerUnits(scene, frames, drafts, text);
  const key_unit = chooseKeyUnits(scene, { units, facilities: drafts, frames, addressOf: tell }, [
    ...organisations.fire_stations.values(),
  ]);

  const roster = openRoster(scene);
  const employers = {
    scene,
    areas,
    organisations,
    roster,
    frames,
    entrances: entrance,
    worker_share: shareOfWorkers(scene, areas),
    managed: estate_managed,
  };
  const leaders = staffGovernance(employers);
  staffSafety(employers, leaders);
  staffHouses(employers);
  staffKeyUnits(scene, roster, { units: key_unit, organisations });
  listOrganisationPhones(roster, organisations);

  return {
    entrance,
    address,
    organisation: organisations.organisation,
    facility: finishFacilities(scene, drafts, tell, (draft) => findHolder(draft, organisations)),
    legal_entity: units.map(({ row }) => row),
    pipe_node: pipes.pipe_node,
    pipe: pipes.pipe,
    component,
    water_source: placeWaterSources(scene, drafts),
    fire_access: placeFireAccess(scene, frames),
    key_unit,
    small_place: listSmallPlaces(scene, units),
    staff: roster.staff,
    contact: roster.contact,
    duty: listDuties(),
    assignment: roster.assignment,
    building_numbers: nameBuildings(numbers, drafts),
    estate_managed,
  };
}

function countHouseholds(scene: Scene): number[] {
  const { households } = scene.division.counts;
  return scene.buildingsOf.map((buildings) => buildings.reduce((sum, building) => sum + households[building]!, 0));
}

/** The organisation that runs a facility. */
function findHolder(draft: FacilityDraft, organisations: Organisations): number | null {
  const { departments } = organisations;
  switch (draft.kind) {
    case "community_station":
    case "micro_station":
    case "elderly_care":
    case "culture":
      return (draft.area === null ? null : organisations.of_area.get(draft.area)) ?? departments.civil;
    case "police_station":
      return (draft.area === null ? null : organisations.police.get(draft.area)) ?? departments.police;
    case "fire_station":
      return organisations.fire_stations.get(draft.name)?.organisation ?? organisations.fire_brigade;
    case "school":
    case "kindergarten":
      return departments.education;
    case "hospital":
    case "clinic":
      return departments.health;
    case "park":
    case "toilet":
      return departments.city_management;
    default:
      return null;
  }
}
