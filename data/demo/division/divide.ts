import type { GroundPlan } from "../ground_plan.ts";
import { localPlane } from "../local_plane.ts";
import { areaWords } from "../names/area_words.ts";
import { type AreaDraft, draftArea, rowsOfTree, type Tracing, type TreeRows } from "./area_tree.ts";
import { draftCells } from "./cell_network.ts";
import { draftCommunities } from "./communities.ts";
import type { GridGround } from "./community_grids.ts";
import { emptyCounts, homesByParcel, shareHouseholds, sharePeople, totalsOf } from "./counts.ts";
import { cutCells } from "./cut_cells.ts";
import type { BuildingCounts, Division, Outlines, Place } from "./division.ts";
import type { FaceGraph } from "./face_graph.ts";
import { edgesOf, type FaceMesh } from "./face_mesh.ts";
import { draftGovernance, type GridsFor } from "./governance.ts";
import { levelId, levelRows, networks } from "./levels.ts";
import { type NamedRoot, nameCommunities } from "./name_communities.ts";
import { draftFire, draftPolice } from "./other_networks.ts";
import { parcelGraph, parcelPlaces } from "./plan_graph.ts";
import { traceAreas } from "./trace_areas.ts";
import { addLevelProfiles, levelProfiles, type ProfileBook, profileBook } from "./profiles.ts";

export interface DivideOptions {
  /** Every random choice hangs on it. */
  seed: string;
  /** Six digits that begin every code, and the name of the district. */
  county: string;
  county_name: string;
  /** Which district of the city, from 0; chooses the words of its names. */
  district: number;
  /** How many governance grids the households outside town and zone get; {@link byHouseholds} but in large cities. */
  gridsFor: GridsFor;
  /** Whether the governance network has the district above its subdistricts (cities of several). */
  district_level: boolean;
  /** Where ids and short names start; 1 everywhere but in later parts of a city. */
  first: FirstNumbers;
}

export interface FirstNumbers {
  area: number;
  profile: number;
  fire: number;
  police: number;
  cell: number;
}

export const firstNumbers: FirstNumbers = { area: 1, profile: 1, fire: 1, police: 1, cell: 1 };

/**
 * Divides the ground of a district into the areas of all networks and says who lives in each building. Sums are
 * exact, every outline runs along edges of the plan (or of the cells cut into it), siblings tile their parent.
 */
export function divide(plan: GroundPlan, options: DivideOptions): Division {
  const key = `${options.seed}/division`;
  const book = profileBook(options.first.profile, { fewWorkers: options.district_level });
  if (options.first.profile === 1) addLevelProfiles(book);
  const level = levelRows(levelProfiles, { district: options.district_level });
  const places = parcelPlaces(plan);
  const capacities = parcelGraph(plan);
  const roots = nameCommunities(draftCommunities(plan, capacities, key), {
    plan,
    places,
    words: areaWords(options.district),
    county: options.county,
  });
  const { counts, totals, homes } = countHouseholds(plan, roots, key);
  const governance = (graph: FaceGraph) => {
    const ground: GridGround = { plan, graph, places, counts, homes, key };
    return draftGovernance(roots, { making: { ground, totals, book }, gridsFor: options.gridsFor });
  };
  const drafts = governance(withHouseholds(capacities, homes, counts));
  for (const community of roots.flatMap((root) => root.communities)) {
    const buildings = community.parcels.flatMap((parcel) => homes[parcel]!);
    sharePeople(plan, { buildings, totals: totals.get(community.code)!, key: `${key}/${community.code}` }, counts);
  }
  const ground = { graph: withHouseholds(capacities, homes, counts), places, key };
  const mesh = cutCells(plan);
  const { first } = options;
  const trees = layRows(plan, mesh, first.area, [
    options.district_level ? [wholeDistrictDraft(drafts, options)] : drafts,
    draftFire(roots, ground, first.fire),
    draftPolice(roots, ground, {
      blockOf: plan.parcels.map((parcel) => parcel.block),
      blocks: plan.blocks.length,
      county: options.county,
      firstNumber: first.police,
    }),
    draftCells(plan, mesh, { roots, firstNumber: first.cell }),
  ]);
  return assemble(plan, { trees, level, book, counts, first });
}

/** Households of every building, and the sums of every community by code. */
function countHouseholds(plan: GroundPlan, roots: readonly NamedRoot[], key: string) {
  const counts = emptyCounts(plan);
  const homes = homesByParcel(plan);
  const communities = roots.flatMap((root) => root.communities);
  const totals = new Map(communities.map((own) => [own.code, totalsOf(own, `${key}/${own.code}`)]));
  for (const community of communities) {
    const buildings = community.parcels.flatMap((parcel) => homes[parcel]!);
    const total = totals.get(community.code)!.households;
    shareHouseholds(plan, { buildings, total, key: `${key}/${community.code}` }, counts);
  }
  return { counts, totals, homes };
}

/** The graph with households instead of capacity. */
function withHouseholds(graph: FaceGraph, homes: number[][], counts: BuildingCounts): FaceGraph {
  const households = Float64Array.from(homes, (buildings) =>
    buildings.reduce((sum, building) => sum + counts.households[building]!, 0),
  );
  return { ...graph, load: households, homes: households };
}

function wholeDistrictDraft(children: AreaDraft[], { county, county_name }: DivideOptions): AreaDraft {
  const faces = children.flatMap((child) => child.faces);
  return { ...draftArea(levelId.district, faces, children), code: county, name: county_name, short_name: county_name };
}

interface LaidTrees {
  governance: TreeRows;
  fire: TreeRows;
  police: TreeRows;
  cells: TreeRows;
  outlines: Outlines;
}

/** Rows and outlines of the four networks, in the order of their ids; cells count in faces, the others in parcels. */
function layRows(plan: GroundPlan, mesh: FaceMesh, firstId: number, drafts: AreaDraft[][]): LaidTrees {
  const plane = localPlane(plan.origin);
  const base = {
    edges: edgesOf(mesh),
    vertices: mesh,
    lon: mesh.x.map((x) => plane.lon(x)),
    lat: mesh.y.map((y) => plane.lat(y)),
  };
  const byParcel: Tracing = { ...base, faceOf: mesh.parcel, faces: plan.parcels.length };
  const byFace: Tracing = { ...base, faceOf: [...mesh.parcel.keys()], faces: mesh.parcel.length };
  let next = firstId;
  const lay = (network_id: number, tracing: Tracing) => {
    const tree = rowsOfTree(drafts[network_id - 1]!, { network_id, firstId: next, tracing });
    next += tree.rows.length;
    return tree;
  };
  return {
    governance: lay(1, byParcel),
    fire: lay(2, byParcel),
    police: lay(3, byParcel),
    cells: lay(4, byFace),
    outlines: { lon: base.lon, lat: base.lat, rings: ringsOfParcels(mesh, byParcel) },
  };
}

function ringsOfParcels(mesh: FaceMesh, { edges, faceOf, faces }: Tracing): number[][] {
  return traceAreas(edges, faceOf, faces, mesh).map((polygons) => polygons[0]![0]!);
}

function assemble(
  plan: GroundPlan,
  made: {
    trees: LaidTrees;
    level: Division["level"];
    book: ProfileBook;
    counts: BuildingCounts;
    first: FirstNumbers;
  },
): Division {
  const { governance, fire, police, cells, outlines } = made.trees;
  const area = [...governance.rows, ...fire.rows, ...police.rows, ...cells.rows];
  const above = (id: number, level: number): number | null => {
    for (let at: number | null = id; at !== null; at = area[at - made.first.area]!.parent_id) {
      if (area[at - made.first.area]!.level_id === level) return at;
    }
    return null;
  };
  const root = governance.leaf.map((id) => above(id, levelId.subdistrict)!);
  const community = governance.leaf.map((id, parcel) => above(id, levelId.community) ?? root[parcel]!);
  const places: Division["places"] = { huize: null, dongjie: null, town: null, enterprise_zone: null };
  plan.blocks.forEach((block) => {
    const parcel = block.parcels[0];
    if (block.place === null || parcel === undefined) return;
    const whole: Place[] = ["town", "enterprise_zone"];
    places[block.place] = whole.includes(block.place) ? root[parcel]! : community[parcel]!;
  });
  return {
    first_id: { area: made.first.area, profile: made.first.profile },
    profile: made.book.rows,
    network: networks,
    level: made.level,
    area,
    counts: made.counts,
    leaf: { governance: governance.leaf, fire: fire.leaf, police: police.leaf },
    grid: governance.leaf.map((id) => above(id, levelId.grid)!),
    community,
    community_of_block: plan.blocks.map((block) => community[block.parcels[0] ?? -1] ?? 0),
    root,
    places,
    outlines,
  };
}
