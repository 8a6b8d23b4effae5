import type { Map as MapLibreMap, MapMouseEvent, StyleSpecification } from "maplibre-gl";
import { sourceIds } from "../../data/cartography/sources.ts";
import { findHits, hittableLayers } from "./hits.ts";
import type { Hit } from "./map_types.ts";

/** What lies under the pointer, or under the crosshair of the keyboard. */
export class Pointing {
  readonly #map: MapLibreMap;
  readonly #style: () => StyleSpecification;
  readonly #changed: (hit: Hit | null, point: [number, number]) => void;
  readonly #isOff: () => boolean;
  #hovered: Hit | null = null;
  #frame = 0;
  /** Layers that can be hit, and the style they are of. */
  #hittable: { style: StyleSpecification; layers: string[] } | null = null;

  /**
   * @param changed - called when something else lies under the pointer than before
   * @param isOff - while a tool has the pointer, nothing is looked for
   */
  constructor(
    map: MapLibreMap,
    style: () => StyleSpecification,
    changed: (hit: Hit | null, point: [number, number]) => void,
    isOff: () => boolean = () => false,
  ) {
    this.#isOff = isOff;
    this.#map = map;
    this.#style = style;
    this.#changed = changed;
    map.on("mousemove", (event) => this.#onMove(event));
    map.on("mouseout", () => this.pointAt(null));
    map.on("movestart", () => this.pointAt(null));
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
  }

  /** @param point - px in the container */
  hitsAt(point: [number, number]): Hit[] {
    const style = this.#style();
    if (this.#hittable?.style !== style) this.#hittable = { style, layers: hittableLayers(style) };
    // While a style is being read, or changed, the map has not all of its layers.
    const layers = this.#hittable.layers.filter((id) => this.#map.getLayer(id));
    return layers.length > 0 ? findHits(this.#map, point, layers) : [];
  }

  pointAt(point: [number, number] | null): void {
    cancelAnimationFrame(this.#frame);
    const hit = point ? (this.hitsAt(point)[0] ?? null) : null;
    if (hit?.kind === this.#hovered?.kind && hit?.id === this.#hovered?.id) return;
    this.#hovered = hit && this.#withLeader(hit);
    this.#map.getCanvas().style.cursor = hit ? "pointer" : "";
    this.#changed(this.#hovered, point ?? [0, 0]);
  }

  /** One look per frame: a pointer moves far more often than the screen is drawn. */
  #onMove({ point: { x, y } }: MapMouseEvent): void {
    cancelAnimationFrame(this.#frame);
    if (this.#isOff() || this.#map.isMoving()) return;
    this.#frame = requestAnimationFrame(() => this.pointAt([x, y]));
  }

  /** Faces carry no leader, their labels do; a label may lie in a tile that is not loaded. */
  #withLeader(hit: Hit): Hit {
    if (hit.kind !== "area") return hit;
    const labels = this.#map.querySourceFeatures(sourceIds.areas, {
      sourceLayer: "area_labels",
      filter: ["==", ["get", "id"], Number(hit.id)],
    });
    const leader: unknown = labels[0]?.properties.leader;
    return typeof leader === "string" ? { ...hit, properties: { ...hit.properties, leader } } : hit;
  }
}
