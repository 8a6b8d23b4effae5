import type { ChangeProperties } from "../../data/cartography/layers/changes.ts";
import type { FindingProperties } from "../../data/cartography/layers/findings.ts";
import type { StyleOptions } from "../../data/cartography/style_options.ts";
import type { GeoJsonGeometry } from "../../data/schema/check.ts";
import type { Position } from "../../data/schema/geometry.ts";

/** What the page sees of the map: nothing here names MapLibre. */

export interface Camera {
  zoom: number;
  lat: number;
  lng: number;
  /** Degrees clockwise from north, 0 unless turned. */
  bearing?: number;
  /** Degrees from straight down, 0–45. */
  pitch?: number;
}

/** CSS pixels that open panels cover. */
export interface MapPadding {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

export type HitKind =
  | "change"
  | "area"
  | "overlay_area"
  | "key_unit"
  | "component"
  | "facility"
  | "small_place"
  | "legal_entity"
  | "building"
  | "pipe"
  | "estate"
  | "road";

/** One thing under the pointer. `properties` are the tile attributes of its layer (data/schema/tile_attributes.ts). */
export interface Hit {
  kind: HitKind;
  /** The database id as text, as the API writes it. */
  id: string;
  properties: Readonly<Record<string, string | number | boolean>>;
}

/** A thing to emphasise. Areas of the drawn network, or what a hit named. */
export interface MapSelection {
  kind: HitKind;
  id: string;
  /** Where it is. Points get a ring there, areas their name. */
  at?: Position | undefined;
  /** Short name of an area: placed before every other label. */
  name?: string | undefined;
}

/** A feature of a source that the page fills. */
export interface MapMark<Properties> {
  geometry: GeoJsonGeometry;
  properties: Properties;
}

/** Something that checks found, for the source `findings`. */
export type MapFinding = MapMark<FindingProperties>;

/** Ground that changed hands between two editions, for the source `changes`. */
export type MapChange = MapMark<ChangeProperties>;

export interface ScaleInfo {
  /** Length of the bar in CSS px, 80–160. */
  width: number;
  /** What it spans on the ground. */
  metres: number;
  /** 「200 m」, 「1 km」 */
  text: string;
}

/** What the style needs, and where the map stands; `tiles` may also be an address from the root: `/tiles`. */
export interface AtlasMapOptions extends StyleOptions {
  container: HTMLElement;
  /** Where to start: a camera of a link, else the box of the network. */
  camera?: Camera | null | undefined;
  padding?: Partial<MapPadding> | undefined;
  /** Called when tiles are refused to a token that is out of date; they are asked for again when it resolves. */
  renewAccess?: (() => Promise<unknown>) | undefined;
  /** What a screen reader says for the map. */
  label?: string | undefined;
  /** Puts the object on `window.__atlas_map`, for tests. */
  expose?: boolean | undefined;
}

/** Every event and what its listener gets. */
export interface AtlasMapEvents {
  /** A click, a tap, or Enter on the crosshair. `hits`: what a reader most likely meant comes first; may be empty. */
  click: { at: Position; point: [number, number]; hits: Hit[] };
  /** Pointer or crosshair over something else than before; null over nothing. */
  hover: { hit: Hit | null; point: [number, number] };
  /** The camera moves; `settled` once it rests. */
  move: { camera: Camera; scale: ScaleInfo; settled: boolean };
  /** All tiles loaded and drawn, nothing moves. */
  idle: Record<string, never>;
  /** Once: grid edges and at least eight area labels are drawn (or all there are). Milliseconds since navigation. */
  meaningful: { milliseconds: number };
  /** The draft is on the canvas as it was last given to the map. Milliseconds since navigation. */
  redrawn: { milliseconds: number };
  /** The graphics card took the canvas away, or gave it back; then everything is drawn again by itself. */
  canvas: { lost: boolean };
  /** The set of legend keys with something in view changed. */
  drawn: { keys: ReadonlySet<string> };
  /** A tile did not arrive; the last ones stay. `layers` are the tile layers that are missing. */
  tileerror: { layers: string[]; basemap: boolean; message: string };
  /** The tiles of these layers arrive again. */
  tilerecovered: { layers: string[]; basemap: boolean };
  /** The keyboard crosshair was shown or hidden. */
  crosshair: { shown: boolean };
}

/** A drawn feature, for tests and lists. */
export interface DrawnFeature {
  layer: string;
  /** `metadata.legend.key` of its layer, null where it has none. */
  legend_key: string | null;
  source_layer: string;
  id: string;
  /** A position on it, in view: lists sort by its distance from the middle of the map. */
  at: Position;
  properties: Readonly<Record<string, string | number | boolean>>;
}
