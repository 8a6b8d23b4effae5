/** The layers that `/tiles/{layers}` serves, in drawing order from the ground up. Public contract (design §3, §4). */
export const tileLayers = [
  "ground",
  "areas",
  "roads",
  "estates",
  "buildings",
  "pipes",
  "components",
  "facilities",
  "legal_entities",
  "small_places",
  "key_units",
] as const;
export type TileLayer = (typeof tileLayers)[number];

/** Tiles exist from zoom 0 to this one; maps draw them larger beyond. */
export const maxTileZoom = 16;
