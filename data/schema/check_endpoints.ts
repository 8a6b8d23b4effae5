import { z } from "zod";
import {
  CheckQuery,
  CheckReport,
  CheckSummary,
  Crosswalk,
  CrosswalkQuery,
  NetworkRules,
  NewWarningReason,
  ReasonParams,
  WarningReason,
} from "./check.ts";
import type { Endpoint } from "./endpoint.ts";

const areaParams = z.object({ id: z.string().describe("id or network:code") });
const networkParams = z.object({ network: z.string() });

/** The proof that a division is right, and how networks lie in each other. */
export const checkEndpoints: Endpoint[] = [
  {
    method: "get",
    path: "/api/areas/:id/check",
    summary: "Faults, warnings and figures of an area's division",
    access: "check_division",
    params: areaParams,
    query: CheckQuery,
    response: CheckReport,
    others: [400, 401, 403, 404, 422, 503],
  },
  {
    method: "get",
    path: "/api/networks/:network/check",
    summary: "Faults, warnings and figures of a whole network",
    access: "check_division",
    params: networkParams,
    query: CheckQuery,
    response: CheckReport,
    others: [400, 401, 403, 404, 422, 503],
  },
  {
    method: "get",
    path: "/api/areas/:id/certificate",
    summary: "What was judged of an area and how it came out: edition, time, inputs' hash, counts",
    access: "check_division",
    params: areaParams,
    query: CheckQuery,
    response: CheckSummary,
    others: [400, 401, 403, 404, 422, 503],
  },
  {
    method: "get",
    path: "/api/networks/:network/certificate",
    summary: "What was judged of a network and how it came out",
    access: "check_division",
    params: networkParams,
    query: CheckQuery,
    response: CheckSummary,
    others: [400, 401, 403, 404, 422, 503],
  },
  {
    method: "post",
    path: "/api/areas/:id/check/reasons",
    summary: "One reason for warnings of a kind in an area and all below it, in the edition in force",
    access: "give_reasons",
    params: areaParams,
    body: NewWarningReason,
    response: WarningReason,
    others: [400, 401, 403, 404, 415],
  },
  {
    method: "delete",
    path: "/api/areas/:id/check/reasons/:reason",
    summary: "Withdraws a reason of the area",
    access: "give_reasons",
    params: ReasonParams,
    others: [400, 401, 403, 404],
  },
  {
    method: "put",
    path: "/api/networks/:network/rules",
    summary: "What a network counts as part of its division",
    access: "set_rules",
    params: networkParams,
    body: NetworkRules,
    response: NetworkRules,
    others: [400, 401, 403, 404, 415],
  },
  {
    method: "get",
    path: "/api/crosswalk",
    summary: "How the areas of one network lie in those of another: shares of surface, households, legal entities",
    access: "check_division",
    query: CrosswalkQuery,
    response: Crosswalk,
    others: [400, 401, 403, 404, 422, 503],
  },
];
