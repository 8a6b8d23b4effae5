import { maxTileZoom, type TileLayer } from "../../data/schema/tile_layers.ts";
import type { TileAttributes } from "../../data/schema/tile_attributes.ts";
import type { VectorLayer } from "../source.ts";
import { zoomRanges } from "../zoom_ranges.ts";

/** Type of each attribute in words, `id` first; the keys are those of the contract, which the compiler checks. */
type Fields<Name extends keyof TileAttributes> = Record<keyof TileAttributes[Name] & string, "Number" | "String">;

const fields: { [Name in keyof TileAttributes]: Fields<Name> } = {
  areas: {
    id: "Number",
    code: "String",
    name: "String",
    level: "Number",
    role: "String",
    kind: "String",
    hue: "Number",
    households: "Number",
    people: "Number",
    leaf: "Number",
    above: "Number",
  },
  area_arcs: { id: "Number", level: "Number", role: "String", left: "Number", right: "Number" },
  area_labels: {
    id: "Number",
    code: "String",
    name: "String",
    level: "Number",
    role: "String",
    leaf: "Number",
    below: "Number",
    number: "String",
    households: "Number",
    leader: "String",
    size: "Number",
  },
  buildings: {
    id: "Number",
    use: "String",
    floors: "Number",
    name: "String",
    number: "String",
    households: "Number",
    structure: "String",
    estimated: "Number",
  },
  roads: { id: "Number", class: "String", name: "String" },
  ground: { id: "Number", kind: "String", name: "String" },
  estates: { id: "Number", name: "String", managed: "String" },
  facilities: { id: "Number", kind: "String", name: "String" },
  legal_entities: { id: "Number", kind: "String", name: "String", key_trade: "Number" },
  pipes: {
    id: "Number",
    kind: "String",
    code: "String",
    diameter_mm: "Number",
    section: "String",
    material: "String",
    status: "String",
  },
  components: {
    id: "Number",
    kind: "String",
    code: "String",
    status: "String",
    pipe_kind: "String",
    diameter_mm: "Number",
  },
  key_units: { id: "Number", level: "Number", category: "String", name: "String" },
  small_places: { id: "Number", kind: "String", name: "String", three_in_one: "Number" },
};

const descriptions: Record<keyof TileAttributes, string> = {
  areas: "Areas of every level of one network",
  area_arcs: "Borders of areas, each once",
  area_labels: "One point for each area",
  buildings: "Building footprints",
  roads: "Streets, lanes and ways",
  ground: "Water, green, railways, walls",
  estates: "Housing estates",
  facilities: "Public facilities",
  legal_entities: "Legal entities",
  pipes: "Underground pipes",
  components: "City components and pipe nodes",
  key_units: "Fire-safety key units",
  small_places: "Small places",
};

/** Names of the attributes of a vector layer besides `id`, in the order in which tiles carry them. */
export function attributeKeys(name: keyof TileAttributes): string[] {
  return Object.keys(fields[name]).filter((key) => key !== "id");
}

/** What a tile layer consists of, for TileJSON. */
export function vectorLayersOf(layer: TileLayer): VectorLayer[] {
  const names = layer === "areas" ? (["areas", "area_arcs", "area_labels"] as const) : ([layer] as const);
  return names.map((id) => ({
    id,
    description: descriptions[id],
    minzoom: layer === "areas" ? 0 : zoomRanges[layer].from,
    maxzoom: layer === "areas" ? maxTileZoom : zoomRanges[layer].to,
    fields: fields[id],
  }));
}
