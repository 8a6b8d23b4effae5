import { highestTier, mayDo } from "../../data/access/decide.ts";
import { type Action, actionPolicy, type GuardedLayer, layerPolicy } from "../../data/access/policy.ts";
import type { Session } from "../../data/schema/session.ts";
import type { DemoAccount } from "./demo_accounts.ts";
import type { Known } from "./known_accounts.ts";

export interface SessionFacts {
  /** Null: the public. */
  known: Known | null;
  signed_in_at: string;
  /** When the session ends without activity, ms since 1970; null for screens. */
  ends_at: number | null;
  public_access: boolean;
  identity_provider: string | null;
  demo_accounts: readonly DemoAccount[];
}

/** What pages are told of who reads: never more than the policy says. */
export function describeSession(facts: SessionFacts): Session {
  const { known, signed_in_at, ends_at, public_access, identity_provider, demo_accounts } = facts;
  // who has something to do first may do nothing else yet
  const grants = known && !known.pending ? known.grants : [];
  const layers = Object.keys(layerPolicy) as GuardedLayer[];
  const actions = Object.keys(actionPolicy) as Action[];
  return {
    account: known && {
      ...known.account,
      local: known.row.origin === "local" || known.row.origin === "demo",
      second_factor: known.row.totp_confirmed,
      signed_in_at,
      grants: [...known.places],
    },
    pending: known?.pending ?? null,
    layers: Object.fromEntries(layers.map((layer) => [layer, highestTier(layer, grants)])),
    actions: actions.filter((action) => mayDo(action, grants)),
    public_access,
    identity_provider,
    demo_accounts: [...demo_accounts],
    ends_at: ends_at === null ? null : new Date(ends_at).toISOString(),
  };
}
