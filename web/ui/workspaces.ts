import type { Session } from "../../data/schema/session.ts";
import { readerWords } from "../../data/vocabulary/access_words.ts";
import { frameWords } from "../../data/vocabulary/frame_words.ts";
import type { Wording } from "../../data/vocabulary/language.ts";

export interface Workspace {
  path: string;
  name: Wording;
  /** The digit of Alt+digit (ui/frame.md, 「Global keys」); null where there is none. */
  digit: number | null;
}

export const panoramaWorkspace: Workspace = { path: "/", name: frameWords.panorama, digit: 1 };
export const plannerWorkspace: Workspace = { path: "/planner", name: readerWords.planning, digit: 3 };
export const administrationWorkspace: Workspace = { path: "/admin", name: readerWords.administration, digit: null };

/** Pages of the administration, and the action of the policy that opens each. */
export const adminPages = [
  { path: "/admin/accounts", name: readerWords.accounts, action: "manage_accounts" },
  { path: "/admin/devices", name: readerWords.devices, action: "manage_accounts" },
  { path: "/admin/audit", name: readerWords.audit, action: "read_audit" },
] as const;
export type AdminPage = (typeof adminPages)[number];

/** The pages of the administration that the reader may open. */
export function openAdminPages(session: Session | null): AdminPage[] {
  return adminPages.filter(({ action }) => session?.actions.includes(action) ?? false);
}

/** The workspaces that the reader may enter, in the order of their keys. */
export function openWorkspaces(session: Session | null): Workspace[] {
  const admin = openAdminPages(session).length > 0 ? [administrationWorkspace] : [];
  const planner = session?.actions.includes("read_plans") ? [plannerWorkspace] : [];
  return [panoramaWorkspace, ...planner, ...admin];
}
