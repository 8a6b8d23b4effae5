import type { Position } from "../../schema/geometry.ts";
import type { EdgeClass, GroundPlan, PlanEdge, PlanEstate, PlanParcel } from "../ground_plan.ts";
import type { Cell } from "./cell.ts";
import { chainEdges } from "./chain_streets.ts";
import { facePoints } from "./cut_blocks.ts";
import type { DraftBlock, DraftFace } from "./draft.ts";
import { nameStreets } from "./name_streets.ts";
import { placeSites } from "./place_sites.ts";
import { ringArea } from "./polygon.ts";
import type { Subdivision } from "./subdivision.ts";

/** Numbers everything and writes it as the plan: only vertices, edges and blocks in use, in order of creation. */
export function writePlan(
  subdivision: Subdivision,
  { blocks, faces, estates }: { blocks: readonly DraftBlock[]; faces: readonly DraftFace[]; estates: PlanEstate[] },
  cell: Cell,
  origin: Position,
): GroundPlan {
  const plan: GroundPlan = {
    origin,
    x: [],
    y: [],
    edges: [],
    parcels: [],
    blocks: blocks.map((block) => ({ zone: block.zone, use: block.use, parcels: [], place: block.place })),
    streets: [],
    estates,
    buildings: [],
    features: [],
  };
  const parcelOfFace: number[] = [];
  faces.forEach((_, face) => {
    parcelOfFace[face] = plan.parcels.length;
    plan.parcels.push(emptyParcel());
  });
  const { vertexOf, lineOf } = writeEdges(subdivision, parcelOfFace, plan);
  faces.forEach((draft, face) => {
    const index = parcelOfFace[face]!;
    const parcel = plan.parcels[index]!;
    parcel.ring = subdivision.ring(face).map((half) => vertexOf[subdivision.origin[half]!]!);
    parcel.block = draft.block;
    parcel.use = draft.use;
    parcel.estate = blocks[draft.block]!.estate;
    if (parcel.estate >= 0) estates[parcel.estate]!.parcels.push(index);
    parcel.area = ringArea(facePoints(subdivision, face));
    plan.blocks[draft.block]!.parcels.push(index);
    writeContent(draft, index, plan);
  });
  nameStreets(
    plan,
    lineOf,
    cell.lines.map((line) => line.name),
    cell.seed,
  );
  drawLines(plan, lineOf, cell.riverName);
  placeSites(plan, cell.seed);
  return plan;
}

function emptyParcel(): PlanParcel {
  return { ring: [], block: -1, use: "open", estate: -1, area: 0, capacity: 0 };
}

function writeEdges(
  subdivision: Subdivision,
  parcelOfFace: readonly number[],
  plan: GroundPlan,
): { vertexOf: number[]; lineOf: number[] } {
  const vertexOf: number[] = [];
  const lineOf: number[] = [];
  const vertex = (old: number): number => {
    vertexOf[old] ??= plan.x.push(subdivision.x[old]!) - 1;
    plan.y[vertexOf[old]!] = subdivision.y[old]!;
    return vertexOf[old]!;
  };
  for (let half = 0; half < subdivision.origin.length; half += 2) {
    if (subdivision.origin[half]! < 0) continue;
    const left = subdivision.face[half]!;
    const right = subdivision.face[half + 1]!;
    if (left < 0 && right < 0) continue;
    const edge: PlanEdge = {
      from: vertex(subdivision.origin[half]!),
      to: vertex(subdivision.origin[half + 1]!),
      left: left < 0 ? -1 : parcelOfFace[left]!,
      right: right < 0 ? -1 : parcelOfFace[right]!,
      class: subdivision.edgeClass[half >> 1]!,
      street: -1,
    };
    plan.edges.push(edge);
    lineOf.push(subdivision.edgeLine[half >> 1]!);
  }
  return { vertexOf, lineOf };
}

/** Centre line of the river and the railway: one feature each, its parcel the first beside it. */
function drawLines(plan: GroundPlan, lineOf: readonly number[], riverName: string | null): void {
  for (const kind of ["river", "railway"] as const) {
    const chains = chainEdges(plan, lineOf, new Set<EdgeClass>([kind]));
    if (chains.length === 0) continue;
    const first = plan.edges[chains[0]!.edges[0]!]!;
    const parts = chains.map((chain) => chain.vertices.flatMap((vertex) => [plan.x[vertex]!, plan.y[vertex]!]));
    const name = kind === "river" ? riverName : null;
    plan.features.push({ kind, facility: null, name, parcel: Math.max(first.left, first.right), parts, closed: false });
  }
}

function writeContent(draft: DraftFace, parcel: number, plan: GroundPlan): void {
  for (const building of draft.buildings) {
    plan.buildings.push({
      parcel,
      estate: plan.parcels[parcel]!.estate,
      use: building.use,
      form: building.form,
      floors: building.floors,
      structure: building.structure,
      entrances: building.entrances,
      capacity: building.capacity,
      year_built: building.year,
      ring: building.ring,
    });
    plan.parcels[parcel]!.capacity += building.capacity;
  }
  for (const feature of draft.features) plan.features.push({ ...feature, parcel });
}
