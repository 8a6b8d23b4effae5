import type { AccountSummary } from "../../data/schema/account.ts";
import type { AreaRef } from "../../data/schema/area.ts";
import type { Queries } from "../db/db.ts";
import { type Place, placesById, successorsOf } from "./places.ts";
import { type AccountRow, findGrants, type GrantRow } from "./repository.ts";

/** Accounts as they are shown, in the order given, with what came after areas that were retired since. */
export async function summariesOf(
  db: Queries,
  accounts: readonly AccountRow[],
  day: string,
): Promise<AccountSummary[]> {
  const grants = await findGrants(
    db,
    accounts.map(({ id }) => id),
  );
  const places = await placesById(db, [...new Set(grants.flatMap(({ area_id }) => area_id ?? []))], day);
  const retired = [...places.values()].filter(({ state }) => state === "retired").map(({ id }) => id);
  const successors = await successorsOf(db, retired, day);
  return accounts.map((account) => ({
    id: account.id,
    name: account.name,
    display_name: account.display_name,
    origin: account.origin,
    disabled: account.disabled,
    locked_until: account.locked_until?.toISOString() ?? null,
    second_factor: account.second_factor,
    last_sign_in_at: account.last_sign_in_at?.toISOString() ?? null,
    grants: grants
      .filter(({ account_id }) => account_id === account.id)
      .map((grant) => grantFactOf(grant, places, successors)),
    revision: account.revision,
  }));
}

export async function summaryOf(db: Queries, account: AccountRow, day: string): Promise<AccountSummary> {
  const [summary] = await summariesOf(db, [account], day);
  return summary!;
}

function grantFactOf(
  grant: GrantRow,
  places: ReadonlyMap<string, Place>,
  successors: ReadonlyMap<string, AreaRef[]>,
): AccountSummary["grants"][number] {
  const place = grant.area_id === null ? undefined : places.get(grant.area_id);
  return {
    role: grant.role,
    area: place ? refOf(place) : null,
    organisation:
      grant.organisation_id === null ? null : { id: grant.organisation_id, name: grant.organisation_name ?? "" },
    retired: place?.state === "retired",
    successors: successors.get(grant.area_id ?? "") ?? [],
  };
}

export function refOf({ id, network, code, name, short_name, level, role }: Place): AreaRef {
  return { id, network, code, name, short_name, level, role };
}

/** What of an account is written down: for before and after. */
export async function factsOf(
  db: Queries,
  { id, display_name, disabled }: Pick<AccountRow, "id" | "display_name" | "disabled">,
  day: string,
): Promise<Record<string, unknown>> {
  const grants = await findGrants(db, [id]);
  const places = await placesById(
    db,
    grants.flatMap(({ area_id }) => area_id ?? []),
    day,
  );
  return {
    display_name,
    disabled,
    grants: grants.map(({ role, area_id, organisation_id, organisation_name }) => {
      const place = places.get(area_id ?? "");
      return {
        role,
        ...(place && { area: `${place.network}:${place.code}`, area_name: place.name }),
        ...(organisation_id !== null && { organisation_id, organisation: organisation_name }),
      };
    }),
  };
}
