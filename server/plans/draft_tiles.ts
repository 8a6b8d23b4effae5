import { colourAreas } from "../../data/cartography/colouring.ts";
import { buildArcs } from "../../data/division/arcs.ts";
import type { DraftArea } from "../../data/division/draft.ts";
import { findNeighbours } from "../../data/division/neighbours.ts";
import { areaOf } from "../../data/measure/area.ts";
import { poleOf } from "../../data/measure/pole.ts";
import { planTileId } from "../../data/schema/plan.ts";
import { ByteWriter } from "../../tiles/encode/byte_writer.ts";
import { type AreaSet, buildAreaSet } from "../../tiles/resident/area_set.ts";
import { drawFeatures } from "../../tiles/resident/draw_features.ts";
import type { AreaChunk } from "../../tiles/rows.ts";
import { ShapeCollector } from "../../tiles/shape_columns.ts";
import { fineArcsFrom } from "../../tiles/zoom_ranges.ts";
import type { DraftSeed } from "./draft_seed.ts";

export interface DraftTiles {
  /** Bytes of a tile with the layers of the published areas, and of which step of the draft it is. */
  tile: (z: number, x: number, y: number) => { bytes: Uint8Array; step: number };
  /** The draft is another one. */
  stepped: () => void;
}

interface Source {
  areas: () => DraftArea[];
  countsOf: (id: string) => { households: number; people: number };
}

/** Drafts above this are drawn anew only so often: a city's borders take seconds, and steps are waiting. */
const largeDraft = 2_000; // areas
const pause = 15_000; // ms

export function drawDraft({ areas, countsOf }: Source, seed: DraftSeed, now: () => number): DraftTiles {
  const published = new Map(seed.published.map((row) => [row.area_id, row]));
  const bytes = new ByteWriter(65_536);
  let step = 0;
  let drawn: { set: AreaSet; step: number; at: number; areas: number } | undefined;

  function setNow(): { set: AreaSet; step: number } {
    const isStale = drawn && drawn.step !== step && (drawn.areas <= largeDraft || now() - drawn.at > pause);
    if (!drawn || isStale) {
      const all = areas();
      drawn = { set: buildAreaSet([chunkOf(all)]), step, at: now(), areas: all.length };
    }
    return drawn;
  }

  function chunkOf(all: readonly DraftArea[]): AreaChunk {
    const shapes = new ShapeCollector();
    for (const { polygons } of all) shapes.addPolygons(polygons);
    const hues = huesOf(all);
    const counts = all.map(({ id }) => countsOf(id));
    return {
      ids: all.map(({ id }) => planTileId(id)),
      shapes: shapes.finish(),
      parents: all.map(({ id, parent_id }) => (id === seed.top_id || parent_id === null ? 0 : planTileId(parent_id))),
      levels: all.map(({ level }) => level),
      roles: all.map(({ level }) => seed.levels.find(({ ordinal }) => ordinal === level)!.role),
      codes: all.map(({ code }) => code ?? ""),
      names: all.map(({ name }) => name),
      short_names: all.map(({ short_name }) => short_name),
      kinds: all.map(({ kind }) => kind),
      hues: all.map(({ id }) => hues.get(planTileId(id)) ?? 1),
      households: counts.map(({ households }) => households),
      people: counts.map(({ people }) => people),
      leaders: all.map(({ id }) => published.get(id)?.leader ?? null),
      at: all.flatMap(({ polygons }) => poleOf(polygons)),
      areas_m2: all.map(({ polygons }) => areaOf(polygons)),
    };
  }

  /** Level by level; who was published keeps the hue where no neighbour has the same. */
  function huesOf(all: readonly DraftArea[]): Map<number, number> {
    const hues = new Map<number, number>();
    for (const level of new Set(all.map((area) => area.level))) {
      const here = all.filter((area) => area.level === level);
      const arcs = buildArcs(here.map(({ id, polygons }) => ({ id: planTileId(id), polygons })));
      const former = here.flatMap(({ id }): [number, number][] => {
        const hue = published.get(id)?.hue;
        return hue === undefined ? [] : [[planTileId(id), hue]];
      });
      const ids = here.map(({ id }) => planTileId(id));
      for (const [id, hue] of colourAreas(ids, findNeighbours(arcs), new Map(former))) hues.set(id, hue);
    }
    return hues;
  }

  return {
    tile(z, x, y) {
      const { set, step: of } = setNow();
      bytes.reset();
      drawFeatures("areas", [{ columns: set.faces }], [z, x, y], bytes);
      drawFeatures("area_arcs", [{ columns: z < fineArcsFrom ? set.coarseArcs : set.fineArcs }], [z, x, y], bytes);
      drawFeatures("area_labels", [{ columns: set.labels }], [z, x, y], bytes);
      return { bytes: bytes.finish(), step: of };
    },
    stepped() {
      step++;
    },
  };
}
