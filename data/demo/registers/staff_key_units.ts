import type { KeyUnitRow } from "../../schema/city_rows.ts";
import { drawName } from "./person_names.ts";
import { type Roster, ownedBy } from "./roster.ts";
import type { Organisations } from "./organisations.ts";
import type { Scene } from "./scene.ts";

/** How many key units one fire officer looks after. */
const unitsPerOfficer = 8;

/** Responsible person and manager of each key unit, with phones, and the fire officer who looks after it. */
export function staffKeyUnits(
  scene: Scene,
  roster: Roster,
  { units, organisations }: { units: readonly KeyUnitRow[]; organisations: Organisations },
): void {
  const officers = new Map<number | null, { staff: number; held: number }>();
  for (const unit of units) {
    const random = scene.random(`key_unit/people/${unit.code}`);
    for (const kind of ["responsible", "manager"] as const) {
      const name = drawName(random, random() < 0.7 ? "male" : "female", random() < 0.3 ? "elder" : "middle");
      roster.addContact({ ...ownedBy({ key_unit_id: unit.id }), kind, name });
    }
    const organisation = unit.organisation_id ?? organisations.fire_brigade;
    let officer = officers.get(organisation);
    if (!officer || officer.held >= unitsPerOfficer) {
      const hired = { organisation, dress: "fire", women: 0.12, elder: 0, middle: 0.6, duty_phone: true } as const;
      officer = { staff: roster.hire(`fire_officer/${unit.code}`, hired), held: 0 };
      officers.set(organisation, officer);
    }
    officer.held++;
    roster.assign(officer.staff, "supervisor", { key_unit_id: unit.id });
  }
}

/** A duty phone for each organisation; a supervision phone (监督电话) for offices that answer for an area. */
export function listOrganisationPhones(roster: Roster, organisations: Organisations): void {
  for (const { id, area_id, kind } of organisations.organisation) {
    roster.addContact({ ...ownedBy({ organisation_id: id }), kind: "duty", name: null });
    if (
      area_id !== null &&
      (kind === "subdistrict_office" || kind === "government" || kind === "community_committee")
    ) {
      roster.addContact({ ...ownedBy({ organisation_id: id }), kind: "supervision", name: null });
    }
  }
}
