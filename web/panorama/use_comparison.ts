import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Network } from "../../data/schema/network.ts";
import type { EditionDifference } from "../../data/schema/plan.ts";
import { differenceQuery } from "../api/editions.ts";
import { editionsQuery } from "../api/queries.ts";
import { useView } from "../ui/view_store.ts";
import { chooseEditions, type EditionPair } from "./choose_editions.ts";
import { type Comparison, compareEditions } from "./edition_rows.ts";
import { useOldEdition } from "./use_network.ts";

/** Map and panel look at the same answer: of thousands of areas it is sorted once. */
const compared = new WeakMap<EditionDifference, Comparison>();

function compareOnce(difference: EditionDifference): Comparison {
  const comparison = compared.get(difference) ?? compareEditions(difference);
  compared.set(difference, comparison);
  return comparison;
}

/** The editions of a network, and which two of them the address compares; null until they are known. */
export function useEditionPair(network: Network) {
  const query = useQuery(editionsQuery(network.code));
  const { old, unknown } = useOldEdition();
  const former = useView((view) => view.former);
  const asked = useView((view) => view.edition);
  const editions = query.data?.editions;
  const drawn = (unknown ? asked : old?.number) ?? network.edition?.number ?? 0;
  const pair = useMemo(
    (): EditionPair | null => (editions ? chooseEditions(editions, drawn, former) : null),
    [editions, drawn, former],
  );
  return { query, pair, editions: editions ?? [] };
}

/** What the two differ by. Map and panel ask the same question and share one answer. */
export function useDifference(network: Network, pair: EditionPair | null) {
  const two = pair?.kind === "pair" ? pair : null;
  const query = useQuery({
    ...differenceQuery(network.code, two?.from.number ?? 0, two?.to.number ?? 0),
    enabled: two !== null,
  });
  const difference = two ? query.data : undefined;
  return { query, comparison: difference ? compareOnce(difference) : null };
}
