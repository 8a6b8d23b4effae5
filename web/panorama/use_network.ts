import { useQuery } from "@tanstack/react-query";
import type { Edition, Network } from "../../data/schema/network.ts";
import { type EditionChoice, editionsQuery, networksQuery } from "../api/queries.ts";
import { useView } from "../ui/view_store.ts";

/** The networks, in their order; empty while they are loading. */
export function useNetworks(): Network[] {
  return useQuery(networksQuery()).data?.networks ?? [];
}

/** The drawn network: the one the address names, else the first. Undefined until networks are known. */
export function useNetwork(): Network | undefined {
  const code = useView((view) => view.network);
  const networks = useNetworks();
  return networks.find((network) => network.code === code) ?? networks[0];
}

/** The overlaid network; null for none. */
export function useOverlay(): Network | null {
  const code = useView((view) => view.overlay);
  const networks = useNetworks();
  const network = useNetwork();
  const overlay = networks.find((candidate) => candidate.code === code);
  return overlay && overlay.code !== network?.code ? overlay : null;
}

/**
 * Which edition an API call should ask for: the address speaks of the drawn network only, and an edition that does
 * not exist is not asked for. Panels wait until `useOldEdition` is ready.
 */
export function useEditionChoice(network: string | undefined): EditionChoice {
  const drawn = useNetwork();
  const { old } = useOldEdition();
  return old && network === drawn?.code ? { edition: old.number } : {};
}

/**
 * The edition that the address asks for. `old` is it, where it is not the one in force; `unknown` says that the
 * address names one that does not exist.
 */
export function useOldEdition(): { old: Edition | null; unknown: boolean; ready: boolean } {
  const network = useNetwork();
  const edition = useView((view) => view.edition);
  const on = useView((view) => view.on);
  const asked = edition !== null || on !== null;
  const { data } = useQuery({ ...editionsQuery(network?.code ?? ""), enabled: asked && network !== undefined });
  if (!asked) return { old: null, unknown: false, ready: true };
  if (!data) return { old: null, unknown: false, ready: false };
  const found = data.editions.find((candidate) =>
    edition === null ? isInForce(candidate, on ?? "") : candidate.number === edition,
  );
  if (!found) return { old: null, unknown: true, ready: true };
  return { old: found.number === network?.edition?.number ? null : found, unknown: false, ready: true };
}

/** Days are compared as text: YYYY-MM-DD sorts as time does. */
function isInForce(edition: Edition, day: string): boolean {
  return edition.from_day <= day && (edition.to_day === null || day < edition.to_day);
}
