import type { RoadClass } from "../../schema/city_rows.ts";
import type { GroundPlan, PlanEdge, Zone } from "../ground_plan.ts";
import { lineLength, type PlaneLine } from "./flat_geometry.ts";

/** Half the width of a street between its fronts, metres. */
export const halfWidths: Record<RoadClass, number> = {
  ring: 24,
  main: 19,
  secondary: 12.5,
  side: 7.5,
  lane: 2.6,
  estate_way: 3,
  field_way: 3,
};

/** Classes from the widest to the narrowest. */
export const roadRanks: Record<RoadClass, number> = {
  ring: 0,
  main: 1,
  secondary: 2,
  side: 3,
  lane: 4,
  estate_way: 5,
  field_way: 6,
};

/** A stretch of one street between two junctions, from its western end: what pipes follow and furniture lines. */
export interface StreetPiece extends PlaneLine {
  street: number;
  class: RoadClass;
  /** Vertices of the plan; the first and the last are junctions. */
  vertices: number[];
  length: number;
  /** Zone of the land beside it; the first of left and right that is no river. */
  zone: Zone;
  /** Runs over water: no furniture here. */
  bridge: boolean;
}

interface Step {
  edge: number;
  to: number;
}

/** Cuts the streets (lanes and wider; no estate or field ways) at junctions and where the street changes. */
export function cutStreets(plan: GroundPlan): StreetPiece[] {
  const steps = listSteps(plan);
  const used = new Set<number>();
  const pieces: StreetPiece[] = [];
  const walk = (from: number, first: Step) => {
    if (used.has(first.edge)) return;
    const edges = [first.edge];
    const vertices = [from, first.to];
    used.add(first.edge);
    for (;;) {
      const here = vertices[vertices.length - 1]!;
      if (isJunction(plan, steps[here]!)) break;
      const next = steps[here]!.find((step) => !used.has(step.edge));
      if (!next) break;
      used.add(next.edge);
      edges.push(next.edge);
      vertices.push(next.to);
    }
    pieces.push(describePiece(plan, vertices, edges));
  };
  steps.forEach((around, vertex) => {
    if (around.length > 0 && isJunction(plan, around)) for (const step of around) walk(vertex, step);
  });
  // What is left are closed rings without any junction.
  steps.forEach((around, vertex) => {
    for (const step of around) walk(vertex, step);
  });
  return pieces;
}

function listSteps(plan: GroundPlan): Step[][] {
  const steps: Step[][] = plan.x.map(() => []);
  plan.edges.forEach((edge, index) => {
    if (!carriesPipes(edge)) return;
    steps[edge.from]!.push({ edge: index, to: edge.to });
    steps[edge.to]!.push({ edge: index, to: edge.from });
  });
  return steps;
}

function carriesPipes(edge: PlanEdge): boolean {
  return edge.street >= 0 && edge.class in roadRanks && roadRanks[edge.class as RoadClass] <= roadRanks.lane;
}

function isJunction(plan: GroundPlan, around: readonly Step[]): boolean {
  if (around.length !== 2) return true;
  const [a, b] = [plan.edges[around[0]!.edge]!, plan.edges[around[1]!.edge]!];
  return a.street !== b.street || a.class !== b.class;
}

function describePiece(plan: GroundPlan, vertices: number[], edges: number[]): StreetPiece {
  const [first, last] = [vertices[0]!, vertices[vertices.length - 1]!];
  const westward =
    plan.x[first]! > plan.x[last]! || (plan.x[first]! === plan.x[last]! && plan.y[first]! > plan.y[last]!);
  const ordered = westward ? vertices.slice().reverse() : vertices;
  const x = ordered.map((vertex) => plan.x[vertex]!);
  const y = ordered.map((vertex) => plan.y[vertex]!);
  const middle = plan.edges[edges[edges.length >> 1]!]!;
  const sides = [middle.left, middle.right].filter((parcel) => parcel >= 0).map((parcel) => plan.parcels[parcel]!);
  const zones = sides.map((parcel) => plan.blocks[parcel.block]!.zone);
  return {
    street: middle.street,
    class: middle.class as RoadClass,
    vertices: ordered,
    x,
    y,
    length: lineLength({ x, y }),
    zone: zones.find((zone) => zone !== "river") ?? "river",
    bridge: sides.length === 2 && sides.every((parcel) => parcel.use === "water"),
  };
}
