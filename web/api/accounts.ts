import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import {
  type AccountChange,
  AccountList,
  AccountSummary,
  AccountWithPassword,
  DeviceList,
  DeviceWithToken,
  type NewAccount,
  type NewDevice,
  OrganisationList,
} from "../../data/schema/account.ts";
import { AreaList } from "../../data/schema/area.ts";
import { AuditList } from "../../data/schema/audit.ts";
import { RevealedContact } from "../../data/schema/contact.ts";
import { getJson, sendJson } from "./client.ts";

export interface AccountFilter {
  text?: string | undefined;
  role?: string | undefined;
}

/** Accounts by name, page by page; the former ones stay while the filter changes. */
export function accountsQuery(filter: AccountFilter) {
  return infiniteQueryOptions({
    queryKey: ["accounts", filter],
    queryFn: ({ signal, pageParam }) =>
      getJson(AccountList, "/api/accounts", { ...filter, after: pageParam, limit: 50 }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}

export function accountQuery(id: string) {
  return queryOptions({
    queryKey: ["account", id],
    queryFn: ({ signal }) => getJson(AccountSummary, pathOf(id), {}, signal),
    staleTime: 0,
  });
}

/** The account as somebody else left it, asked anew for each change that was refused. */
export function accountSinceQuery(id: string, refusedAt: number) {
  return queryOptions({
    queryKey: ["account_since", id, refusedAt],
    queryFn: ({ signal }) => getJson(AccountSummary, pathOf(id), {}, signal),
    gcTime: 0,
  });
}

const pathOf = (id: string): string => `/api/accounts/${encodeURIComponent(id)}`;

export function makeAccount(body: NewAccount): Promise<AccountWithPassword> {
  return sendJson(AccountWithPassword, "/api/accounts", { method: "POST", body });
}

/** @param revision - what the change was made from; another one in force is answered with 412 */
export function changeAccount(id: string, revision: number, body: AccountChange): Promise<AccountSummary> {
  return sendJson(AccountSummary, pathOf(id), { method: "PUT", body, ifMatch: `"${revision}"` });
}

export function resetPassword(id: string): Promise<AccountWithPassword> {
  return sendJson(AccountWithPassword, `${pathOf(id)}/password`, { method: "POST" });
}

export function releaseAccount(id: string, secondFactor: boolean): Promise<AccountSummary> {
  return sendJson(AccountSummary, `${pathOf(id)}/release`, { method: "POST", body: { second_factor: secondFactor } });
}

export function organisationsQuery(text: string) {
  return queryOptions({
    queryKey: ["organisations", text],
    queryFn: ({ signal }) => getJson(OrganisationList, "/api/organisations", { text }, signal),
    placeholderData: keepPreviousData,
  });
}

/** Areas of one network whose name or code holds the text; with a level, of that level only. */
export function findAreasQuery(network: string, text: string, level: number | null) {
  return queryOptions({
    queryKey: ["find_areas", network, text, level],
    queryFn: ({ signal }) => getJson(AreaList, "/api/areas", { network, text, level, limit: 20 }, signal),
    enabled: text !== "",
    placeholderData: keepPreviousData,
  });
}

export function devicesQuery() {
  return queryOptions({
    queryKey: ["devices"],
    queryFn: ({ signal }) => getJson(DeviceList, "/api/devices", {}, signal),
    staleTime: 0,
  });
}

export function makeDevice(body: NewDevice): Promise<DeviceWithToken> {
  return sendJson(DeviceWithToken, "/api/devices", { method: "POST", body });
}

export function revokeDevice(id: string): Promise<void> {
  return sendJson(null, `/api/devices/${encodeURIComponent(id)}`, { method: "DELETE" }) as Promise<void>;
}

export interface AuditFilter {
  text?: string | undefined;
  action?: string | undefined;
  outcome?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

/** Audit lines, latest first, page by page by their numbers. */
export function auditQuery(filter: AuditFilter) {
  return infiniteQueryOptions({
    queryKey: ["audit", filter],
    queryFn: ({ signal, pageParam }) =>
      getJson(AuditList, "/api/audit", { ...filter, before: pageParam, limit: 100 }, signal),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}

/** One line of the log by its number; null where there is none. */
export function auditLineQuery(seq: number) {
  return queryOptions({
    queryKey: ["audit_line", seq],
    queryFn: async ({ signal }) => {
      const { entries } = await getJson(AuditList, "/api/audit", { before: seq + 1, limit: 1 }, signal);
      return entries.find((entry) => entry.seq === seq) ?? null;
    },
  });
}

/** A phone in full; the look-up is written down. */
export function revealContact(id: string): Promise<RevealedContact> {
  return sendJson(RevealedContact, `/api/contacts/${encodeURIComponent(id)}/reveal`, { method: "POST" });
}
