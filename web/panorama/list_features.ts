import type { Position } from "../../data/schema/geometry.ts";
import type { DrawnFeature } from "../map/map_types.ts";
import type { Selection } from "../ui/view_address.ts";

/** One thing on the map as a line of the list. */
export interface ListedFeature {
  sel: Selection;
  title: string;
  /** Of an area: what its level is drawn as. */
  role: string | null;
  /** The database id, for outlining it on the map. */
  id: string;
  /** Metres from the middle of the map, straight over the ground. */
  metres: number;
}

/** Which kind of selection a tile layer holds; layers not named here are no things of their own. */
const kindOfLayer: Readonly<Record<string, string>> = {
  area_labels: "area",
  key_units: "key_unit",
  facilities: "facility",
  components: "component",
  small_places: "small_place",
  legal_entities: "legal_entity",
  estates: "estate",
  buildings: "building",
  roads: "road",
};

/** What a list can hold before it helps nobody. */
const mostListed = 200;

/**
 * The map's contents as a list, nearest to the middle first. A thing drawn by several layers is listed once;
 * things without a name or number are not listed: nobody could tell them apart.
 *
 * @param middle - [lon, lat] of the camera
 * @param network - code of the drawn network; labels of an overlay are left out
 */
export function listFeatures(features: readonly DrawnFeature[], middle: Position, network: string): ListedFeature[] {
  const listed = new Map<string, ListedFeature>();
  for (const feature of features) {
    const kind = kindOfLayer[feature.source_layer];
    if (!kind || feature.layer.startsWith("overlay")) continue;
    const { name, short_name, number, code } = feature.properties;
    const title = String(kind === "building" ? name || number || "" : name || short_name || code || "");
    const key = kind === "area" ? `${network}:${code}` : feature.id;
    if (title === "") continue;
    const metres = distance(middle, feature.at);
    const known = listed.get(`${kind}:${key}`);
    if (!known || metres < known.metres) {
      listed.set(`${kind}:${key}`, {
        sel: { kind, key },
        title,
        role: kind === "area" ? String(feature.properties.role ?? "") : null,
        id: feature.id,
        metres,
      });
    }
  }
  return [...listed.values()].sort((a, b) => a.metres - b.metres).slice(0, mostListed);
}

/** Metres on the sphere of mean radius, flat within one map: it only orders a list. */
function distance([lon, lat]: Position, [lon2, lat2]: Position): number {
  const metresPerDegree = 111_195;
  const east = (lon2 - lon) * Math.cos((lat * Math.PI) / 180);
  return Math.hypot(east, lat2 - lat) * metresPerDegree;
}
