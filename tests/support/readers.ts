import type { Grant, GrantedRole } from "../../data/access/roles.ts";
import type { Endpoint } from "../../data/schema/endpoint.ts";
import { endpoints } from "../../data/schema/endpoints.ts";
import { publicReader, type Reader } from "../../server/access/reader.ts";
import type { GateParts } from "../../server/http/gate.ts";

/** Somebody who did not sign in. */
export const thePublic: Reader = publicReader({ address: "127.0.0.1", reference: "TEST00" });

/** Somebody with one role, in one area (bigint as text) unless it is an administrator's. */
export function aReader(role: GrantedRole, area_id: string | null, more: Partial<Grant> = {}): Reader {
  return {
    ...thePublic,
    account: { id: "1", name: role, display_name: role, kind: role === "wall" ? "wall" : "person" },
    grants: [{ role, area_id, organisation_id: null, ...more }],
  };
}

/** A gate that takes everybody for the same reader, over the real endpoints or others. */
export function gateFor(reader: Reader = thePublic, served: readonly Endpoint[] = endpoints): GateParts {
  return {
    endpoints: served,
    identify: async () => ({ reader, failure: null }),
    publicAccess: true,
    onRefusal: async () => undefined,
  };
}
