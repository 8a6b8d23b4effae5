import { adminRolesOf } from "../../data/access/decide.ts";
import { adminRoles, type GrantedRole } from "../../data/access/roles.ts";
import type { AccountChange, AccountSummary, GrantInput } from "../../data/schema/account.ts";
import type { AreaRef } from "../../data/schema/area.ts";

/** A grant as it stands in the form. */
export interface GrantDraft {
  /** Tells rows apart while they come and go. */
  row: number;
  role: GrantedRole;
  area: AreaRef | null;
  organisation: { id: string; name: string } | null;
  retired: boolean;
  successors: AreaRef[];
}

/** An account as it stands in the form. */
export interface AccountDraft {
  name: string;
  display_name: string;
  disabled: boolean;
  grants: GrantDraft[];
}

let rows = 0;

export function newGrant(role: GrantedRole, area: AreaRef | null = null): GrantDraft {
  rows++;
  return { row: rows, role, area, organisation: null, retired: false, successors: [] };
}

export function draftOf(account: AccountSummary): AccountDraft {
  const { name, display_name, disabled } = account;
  const grants = account.grants.map((grant) => ({ ...newGrant(grant.role), ...grant }));
  return { name, display_name, disabled, grants };
}

export const emptyDraft = (): AccountDraft => ({ name: "", display_name: "", disabled: false, grants: [] });

/** Administrators hold everywhere, everybody else in an area. */
export function needsArea(role: GrantedRole): boolean {
  return !adminRoles.some((admin) => admin === role);
}

/** Why a draft cannot be saved yet; null where it can. */
export function faultOfDraft(draft: AccountDraft): "display_name" | "area" | "retired" | "apart" | null {
  if (draft.display_name.trim() === "") return "display_name";
  if (draft.grants.some(({ role, area }) => needsArea(role) && area === null)) return "area";
  if (draft.grants.some(({ retired }) => retired)) return "retired";
  if (adminRolesOf(draft.grants).length > 1) return "apart";
  return null;
}

/** What the server is told; a row that stands there twice counts once. */
export function changeOf(draft: AccountDraft): AccountChange {
  const grants = new Map(draft.grants.map((grant) => [keyOf(grant), inputOf(grant)]));
  return { display_name: draft.display_name.trim(), disabled: draft.disabled, grants: [...grants.values()] };
}

function inputOf({ role, area, organisation }: GrantDraft): GrantInput {
  if (!needsArea(role)) return { role, area: null, organisation_id: null };
  return { role, area: area && `${area.network}:${area.code}`, organisation_id: organisation?.id ?? null };
}

/** Equal for grants that give the same. */
export function keyOf(grant: GrantDraft): string {
  const { role, area, organisation_id } = inputOf(grant);
  return `${role} ${area ?? ""} ${organisation_id ?? ""}`;
}

/** Whether two drafts say the same, whatever the order of their rows. */
export function isSame(a: AccountDraft, b: AccountDraft): boolean {
  const told = (draft: AccountDraft) =>
    JSON.stringify([draft.display_name.trim(), draft.disabled, [...new Set(draft.grants.map(keyOf))].sort()]);
  return told(a) === told(b);
}

/** A retired grant replaced by what came after its area: the same role there, and for the same organisation. */
export function withSuccessors(draft: AccountDraft, row: number, successors: readonly AreaRef[]): AccountDraft {
  return {
    ...draft,
    grants: draft.grants.flatMap((grant) =>
      grant.row === row
        ? successors.map((area) => ({ ...newGrant(grant.role, area), organisation: grant.organisation }))
        : [grant],
    ),
  };
}
