import type { Level } from "../schema/network.ts";
import type { Language } from "../vocabulary/language.ts";

export type Theme = "light" | "dark";

/** Which level of the network is drawn: by zoom, or one level (its ordinal) at every zoom. */
export type LevelPin = "auto" | number;

/** What a reader may switch on and off, in the order of the layer list; `true` = on until somebody says otherwise. */
export const layerGroups = {
  fills: true,
  ground: true,
  roads: true,
  estates: true,
  buildings: true,
  facilities: true,
  key_units: true,
  small_places: false,
  hydrants: false,
  legal_entities: false,
  pipes: false,
  components: false,
} as const;
export type LayerGroup = keyof typeof layerGroups;
export type LayerSwitches = Partial<Record<LayerGroup, boolean>>;

/** What the style needs to know of a network. `level` of the API fits. */
export interface StyledNetwork {
  code: string;
  /** One Han character on overlay labels: 消 警 城. */
  mark: string;
  levels: Pick<Level, "ordinal" | "role">[];
}

/** A backdrop under everything. `tiles` is an address with {z} {x} {y}. */
export interface StyledBasemap {
  tiles: string;
  attribution: string;
  min_zoom: number;
  max_zoom: number;
  tile_size: 256 | 512;
}

/** What checks lay over the map. */
export interface MapMarks {
  /** Faults, warnings and places out of reach are drawn, from the source `findings`, which the map fills. */
  findings: boolean;
  /** Areas with a figure outside its limit, by id, and what stands below their name: 「▲612户」. Each id once. */
  badges: readonly { area_id: number; text: string }[];
  /** Ids of buildings that no hydrant reaches; metres that one reaches, and the latitude at which those are measured. */
  reach: { buildings: readonly number[]; radius_m: number; latitude: number } | null;
  /** Ids of areas by how whole they lie in one area of the overlaid network: a list for each of `nestingClasses`. */
  nesting: readonly (readonly number[])[] | null;
}

/** What a draft takes over from the published edition. */
export interface DraftMarks {
  /** Ids of published areas that the draft draws itself, gone ones among them; null: it draws the whole network. */
  areas: readonly number[] | null;
}

/** What changed since another edition of the drawn network, laid over the map; the map fills the source `changes`. */
export interface ChangeMarks {
  /** The older edition, whose borders are drawn where they ran. */
  former: number;
  /** Ids of lowest areas, of either edition, that won or lost ground: only their borders are looked at. */
  areas: readonly number[];
  /** Ordinal of the highest level among them: what separates higher ones keeps its look. */
  level: number;
}

export interface StyleOptions {
  theme: Theme;
  language: Language;
  /** Where tiles are served, without a slash at the end: `https://host/tiles`. MapLibre wants it absolute. */
  tiles: string;
  /** Part of each address of tiles, so that no store gives one reader what another saw. */
  reader?: string | undefined;
  network: StyledNetwork;
  /** Edition of the network; absent = the one in force. */
  edition?: number | undefined;
  overlay?: StyledNetwork | null | undefined;
  level?: LevelPin | undefined;
  layers?: LayerSwitches | undefined;
  basemap?: StyledBasemap | null | undefined;
  marks?: MapMarks | null | undefined;
  /** A division that is being redrawn takes the place of the published one. */
  draft?: DraftMarks | null | undefined;
  changes?: ChangeMarks | null | undefined;
  /** west, south, east, north: no tile is asked for outside. */
  bounds?: [number, number, number, number] | null | undefined;
}
