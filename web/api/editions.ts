import { queryOptions } from "@tanstack/react-query";
import { EditionDifference, FamilyTree } from "../../data/schema/plan.ts";
import { getJson } from "./client.ts";
import type { EditionChoice } from "./queries.ts";

/** Where an area comes from and went, by `network:code`; retired ones have one, too. */
export function familyQuery(key: string, when: EditionChoice) {
  return queryOptions({
    queryKey: ["family", key, when],
    queryFn: ({ signal }) => getJson(FamilyTree, `/api/areas/${encodeURIComponent(key)}/lineage`, { ...when }, signal),
  });
}

/** What became of the areas of a network between two of its editions, the older one first. */
export function differenceQuery(network: string, from: number, to: number) {
  return queryOptions({
    queryKey: ["difference", network, from, to],
    queryFn: ({ signal }) =>
      getJson(EditionDifference, `/api/editions/${encodeURIComponent(network)}/${from}..${to}`, {}, signal),
  });
}
