import { queryOptions } from "@tanstack/react-query";
import { CheckReport, CheckSummary, Crosswalk, type NewWarningReason } from "../../data/schema/check.ts";
import { getJson, sendJson } from "./client.ts";
import type { EditionChoice } from "./queries.ts";

/** What is judged: a whole network, or an area of it by its code. */
export interface Judged {
  network: string;
  area: string | null;
}

/** How long a report counts as fresh, milliseconds: it says itself when it was made, and is made again on demand. */
const freshFor = 10 * 60_000;

function addressOf({ network, area }: Judged, what: "check" | "certificate"): string {
  return area === null
    ? `/api/networks/${encodeURIComponent(network)}/${what}`
    : `${areaAddress({ network, area })}/${what}`;
}

function areaAddress({ network, area }: { network: string; area: string }): string {
  return `/api/areas/${encodeURIComponent(`${network}:${area}`)}`;
}

/** Faults, warnings and figures of a division. Seconds for a whole city. */
export function checkQuery(judged: Judged, when: EditionChoice) {
  return queryOptions({
    queryKey: ["check", judged, when],
    queryFn: ({ signal }) => getJson(CheckReport, addressOf(judged, "check"), { ...when }, signal),
    staleTime: freshFor,
  });
}

/** What was judged and how it came out. */
export function certificateQuery(judged: Judged, when: EditionChoice & { on?: string | undefined }) {
  return queryOptions({
    queryKey: ["certificate", judged, when],
    queryFn: ({ signal }) => getJson(CheckSummary, addressOf(judged, "certificate"), { ...when }, signal),
    staleTime: freshFor,
  });
}

/** Where the same stands as JSON, to be kept beside the printed sheet. */
export function certificateAddress(judged: Judged, when: EditionChoice & { on?: string | undefined }): string {
  const values = new URLSearchParams();
  for (const [key, value] of Object.entries(when)) if (value !== undefined) values.set(key, String(value));
  return `${addressOf(judged, "certificate")}${values.size > 0 ? `?${values}` : ""}`;
}

/** One reason for warnings of a kind in an area and below it. */
export function giveReason(at: { network: string; area: string }, reason: NewWarningReason): Promise<unknown> {
  return sendJson(null, `${areaAddress(at)}/check/reasons`, { method: "POST", body: reason });
}

export function withdrawReason(at: { network: string; area: string }, id: string): Promise<unknown> {
  return sendJson(null, `${areaAddress(at)}/check/reasons/${encodeURIComponent(id)}`, { method: "DELETE" });
}

/** How the areas below one lie in those of another network. */
export function crosswalkQuery(from: { network: string; area: string }, to: string) {
  return queryOptions({
    queryKey: ["crosswalk", from, to],
    queryFn: ({ signal }) => getJson(Crosswalk, "/api/crosswalk", { from: from.network, to, area: from.area }, signal),
    staleTime: freshFor,
  });
}
