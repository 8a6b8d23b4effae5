import type { GroundPlan } from "../ground_plan.ts";
import { type AreaDraft, draftArea, type FacePlaces, sortWestToEast } from "./area_tree.ts";
import { type FaceMesh, faceLeftOf } from "./face_mesh.ts";
import { levelId } from "./levels.ts";
import type { NamedRoot } from "./name_communities.ts";
import { ringCentre } from "./plan_graph.ts";
import { doubleArea } from "./trace_areas.ts";

const smallestCell = 6_000; // m²: smaller faces join a neighbour of the same block …
const largestJoined = 14_000; // … if both together stay below this

/** Centre and size of every face of the mesh. */
function facePlaces(mesh: FaceMesh): FacePlaces {
  const centres = mesh.rings.map((ring) => ringCentre(ring, mesh));
  return {
    x: centres.map(([x]) => x),
    y: centres.map(([, y]) => y),
    area: mesh.rings.map((ring) => doubleArea(ring, mesh) / 2),
  };
}

/**
 * The network of 万米 cells: one area a subdistrict, town or zone, and below it the cells, which lie in one community
 * each and count within it. Drafts count in faces of the mesh.
 *
 * @param firstNumber - of the short names CG-01 …, which run through all cells
 */
export function draftCells(
  plan: GroundPlan,
  mesh: FaceMesh,
  { roots, firstNumber }: { roots: readonly NamedRoot[]; firstNumber: number },
): AreaDraft[] {
  const places = facePlaces(mesh);
  const facesOf: number[][] = plan.parcels.map(() => []);
  for (const [face, parcel] of mesh.parcel.entries()) facesOf[parcel]!.push(face);
  const cells = joinSmallFaces(plan, mesh, places.area);
  let number = firstNumber;
  return roots.map((root) => {
    const children = root.communities.flatMap((community) => {
      const own = community.parcels.flatMap((parcel) => facesOf[parcel]!).filter((face) => cells.has(face));
      const sorted = sortWestToEast(own, (face) => cells.get(face)!, places);
      return sorted.map((face, at) => ({
        ...draftArea(levelId.cell, cells.get(face)!),
        code: community.code + String(at + 1).padStart(3, "0"),
        name: `${community.name}第${at + 1}单元网格`,
        short_name: `CG-${String(number++).padStart(2, "0")}`,
      }));
    });
    return {
      ...draftArea(
        levelId.cell_district,
        children.flatMap((child) => child.faces),
        children,
      ),
      code: root.code,
      name: `${root.name}城管片区`,
      short_name: root.name,
    };
  });
}

/** Cells as lists of faces, by their first face: small faces joined to the neighbour with the longest common border. */
function joinSmallFaces(plan: GroundPlan, mesh: FaceMesh, area: ArrayLike<number>): Map<number, number[]> {
  const cells = new Map(mesh.rings.map((_, face) => [face, [face]]));
  const cellOf = mesh.rings.map((_, face) => face);
  const size = Array.from(area);
  const blockOf = (face: number) => plan.parcels[mesh.parcel[face]!]!.block;
  const bySize = [...cells.keys()].sort((a, b) => area[a]! - area[b]! || a - b);
  for (const face of bySize) {
    const own = cellOf[face]!;
    if (size[own]! >= smallestCell) continue;
    const beside = bordersOfCell(mesh, cells.get(own)!, cellOf);
    let best = -1;
    for (const [other, length] of beside) {
      if (blockOf(other) !== blockOf(own) || size[own]! + size[other]! > largestJoined) continue;
      if (best === -1 || length > beside.get(best)!) best = other;
    }
    if (best === -1) continue;
    const joined = cells.get(own)!;
    for (const moved of joined) cellOf[moved] = best;
    cells.get(best)!.push(...joined);
    size[best]! += size[own]!;
    cells.delete(own);
  }
  return cells;
}

/** Metres of border with each other cell. */
function bordersOfCell(mesh: FaceMesh, faces: readonly number[], cellOf: readonly number[]): Map<number, number> {
  const lengths = new Map<number, number>();
  for (const face of faces) {
    const ring = mesh.rings[face]!;
    ring.forEach((from, at) => {
      const to = ring[(at + 1) % ring.length]!;
      const beyond = faceLeftOf(mesh.leftOf, to, from);
      if (beyond === -1 || cellOf[beyond] === cellOf[face]) return;
      const length = Math.sqrt((mesh.x[to]! - mesh.x[from]!) ** 2 + (mesh.y[to]! - mesh.y[from]!) ** 2);
      lengths.set(cellOf[beyond]!, (lengths.get(cellOf[beyond]!) ?? 0) + length);
    });
  }
  return lengths;
}
