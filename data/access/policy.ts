import type { ContactKind } from "../schema/contact.ts";
import type { Register } from "../schema/record.ts";
import type { TileLayer } from "../schema/tile_layers.ts";
import type { Role } from "./roles.ts";
import type { Showing } from "./showing.ts";

/**
 * The one policy: which role may do what to which layer and field. It is data; `decide.ts` reads it, services ask
 * that, repositories put the scope into their SQL, tiles and streams filter by the same rule.
 *
 * What the public may see, everybody may see everywhere. More is seen inside the areas of a grant only.
 */

const liaisons = ["fire_liaison", "police_liaison"] as const;
const seesCounts = ["worker", "supervisor", "planner", "approver", ...liaisons] as const;

/** A layer of tiles, or a register that no tile shows. */
export type GuardedLayer = TileLayer | Register;

export interface Tier {
  /** Who reaches this tier. `public` = everybody, everywhere. */
  roles: readonly Role[];
  /** Attributes of tiles, facts of records and columns of exports that are left out, by name. */
  hides: readonly string[];
  /** Features whose `kind` is one of these are left out. */
  without_kinds: readonly string[];
}

/** Lines without an entry in `hides` and `without_kinds` show everything. */
const all = (tierRoles: readonly Role[], hides: readonly string[] = [], without: readonly string[] = []): Tier => ({
  roles: tierRoles,
  hides,
  without_kinds: without,
});
const open: readonly Tier[] = [all(["public"])];

const countsOfBuilding = ["households", "people", "registered", "floating", "let_homes"] as const;
/** Need clearance: what shows where pipes run. */
const partsOfPipes = ["valve", "manhole", "source", "tee", "end"] as const;

/** Tiers of each layer, least first; a reader without any of them sees nothing of the layer. Tier n is `tiers[n - 1]`. */
export const layerPolicy: Record<GuardedLayer, readonly Tier[]> = {
  ground: open,
  areas: open,
  roads: open,
  addresses: open,
  facilities: open,
  buildings: [all(["public"], countsOfBuilding), all(seesCounts)],
  // of an estate of one building the sums would tell what the building does not
  estates: [all(["public"], ["households", "people"]), all(seesCounts)],
  legal_entities: [
    all(["public"], ["key_trade", "staff_count", "credit_code"]),
    all(["worker", "dispatcher", "supervisor", "planner", ...liaisons]),
  ],
  small_places: [all(["public"], ["three_in_one"]), all(["worker", "dispatcher", "supervisor", ...liaisons])],
  // clearance: levels of key units and their filings
  key_units: [
    all(["worker"], ["level", "key_level", "filed_managers", "filed_maintenance", "filed_assessment"]),
    all(["dispatcher", "supervisor", "wall", ...liaisons]),
  ],
  // clearance: cameras, and what belongs to pipes
  components: [
    all(["worker", "dispatcher", "supervisor", "wall"], ["fed_by"], ["camera", ...partsOfPipes]),
    all(["fire_liaison"], [], ["camera"]),
    all(["police_liaison"]),
  ],
  // clearance: where pipes run
  pipes: [all(liaisons)],
};

/** What one role sees beyond the sums of an area; households, people and buildings of an area are public. */
export const areaCountsPolicy: { roles: readonly Role[]; hides: readonly string[] } = {
  roles: seesCounts,
  hides: ["registered", "floating", "let_homes"],
};

/** Duty and supervision phones hang on boards in the street; the rest is private. No wall ever shows a phone. */
export const contactPolicy: Record<ContactKind, Partial<Record<Role, Showing>>> = {
  duty: { public: "open" },
  supervision: { public: "open" },
  mobile: { worker: "part", supervisor: "part", dispatcher: "full", fire_liaison: "full", police_liaison: "full" },
  responsible: { worker: "part", supervisor: "part", dispatcher: "part", fire_liaison: "full", police_liaison: "full" },
  manager: { worker: "part", supervisor: "part", dispatcher: "part", fire_liaison: "full", police_liaison: "full" },
};

/** Roles that see no phone, not even those that are public. */
export const phoneless: readonly Role[] = ["wall"];

/** What can be done besides reading the map. A right holds inside the areas of its grant, where the action has a place. */
export const actionPolicy = {
  /** Read the map, its areas, records and search. With PUBLIC_ACCESS=off only those who signed in. */
  read_map: ["public"],
  manage_accounts: ["security_admin"],
  read_audit: ["audit_admin"],
  export_registers: ["planner", ...liaisons],
  /** Prove a division, compare networks. */
  check_division: ["supervisor", "planner", "approver", ...liaisons],
  /** Say why a figure outside its limit is right. */
  give_reasons: ["planner", "approver"],
  /** What a network counts as part of its division. */
  set_rules: ["system_admin"],
  /** Draw divisions anew. */
  edit_plans: ["planner"],
  /** Say that a plan is right, or why it is not; publish it. */
  approve_plans: ["approver"],
  read_plans: ["planner", "approver", "supervisor"],
} as const satisfies Record<string, readonly Role[]>;
export type Action = keyof typeof actionPolicy;

/** Layers of which an export is limited in extent (EXPORT_LIMIT_KM2). */
export const clearedLayers: readonly GuardedLayer[] = ["pipes", "components", "key_units"];
