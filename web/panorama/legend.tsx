import type { Network } from "../../data/schema/network.ts";
export function Legend(_: { network: Network }) {
  return null;
}
