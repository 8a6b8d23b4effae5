/** Who may sign in, and `public`, who need not (domain.md §8). Fire and police liaison are apart. */
export const roles = [
  "public",
  "worker",
  "handler",
  "dispatcher",
  "supervisor",
  "planner",
  "approver",
  "fire_liaison",
  "police_liaison",
  "wall",
  "system_admin",
  "security_admin",
  "audit_admin",
] as const;
export type Role = (typeof roles)[number];

/** Roles that an account is given; nobody is granted to be the public. */
export const grantedRoles = roles.filter((role) => role !== "public") as readonly Exclude<Role, "public">[];
export type GrantedRole = (typeof grantedRoles)[number];

/** 三员: no account holds two of these. They look after the system, see no more of the map than the public, and hold everywhere. */
export const adminRoles = ["system_admin", "security_admin", "audit_admin"] as const satisfies readonly Role[];

/** What an account or device was given. Both ids are bigint as text. */
export interface Grant {
  role: GrantedRole;
  /** Holds inside this area and all below it, whatever edition; null = everywhere (administrators only). */
  area_id: string | null;
  /** If there is one, only things that this organisation or one below it holds. */
  organisation_id: string | null;
}
