import { queryOptions } from "@tanstack/react-query";
import { FamilyTree } from "../../data/schema/plan.ts";
import { getJson } from "./client.ts";
import type { EditionChoice } from "./queries.ts";

/** Where an area comes from and went, by `network:code`; retired ones have one, too. */
export function familyQuery(key: string, when: EditionChoice) {
  return queryOptions({
    queryKey: ["family", key, when],
    queryFn: ({ signal }) => getJson(FamilyTree, `/api/areas/${encodeURIComponent(key)}/lineage`, { ...when }, signal),
  });
}
