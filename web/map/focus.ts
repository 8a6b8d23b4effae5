import type { GeoJSONSource, GeoJSONSourceSpecification, Map as MapLibreMap, StyleSpecification } from "maplibre-gl";
import { sourceIds } from "../../data/cartography/sources.ts";
import { isPointKind, tilePlace } from "./hits.ts";
import type { MapSelection } from "./map_types.ts";

type Markers = Extract<Exclude<GeoJSONSourceSpecification["data"], string>, { type: "FeatureCollection" }>;
type State = "hover" | "selected" | "near";

/** What is emphasised on the map. States live in MapLibre by source and id; this object can set them again after a change of source. */
export class Focus {
  readonly #map: MapLibreMap;
  readonly #marked: Record<State, MapSelection[]> = { hover: [], selected: [], near: [] };

  constructor(map: MapLibreMap) {
    this.#map = map;
  }

  mark(state: State, selections: MapSelection[]): void {
    for (const selection of this.#marked[state]) this.#setState(selection, state, false);
    this.#marked[state] = selections;
    for (const selection of selections) this.#setState(selection, state, true);
    if (state === "selected") this.#drawMarkers();
  }

  /** Another network has other areas: what was marked of the former is gone. */
  forgetAreas(): void {
    for (const state of ["hover", "selected", "near"] as const) {
      this.mark(
        state,
        this.#marked[state].filter(({ kind }) => kind !== "area"),
      );
    }
  }

  /** Puts our markers into a style about to be set, so that setting it does not wipe them. */
  fill(style: StyleSpecification): void {
    const source = style.sources[sourceIds.focus];
    if (source?.type === "geojson") source.data = this.#markers();
  }

  /** After a style change: a source that is new, or was replaced, knows nothing of it. */
  restore(): void {
    if (this.#marked.selected.length > 0) this.#drawMarkers();
    for (const state of ["hover", "selected", "near"] as const) {
      for (const selection of this.#marked[state]) this.#setState(selection, state, true);
    }
  }

  #setState(selection: MapSelection, state: State, on: boolean): void {
    if (selection.kind === "change") return;
    const place = tilePlace(selection.kind);
    if (!this.#map.getSource(place.source)) return;
    const target = { ...place, id: Number(selection.id) };
    if (on) this.#map.setFeatureState(target, { [state]: true });
    else this.#map.removeFeatureState(target, state);
  }

  #drawMarkers(): void {
    this.#map.getSource<GeoJSONSource>(sourceIds.focus)?.setData(this.#markers());
  }

  #markers(): Markers {
    const features = this.#marked.selected.flatMap(({ kind, at, name }): Markers["features"] => {
      if (!at) return [];
      const properties: Record<string, string> = {};
      if (isPointKind(kind)) properties.mark = "ring";
      else if (kind === "area" && name) properties.name = name;
      else return [];
      return [{ type: "Feature", geometry: { type: "Point", coordinates: at }, properties }];
    });
    return { type: "FeatureCollection", features };
  }
}
