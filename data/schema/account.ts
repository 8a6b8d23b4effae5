import { z } from "zod";
import { grantedRoles } from "../access/roles.ts";
import { AreaRef } from "./area.ts";
import { Id, Words } from "./parameters.ts";
import { AccountName, GrantFact } from "./session.ts";

const DisplayName = Words.trim().min(1).max(60);

/** A grant as it is given. */
export const GrantInput = z.object({
  role: z.enum(grantedRoles),
  /** `network:code`, or null for administrators, who hold everywhere. */
  area: Words.max(100).nullable(),
  organisation_id: Id.nullable().default(null),
});
export type GrantInput = z.infer<typeof GrantInput>;

export const AccountSummary = z.object({
  id: z.string(),
  name: z.string(),
  display_name: z.string(),
  /** Where it comes from: our own password, the identity provider, or the demo city. */
  origin: z.enum(["local", "identity_provider", "demo"]),
  disabled: z.boolean(),
  locked_until: z.iso.datetime({ offset: true }).nullable(),
  second_factor: z.boolean(),
  last_sign_in_at: z.iso.datetime({ offset: true }).nullable(),
  grants: z.array(
    // an area that was retired since gives nothing any more; who looks after accounts is shown what came after it
    GrantFact.extend({ retired: z.boolean(), successors: z.array(AreaRef) }),
  ),
  /** Rises with each change; the ETag of the account. */
  revision: z.int(),
});
export type AccountSummary = z.infer<typeof AccountSummary>;

/** GET /api/accounts, by name. */
export const AccountListQuery = z.object({
  text: Words.trim().max(100).optional(),
  role: z.enum(grantedRoles).optional(),
  after: Words.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type AccountListQuery = z.infer<typeof AccountListQuery>;
export const AccountList = z.object({ accounts: z.array(AccountSummary), next: z.string().nullable() });
export type AccountList = z.infer<typeof AccountList>;

/** POST /api/accounts — answers with a first password, shown once, to be changed at the first sign-in. */
export const NewAccount = z.object({
  name: AccountName,
  display_name: DisplayName,
  grants: z.array(GrantInput).max(50),
});
export type NewAccount = z.infer<typeof NewAccount>;
export const AccountWithPassword = AccountSummary.extend({ password: z.string() });
export type AccountWithPassword = z.infer<typeof AccountWithPassword>;

/** PUT /api/accounts/{id} with If-Match: everything that can be changed; 412 when somebody else was faster. */
export const AccountChange = z.object({
  display_name: DisplayName,
  disabled: z.boolean(),
  grants: z.array(GrantInput).max(50),
});
export type AccountChange = z.infer<typeof AccountChange>;

/** POST /api/accounts/{id}/release — opens a locked account and, where asked, takes its second factor away. */
export const ReleaseAccount = z.object({ second_factor: z.boolean().default(false) });
export type ReleaseAccount = z.infer<typeof ReleaseAccount>;

/** GET /api/organisations?text= — to choose from. */
export const OrganisationQuery = z.object({ text: Words.trim().max(100).default("") });
export const OrganisationList = z.object({
  organisations: z.array(z.object({ id: z.string(), name: z.string(), parent: z.string().nullable() })),
});
export type OrganisationList = z.infer<typeof OrganisationList>;

/** A screen on a wall. */
export const Device = z.object({
  id: z.string(),
  name: z.string(),
  areas: z.array(AreaRef),
  created_at: z.iso.datetime({ offset: true }),
  /** Null until a screen presented the link. */
  paired_at: z.iso.datetime({ offset: true }).nullable(),
  seen_at: z.iso.datetime({ offset: true }).nullable(),
  revoked_at: z.iso.datetime({ offset: true }).nullable(),
});
export type Device = z.infer<typeof Device>;
export const DeviceList = z.object({ devices: z.array(Device) });
export type DeviceList = z.infer<typeof DeviceList>;

/** POST /api/devices — the token of the pairing link (`/sign-in#device=TOKEN`) is shown once. */
export const NewDevice = z.object({ name: DisplayName, areas: z.array(Words.max(100)).min(1).max(20) });
export type NewDevice = z.infer<typeof NewDevice>;
export const DeviceWithToken = Device.extend({ token: z.string() });
export type DeviceWithToken = z.infer<typeof DeviceWithToken>;
