import type { LayerGroup } from "../cartography/style_options.ts";
import type { TileLayer } from "../schema/tile_layers.ts";
import type { Wording } from "./language.ts";

/** What a reader switches on and off, in the words of the layer list. */
export const layerGroupNames: Readonly<Record<LayerGroup, Wording>> = {
  fills: ["网格底色", "Area colours"],
  ground: ["水面与绿地", "Water and green"],
  roads: ["道路", "Roads"],
  estates: ["小区", "Estates"],
  buildings: ["楼栋", "Buildings"],
  facilities: ["公共设施", "Public facilities"],
  key_units: ["消防安全重点单位", "Fire key units"],
  small_places: ["九小场所", "Small places"],
  hydrants: ["消火栓", "Hydrants"],
  legal_entities: ["法人单位", "Legal entities"],
  pipes: ["地下管线", "Pipes"],
  components: ["城市部件", "City components"],
};

/** The layers that tiles carry, for the sentence that says which are missing. */
export const tileLayerNames: Readonly<Record<TileLayer, Wording>> = {
  ground: ["水面与绿地", "Water and green"],
  areas: ["网格", "Areas"],
  roads: ["道路", "Roads"],
  estates: ["小区", "Estates"],
  buildings: ["楼栋", "Buildings"],
  pipes: ["管线", "Pipes"],
  components: ["部件", "Components"],
  facilities: ["公共设施", "Facilities"],
  legal_entities: ["法人单位", "Legal entities"],
  small_places: ["九小场所", "Small places"],
  key_units: ["重点单位", "Key units"],
};
