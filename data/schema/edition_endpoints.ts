import { z } from "zod";
import type { Endpoint } from "./endpoint.ts";
import { Words } from "./parameters.ts";
import { EditionDifference, FamilyTree, FamilyTreeQuery } from "./plan.ts";

const number = z.coerce.number().int().min(1).max(1_000_000);
export const DifferenceParams = z.object({ network: Words, from: number, to: number });

/** What editions were, and what became of what was in them. */
export const editionEndpoints: Endpoint[] = [
  {
    method: "get",
    path: "/api/editions/:network/:from..:to",
    summary: "What changed between two editions: ground that changed hands, where areas come from, new names",
    access: "read_map",
    params: DifferenceParams,
    response: EditionDifference,
    others: [400, 404, 503],
  },
  {
    method: "get",
    path: "/api/areas/:id/lineage",
    summary: "The family tree of an area, retired ones too, and who has its ground today; id or network:code",
    access: "read_map",
    params: z.object({ id: z.string() }),
    query: FamilyTreeQuery,
    response: FamilyTree,
    others: [400, 404],
  },
];
