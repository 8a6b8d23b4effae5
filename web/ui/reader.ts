import { useQuery } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import type { GuardedLayer } from "../../data/access/policy.ts";
import type { Session } from "../../data/schema/session.ts";
import { sessionQuery } from "../api/session.ts";

/** What of a session says which layers to offer. */
export type Tiers = Pick<Session, "layers">;

/** The session of the reader; every page stands below its provider. */
export const SessionContext = createContext<Session | null>(null);

/** Who reads and what may be offered. @throws Error outside of a page: our mistake */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error("A part of a page was drawn without a session");
  return session;
}

/** The same, null while it is not known. */
export function useSessionIfKnown(): Session | null {
  return useQuery({ ...sessionQuery(), enabled: false }).data ?? null;
}

/** The highest tier of the layer that the reader reaches anywhere; 0 = it is not offered. */
export function tierOf(session: Tiers, layer: GuardedLayer): number {
  return session.layers[layer] ?? 0;
}
