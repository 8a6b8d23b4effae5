import { actionPolicy } from "../../data/access/policy.ts";
import type { AreaRef } from "../../data/schema/area.ts";
import type { Session } from "../../data/schema/session.ts";
import type { View } from "../ui/view_address.ts";
import { changeView, currentView } from "../ui/view_store.ts";
import { areaOfSelection } from "./selection.ts";

/** `scope` of an address that means every area of the network. */
export const wholeNetwork = "whole";

/** Whether checks are offered at all. */
export function mayCheck(session: Pick<Session, "actions">): boolean {
  return session.actions.includes("check_division");
}

type Grants = Pick<NonNullable<Session["account"]>, "grants">;

/** Areas of a network that the reader may check by a grant of their own; null among them = everything. */
export function ownAreas(account: Grants | null, network: string): (AreaRef | null)[] {
  const roles: readonly string[] = actionPolicy.check_division;
  const granted = (account?.grants ?? []).filter(({ role }) => roles.includes(role)).map(({ area }) => area);
  if (granted.includes(null)) return [null];
  const here = granted.filter((area): area is AreaRef => area?.network === network);
  return [...new Map(here.map((area) => [area.code, area])).values()].sort((a, b) => (a.code < b.code ? -1 : 1));
}

/**
 * What is checked: what the address names, else the first area that is the reader's own, else the whole network.
 *
 * @returns code of an area; null = the whole network
 */
export function scopeOf(view: Pick<View, "scope">, account: Grants | null, network: string): string | null {
  if (view.scope === wholeNetwork) return null;
  return view.scope ?? ownAreas(account, network)[0]?.code ?? null;
}

/** The patch that opens checks or crosswalk: what is selected is what they are about, and the map gets its room back. */
export function openOn(panel: "check" | "crosswalk", network: string | undefined): Partial<View> {
  const { sel } = currentView();
  const area = areaOfSelection(sel);
  if (!area || area.network !== network) return { panel };
  return { panel, scope: area.code, issue: null, sel: null };
}

/** Checks another area. */
export function showScope(scope: string | null): void {
  changeView({ scope: scope ?? wholeNetwork, issue: null }, "push");
}
