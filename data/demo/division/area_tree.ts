import type { AreaRow } from "../../schema/city_rows.ts";
import type { FaceEdges, Vertices } from "./trace_areas.ts";
import { toMultiPolygon, traceAreas } from "./trace_areas.ts";

/** An area before it has an id and an outline. */
export interface AreaDraft {
  level_id: number;
  /** Parcels, or for cells faces of the mesh: what `face` numbers mean is the caller's. */
  faces: number[];
  children: AreaDraft[];
  code: string;
  name: string;
  short_name: string;
  kind: "basic" | "special";
  profile_id: number | null;
  child_profile_id: number | null;
}

/** What every draft begins as; the caller names it. */
export function draftArea(level_id: number, faces: number[], children: AreaDraft[] = []): AreaDraft {
  return {
    level_id,
    faces,
    children,
    code: "",
    name: "",
    short_name: "",
    kind: "basic",
    profile_id: null,
    child_profile_id: null,
  };
}

/** Where faces lie and how large they are: local metres, m². */
export interface FacePlaces {
  x: ArrayLike<number>;
  y: ArrayLike<number>;
  area: ArrayLike<number>;
}

/** Sorts by centre of area: west → east, then north → south, as codes run (domain.md §1). */
export function sortWestToEast<Item>(
  items: readonly Item[],
  facesOf: (item: Item) => readonly number[],
  places: FacePlaces,
): Item[] {
  const keyed = items.map((item) => ({ item, centre: centreOf(facesOf(item), places) }));
  keyed.sort((a, b) => a.centre[0] - b.centre[0] || b.centre[1] - a.centre[1]);
  return keyed.map(({ item }) => item);
}

/** Centre of area of a set of faces, whole metres. */
export function centreOf(faces: readonly number[], { x, y, area }: FacePlaces): [number, number] {
  let sx = 0;
  let sy = 0;
  let sum = 0;
  for (const face of faces) {
    sx += area[face]! * x[face]!;
    sy += area[face]! * y[face]!;
    sum += area[face]!;
  }
  return [Math.round(sx / sum), Math.round(sy / sum)];
}

export interface TreeRows {
  rows: AreaRow[];
  /** Per face: id of the lowest area that holds it. */
  leaf: number[];
}

/** Lines to trace along, and the degrees of their vertices. */
export interface Tracing {
  edges: FaceEdges;
  vertices: Vertices;
  lon: number[];
  lat: number[];
  /** Which face of the drafts each face of `edges` belongs to. */
  faceOf: ArrayLike<number>;
  /** How many faces the drafts count in. */
  faces: number;
}

/** Turns a tree of drafts into rows, level by level: ids rise, parents come first, outlines follow the edges. */
export function rowsOfTree(
  roots: readonly AreaDraft[],
  { network_id, firstId, tracing }: { network_id: number; firstId: number; tracing: Tracing },
): TreeRows {
  const rows: AreaRow[] = [];
  const leaf = new Array<number>(tracing.faces).fill(0);
  let current = roots.map((draft) => ({ draft, parent: null as number | null }));
  while (current.length > 0) {
    const geoms = traceDrafts(
      current.map(({ draft }) => draft),
      tracing,
    );
    const below: typeof current = [];
    current.forEach(({ draft, parent }, at) => {
      const id = firstId + rows.length;
      rows.push(rowOf(draft, { id, network_id, parent_id: parent, geom: geoms[at]! }));
      for (const face of draft.faces) leaf[face] = id;
      for (const child of draft.children) below.push({ draft: child, parent: id });
    });
    current = below;
  }
  return { rows, leaf };
}

function traceDrafts(drafts: readonly AreaDraft[], tracing: Tracing): AreaRow["geom"][] {
  const own = new Int32Array(tracing.faces).fill(-1);
  drafts.forEach((draft, at) => {
    for (const face of draft.faces) own[face] = at;
  });
  const area = Int32Array.from(tracing.faceOf, (face) => own[face]!);
  return traceAreas(tracing.edges, area, drafts.length, tracing.vertices).map((polygons) =>
    toMultiPolygon(polygons, tracing),
  );
}

function rowOf(
  draft: AreaDraft,
  { id, network_id, parent_id, geom }: Pick<AreaRow, "id" | "network_id" | "parent_id" | "geom">,
): AreaRow {
  const { level_id, code, name, short_name, kind, profile_id, child_profile_id } = draft;
  return { id, network_id, level_id, parent_id, code, name, short_name, kind, profile_id, child_profile_id, geom };
}
