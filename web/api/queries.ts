import { infiniteQueryOptions, keepPreviousData, QueryClient, queryOptions } from "@tanstack/react-query";
import { AreaDetail, AreaList } from "../../data/schema/area.ts";
import { BasemapList } from "../../data/schema/basemap.ts";
import { EditionList, NetworkList } from "../../data/schema/network.ts";
import { RecordDetail, type Register } from "../../data/schema/record.ts";
import { SearchResult } from "../../data/schema/search.ts";
import { getJson, isFinal } from "./client.ts";

/** Seconds between tries of what failed, the last one for ever (ui/frame.md, state 「error」). */
const retrySeconds = [2, 5, 10, 30] as const;

/** How long to wait after the n-th failure in a row (from 0), milliseconds. */
function retryDelay(failures: number): number {
  return retrySeconds[Math.min(failures, retrySeconds.length - 1)]! * 1000;
}

/** The page's one query client: tries again by itself, never because a window was touched. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        retry: (_failures, error) => !isFinal(error),
        retryDelay,
        networkMode: "always",
        refetchOnWindowFocus: false,
        staleTime: 60_000,
        gcTime: 15 * 60_000,
      },
    },
  });
}

/** Which edition to ask for; without one, that in force. */
export interface EditionChoice {
  edition?: number | undefined;
}

export function networksQuery() {
  return queryOptions({
    queryKey: ["networks"],
    queryFn: ({ signal }) => getJson(NetworkList, "/api/networks", {}, signal),
  });
}

/** How often the page asks whether the server is there, milliseconds. */
const healthPause = 15_000;

let lastAnswer: string | null = null;

/** Whether the server answers, and when it last did (ISO 8601). Never fails: no answer is an answer here. */
export function healthQuery() {
  return queryOptions({
    queryKey: ["health"],
    queryFn: async ({ signal }) => {
      // Asked by the page of itself: it must not keep a session alive.
      const answers = await fetch("/healthz", { signal, cache: "no-store", credentials: "omit" }).then(
        (response) => response.ok,
        () => false,
      );
      if (answers) lastAnswer = new Date().toISOString();
      return { answers, lastAnswer };
    },
    staleTime: 0,
    refetchInterval: healthPause,
  });
}

export function editionsQuery(network: string) {
  return queryOptions({
    queryKey: ["editions", network],
    queryFn: ({ signal }) => getJson(EditionList, "/api/editions", { network }, signal),
  });
}

export function basemapsQuery() {
  return queryOptions({
    queryKey: ["basemaps"],
    queryFn: ({ signal }) => getJson(BasemapList, "/api/basemaps", {}, signal),
  });
}

/** Areas right below one (`parent` = its code, `none` = the top), page by page in code order. */
export function childAreasQuery(network: string, parent: string, when: EditionChoice) {
  return infiniteQueryOptions({
    queryKey: ["areas", network, parent, when],
    queryFn: ({ signal, pageParam }) =>
      getJson(AreaList, "/api/areas", { network, parent, limit: 200, after: pageParam, ...when }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

/** One area, by `network:code`. */
export function areaQuery(key: string, when: EditionChoice) {
  return queryOptions({
    queryKey: ["area", key, when],
    queryFn: ({ signal }) => getJson(AreaDetail, `/api/areas/${encodeURIComponent(key)}`, { ...when }, signal),
  });
}

export function recordQuery(register: Register, id: string) {
  return queryOptions({
    queryKey: ["record", register, id],
    queryFn: ({ signal }) => getJson(RecordDetail, `/api/registers/${register}/${encodeURIComponent(id)}`, {}, signal),
  });
}

/** What a search finds; the former answer stays until the next one is here, so that the list does not flicker. */
export function searchQuery(q: string) {
  return queryOptions({
    queryKey: ["search", q],
    queryFn: ({ signal }) => getJson(SearchResult, "/api/search", { q, limit: 20 }, signal),
    enabled: q !== "",
    placeholderData: keepPreviousData,
  });
}
