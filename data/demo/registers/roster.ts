import type { AssignmentRow, ContactRow, StaffRow } from "../../schema/city_rows.ts";
import { drawItem } from "../random.ts";
import { type DutyCode, listDuties } from "./duties.ts";
import { drawName, type Generation, type Sex } from "./person_names.ts";
import { makePhone } from "./phones.ts";
import type { Dress } from "./portrait_clothes.ts";
import { drawPortrait } from "./portraits.ts";
import type { Scene } from "./scene.ts";

/** What an assignment is for: exactly one. */
type Target =
  | { area_id: number }
  | { building_id: number }
  | { entrance_id: number }
  | { road_id: number }
  | { key_unit_id: number };

interface Hired {
  organisation: number | null;
  /** What the person wears on the portrait; null for people without one. */
  dress: Dress | null;
  /** Share of women; one half unless told. */
  women?: number;
  /** Shares born before 1970 and before 1985; the rest is younger. */
  elder?: number;
  middle?: number;
  /** Has a duty phone besides the mobile. */
  duty_phone?: boolean;
}

export interface Roster {
  staff: StaffRow[];
  contact: ContactRow[];
  assignment: AssignmentRow[];
  /** Hires a person and returns the id. `key` names the decision. */
  hire(key: string, hired: Hired): number;
  assign(staff: number, duty: DutyCode, target: Target): void;
  addContact(contact: Omit<ContactRow, "id" | "phone">): void;
}

const beginnings = ["2023-03-01", "2023-09-01", "2024-03-01", "2024-07-01", "2025-01-01", "2025-04-01", "2025-09-01"];
const noTarget = { area_id: null, building_id: null, entrance_id: null, road_id: null, key_unit_id: null };

/** An empty roster: people, their phones and posts are added one by one. */
export function openRoster(scene: Scene): Roster {
  const dutyIds = new Map<string, number>(listDuties().map((duty) => [duty.code, duty.id]));
  const { county } = scene.options;
  const roster: Roster = {
    staff: [],
    contact: [],
    assignment: [],
    hire(key, hired) {
      const id = roster.staff.length + 1;
      const random = scene.random(`person/${key}`);
      const sex: Sex = random() < (hired.women ?? 0.5) ? "female" : "male";
      const age = random();
      const elder = hired.elder ?? 0.15;
      const generation: Generation = age < elder ? "elder" : age < elder + (hired.middle ?? 0.5) ? "middle" : "young";
      roster.staff.push({
        id,
        number: county + String(id).padStart(5, "0"),
        name: drawName(random, sex, generation),
        organisation_id: hired.organisation,
        portrait: hired.dress && random() < 0.97 ? drawPortrait(random, { sex, generation, dress: hired.dress }) : null,
        photo_public: hired.dress !== null && random() < 0.93,
      });
      roster.addContact({ ...ownedBy({ staff_id: id }), kind: "mobile", name: null });
      if (hired.duty_phone) roster.addContact({ ...ownedBy({ staff_id: id }), kind: "duty", name: null });
      return id;
    },
    assign(staff, duty, target) {
      const id = roster.assignment.length + 1;
      const from_day = drawItem(scene.random(`since/${staff}`), beginnings);
      roster.assignment.push({
        id,
        staff_id: staff,
        duty_id: dutyIds.get(duty)!,
        ...noTarget,
        ...target,
        from_day,
        to_day: null,
      });
    },
    addContact(contact) {
      const id = roster.contact.length + 1;
      roster.contact.push({ id, ...contact, phone: makePhone(county, id) });
    },
  };
  return roster;
}

type Owner = Pick<ContactRow, "staff_id" | "key_unit_id" | "organisation_id">;

/** The owner of a contact: exactly one. */
export function ownedBy(owner: { staff_id: number } | { key_unit_id: number } | { organisation_id: number }): Owner {
  return { staff_id: null, key_unit_id: null, organisation_id: null, ...owner };
}
