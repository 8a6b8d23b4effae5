import type { PackedShapes } from "../checks/packed_shapes.ts";

/** Areas as they are in the base. */
export interface FormerAreas {
  facts: { id: string; level: number; kind: "basic" | "special" }[];
  shapes: PackedShapes;
}
