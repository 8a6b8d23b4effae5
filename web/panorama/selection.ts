import type { Register } from "../../data/schema/record.ts";
import type { Hit, HitKind, MapSelection } from "../map/map_types.ts";
import type { Selection } from "../ui/view_address.ts";

/** The register that tells of a selected kind; areas have an address of their own. */
export const registerOfKind: Readonly<Record<string, Register>> = {
  building: "buildings",
  road: "roads",
  estate: "estates",
  facility: "facilities",
  legal_entity: "legal_entities",
  pipe: "pipes",
  component: "components",
  key_unit: "key_units",
  small_place: "small_places",
  address: "addresses",
};

/**
 * What a thing under the pointer is called in the address of the page.
 *
 * @param network - code of the drawn network
 * @param overlay - code of the overlaid one
 */
export function selectionOfHit(hit: Hit, network: string, overlay: string | null): Selection {
  if (hit.kind === "area") return { kind: "area", key: `${network}:${hit.properties.code}` };
  if (hit.kind === "overlay_area") return { kind: "area", key: `${overlay ?? network}:${hit.properties.code}` };
  return { kind: hit.kind, key: hit.id };
}

/** `network:code` of a selected area; null for anything else and for what cannot be one. */
export function areaOfSelection(sel: Selection | null): { network: string; code: string } | null {
  if (sel?.kind !== "area") return null;
  const colon = sel.key.indexOf(":");
  return colon < 1 ? null : { network: sel.key.slice(0, colon), code: sel.key.slice(colon + 1) };
}

const drawnKinds: ReadonlySet<string> = new Set<HitKind>([
  "building",
  "road",
  "estate",
  "facility",
  "legal_entity",
  "pipe",
  "component",
  "key_unit",
  "small_place",
]);

/** How the map marks a selected record; addresses are drawn as nothing of their own. */
export function mapSelectionOfRecord(sel: Selection): MapSelection | null {
  return drawnKinds.has(sel.kind) ? { kind: sel.kind as HitKind, id: sel.key } : null;
}
